import { describe, expect, it, vi } from 'vitest';
import { UsersPage } from '../src/admin/users';
import { SignInPage } from '../src/shared/account';
import { OwnSecondFactor } from '../src/shared/own-second-factor';
import { answers, grace, json, page, press, settled, submit, type } from './page-bench';

const state = '/api/session/second-factor';
const secret = { secret: 'GEZDGNBVGY3TQOJQ', address: 'otpauth://totp/Replyloop:a?secret=GEZDGNBVGY3TQOJQ' };
const codes = ['aaaa-bbbb-cccc-dddd', 'eeee-ffff-gggg-hhhh'];
const password = 'correct horse battery';

async function signsIn(box: HTMLElement): Promise<void> {
  await type(box, 'email', 'grace@example.org');
  await type(box, 'password', password);
  await submit(box);
}

describe('somebody who signs in', () => {
  it('is asked for the code after the password, and for another where it was wrong', async () => {
    const signedIn = vi.fn();
    answers['POST /api/session'] = () => json({ code: 'second-factor-needed' }, 401);
    const box = await page(<SignInPage title="Console" signedIn={signedIn} />);
    await signsIn(box);
    const field = box.querySelector<HTMLInputElement>('[name="code"]');
    expect(field?.autocomplete).toBe('one-time-code');
    expect(document.activeElement).toBe(field);
    expect(box.querySelector('[role=alert]')).toBeNull();
    answers['POST /api/session'] = () => json({ code: 'second-factor-wrong' }, 401);
    await type(box, 'code', '123456');
    await submit(box);
    expect(box.querySelector('[role=alert]')?.textContent).toContain('This code is wrong');
    answers['POST /api/session'] = () => json({});
    answers['GET /api/session'] = () => json(grace);
    await submit(box);
    expect(signedIn).toHaveBeenCalledWith(grace);
  });

  it('may use a recovery code, or go back to the password', async () => {
    answers['POST /api/session'] = () => json({ code: 'second-factor-needed' }, 401);
    const box = await page(<SignInPage title="Console" signedIn={() => undefined} />);
    await signsIn(box);
    await press(box, 'Use a recovery code');
    expect(box.querySelector<HTMLInputElement>('[name="code"]')?.inputMode).toBe('text');
    await press(box, 'Back');
    expect(box.querySelector<HTMLInputElement>('[name="email"]')?.value).toBe('grace@example.org');
  });

  it('sets it up where the team requires it, and keeps the recovery codes before going on', async () => {
    const signedIn = vi.fn();
    answers['POST /api/session'] = () => json({ code: 'second-factor-setup-needed' }, 401);
    answers[`POST ${state}/at-sign-in`] = () => json(secret);
    const box = await page(<SignInPage title="Console" signedIn={signedIn} />);
    await signsIn(box);
    expect(box.textContent).toContain('GEZD GNBV GY3T QOJQ');
    await vi.waitUntil(() => box.querySelector('svg.qr path'));
    answers['POST /api/session'] = () => json({ recoveryCodes: codes });
    answers['GET /api/session'] = () => json(grace);
    await type(box, 'code', '123456');
    await submit(box);
    expect(box.textContent).toContain('aaaa-bbbb-cccc-dddd');
    expect(signedIn).not.toHaveBeenCalled();
    await press(box, 'I have kept them');
    expect(signedIn).toHaveBeenCalledWith(grace);
  });

  it('sees the recovery codes also where the page cannot go on, and is told why after them', async () => {
    const signedIn = vi.fn();
    answers['POST /api/session'] = () => json({ code: 'second-factor-setup-needed' }, 401);
    answers[`POST ${state}/at-sign-in`] = () => json(secret);
    const box = await page(<SignInPage title="Console" signedIn={signedIn} />);
    await signsIn(box);
    answers['POST /api/session'] = () => json({ recoveryCodes: codes });
    answers['GET /api/session'] = () => json({ code: 'unavailable' }, 503);
    await type(box, 'code', '123456');
    await submit(box);
    expect(box.querySelectorAll('.recovery-codes li')).toHaveLength(2);
    await press(box, 'I have kept them');
    expect(box.querySelector('[role=alert]')?.textContent).not.toBe('');
    expect(box.querySelectorAll('.recovery-codes li')).toHaveLength(2);
    answers['GET /api/session'] = () => json(grace);
    await press(box, 'I have kept them');
    expect(signedIn).toHaveBeenCalledWith(grace);
  });

  it('goes on without recovery codes where the server gives none', async () => {
    const signedIn = vi.fn();
    answers['POST /api/session'] = () => json({ code: 'second-factor-setup-needed' }, 401);
    answers[`POST ${state}/at-sign-in`] = () => json(secret);
    const box = await page(<SignInPage title="Console" signedIn={signedIn} />);
    await signsIn(box);
    answers['POST /api/session'] = () => json({});
    answers['GET /api/session'] = () => json(grace);
    await type(box, 'code', '123456');
    await submit(box);
    expect(signedIn).toHaveBeenCalledWith(grace);
  });
});

describe('under one’s account', () => {
  it('it is switched on with the password and a code, and shows recovery codes', async () => {
    answers[`GET ${state}`] = () => json({ on: false, required: true, recoveryCodesLeft: 0 });
    answers[`POST ${state}`] = () => json(secret);
    answers[`POST ${state}/confirm`] = () => json({ codes });
    const box = await page(<OwnSecondFactor />);
    expect(box.textContent).toContain('Your team requires it');
    await press(box, 'Switch it on');
    await type(box, 'current', password);
    await submit(box);
    answers[`GET ${state}`] = () => json({ on: true, required: true, recoveryCodesLeft: 2 });
    await type(box, 'code', '123456');
    await submit(box);
    expect(box.querySelectorAll('.recovery-codes li')).toHaveLength(2);
    expect(document.activeElement?.textContent).toBe('Your recovery codes');
    await press(box, 'I have kept them');
    expect(box.textContent).toContain('On. 2 recovery codes are left.');
  });

  it('cannot be switched off where the team requires it', async () => {
    answers[`GET ${state}`] = () => json({ on: true, required: true, recoveryCodesLeft: 2 });
    const box = await page(<OwnSecondFactor />);
    expect(box.textContent).toContain('so it stays on');
    expect([...box.querySelectorAll('button')].map((button) => button.textContent)).toEqual([
      'New recovery codes',
    ]);
  });

  it('a wrong password leaves it on', async () => {
    answers[`GET ${state}`] = () => json({ on: true, required: false, recoveryCodesLeft: 2 });
    answers[`POST ${state}/remove`] = () =>
      json(
        { code: 'invalid', violations: [{ field: 'current', message: '', rule: 'wrong', values: {} }] },
        400,
      );
    const box = await page(<OwnSecondFactor />);
    await press(box, 'Switch it off');
    await type(box, 'current', 'guess');
    await submit(box);
    expect(box.querySelector('[role=alert]')?.textContent).toContain('Present password');
    await press(box, 'Cancel');
    expect(box.querySelector('[role=alert]')).toBeNull();
  });
});

it('an admin requires it, sees who has it, and switches it off for somebody', async () => {
  answers['GET /api/users'] = () =>
    json([
      { ...grace, active: true, createdAt: '2026-01-01T10:00:00Z' },
      { ...grace, id: 'ada', name: 'Ada', active: true, createdAt: '2026-01-01T10:00:00Z' },
    ]);
  answers['GET /api/second-factors'] = () => json({ requiredFor: 'nobody', accounts: ['ada', 'grace'] });
  const required = vi.fn(() => new Response(null, { status: 204 }));
  answers['PUT /api/second-factors'] = required;
  const removed = vi.fn(() => new Response(null, { status: 204 }));
  answers['DELETE /api/second-factors/ada'] = removed;
  const box = await page(<UsersPage me={grace} />);
  expect(box.querySelector('.tag.good')?.textContent).toBe('second step');
  const choice = box.querySelector<HTMLSelectElement>('section select');
  if (!choice) throw new Error('there is no choice');
  choice.value = 'admins';
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
  expect(required).toHaveBeenCalledOnce();
  expect(box.querySelector('[role=status]')?.textContent).toBe('Saved.');
  await press(box, 'Edit');
  answers['GET /api/second-factors'] = () => json({ requiredFor: 'admins', accounts: [] });
  await press(box, 'Switch it off for them');
  expect(removed).toHaveBeenCalledOnce();
  expect(box.querySelector('dialog')?.textContent).not.toContain('Switch it off for them');
});
