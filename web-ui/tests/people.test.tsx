import { describe, expect, it, vi } from 'vitest';
import { UsersPage } from '../src/admin/users';
import { JoinPage } from '../src/join/join';
import { OwnDevices } from '../src/shared/own-devices';
import { answers, grace, json, page, press, settled, submit, type } from './page-bench';

const ben = {
  id: 'i1',
  email: 'ben@example.org',
  name: 'Ben',
  role: 'agent',
  invitedBy: 'Grace',
  createdAt: '2026-01-01T10:00:00Z',
  expiresAt: '2026-01-08T10:00:00Z',
  usable: false,
};
const user = { ...grace, active: true, createdAt: '2026-01-01T10:00:00Z' };

describe('an admin', () => {
  it('gets a link for whom they invite, and sees them in the list of invitations', async () => {
    answers['POST /api/invitations'] = () => json({ invitation: ben, path: '/join/#secret' });
    const box = await page(<UsersPage me={grace} />);
    expect(box.textContent).not.toContain('Invited');
    await press(box, 'Add a person');
    await type(box, 'email', 'ben@example.org');
    await type(box, 'name', 'Ben');
    answers['GET /api/invitations'] = () => json([ben]);
    await submit(box);
    expect(box.querySelector('dialog code')?.textContent).toBe(`${location.origin}/join/#secret`);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Link to hand over');
    await press(box, 'Close');
    expect(box.querySelector('dialog')).toBeNull();
    expect(box.textContent).toContain('invited by Grace');
    expect(box.textContent).toContain('link ended');
  });

  it('makes a new link of an invitation, or withdraws it', async () => {
    answers['GET /api/invitations'] = () => json([ben]);
    answers['POST /api/invitations/i1/renew'] = () => json({ invitation: ben, path: '/join/#another' });
    const box = await page(<UsersPage me={grace} />);
    await press(box, 'New link');
    expect(box.querySelector('dialog code')?.textContent).toContain('/join/#another');
    await press(box, 'Close');
    const withdrawn = vi.fn(() => new Response(null, { status: 204 }));
    answers['DELETE /api/invitations/i1'] = withdrawn;
    answers['GET /api/invitations'] = () => json([]);
    await press(box, 'Withdraw');
    expect(withdrawn).toHaveBeenCalledOnce();
    expect(box.textContent).not.toContain('Withdraw');
  });

  it('makes a link for a forgotten password', async () => {
    answers['GET /api/users'] = () => json([user]);
    answers['POST /api/users/grace/password-link'] = () =>
      json({ path: '/join/#forgotten', expiresAt: '2026-01-02T10:00:00Z' });
    const box = await page(<UsersPage me={{ ...grace, id: 'ada' }} />);
    await press(box, 'Edit');
    await press(box, 'Link for a new password');
    expect(box.querySelector('dialog code')?.textContent).toContain('/join/#forgotten');
  });

  it('makes no such link for themselves', async () => {
    answers['GET /api/users'] = () => json([user]);
    const box = await page(<UsersPage me={grace} />);
    await press(box, 'Edit');
    expect(box.querySelector('dialog')?.textContent).not.toContain('Link for a new password');
  });
});

describe('whoever opens a link', () => {
  const target = { invitation: true, email: 'ben@example.org', name: 'Ben', role: 'agent' };

  it('is told where it is used, and sees no form', async () => {
    answers['POST /api/account-links/check'] = () => json({ code: 'not-found' }, 404);
    const box = await page(<JoinPage token="used" />);
    expect(box.querySelector('[role=alert]')?.textContent).toContain('Ask an admin');
    expect(box.querySelector('form')).toBeNull();
  });

  it('is asked to try again later where the server cannot say', async () => {
    answers['POST /api/account-links/check'] = () => json({ code: 'unavailable' }, 503);
    const box = await page(<JoinPage token="good" />);
    expect(box.querySelector('[role=alert]')?.textContent).not.toContain('Ask an admin');
  });

  it('has a password even where the sign-in that follows fails', async () => {
    answers['POST /api/account-links/check'] = () => json(target);
    answers['POST /api/account-links/join'] = () => new Response(null, { status: 204 });
    answers['POST /api/session'] = () => json({ code: 'unavailable' }, 503);
    const box = await page(<JoinPage token="good" />);
    await type(box, 'password', 'correct horse battery');
    await submit(box);
    expect(box.textContent).toContain('Your password is set.');
    expect(box.querySelector('form')).toBeNull();
    expect(box.querySelector('a[href="/console/"]')).not.toBeNull();
  });

  it('keeps the form where the password is refused', async () => {
    answers['POST /api/account-links/check'] = () => json({ ...target, invitation: false });
    answers['POST /api/account-links/password'] = () => json({ code: 'unavailable' }, 503);
    const box = await page(<JoinPage token="good" />);
    expect(box.querySelector('[name="name"]')).toBeNull();
    await type(box, 'password', 'correct horse battery');
    await submit(box);
    expect(box.querySelector('form')).not.toBeNull();
    expect(box.textContent).not.toContain('Your password is set.');
  });
});

it('a person sees where they are signed in, and ends it elsewhere', async () => {
  const at = '2026-01-01T10:00:00Z';
  const here = {
    id: 'a',
    browser: 'Firefox',
    system: 'Windows',
    createdAt: at,
    lastSeenAt: at,
    current: true,
  };
  const there = { ...here, id: 'b', browser: undefined, system: undefined, current: false };
  answers['GET /api/sessions'] = () => json([here, there]);
  const ended = vi.fn(() => new Response(null, { status: 204 }));
  answers['DELETE /api/sessions/b'] = ended;
  const box = await page(<OwnDevices />);
  expect(box.textContent).toContain('Firefox on Windows');
  expect(box.textContent).toContain('Another program');
  expect([...box.querySelectorAll('li button')]).toHaveLength(1);
  answers['GET /api/sessions'] = () => json([here]);
  box.querySelector<HTMLButtonElement>('li button')?.click();
  await settled();
  expect(ended).toHaveBeenCalledOnce();
  expect(box.textContent).not.toContain('everywhere else');
});
