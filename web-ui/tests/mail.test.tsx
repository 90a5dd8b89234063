import { describe, expect, it } from 'vitest';
import { MailPage } from '../src/admin/mail/mail';
import { RunMailsCard } from '../src/admin/training/run-mails';
import { SignInForm } from '../src/shared/sign-in-form';
import { answers, json, page, press, settled, submit, type } from './page-bench';

const on = {
  on: true,
  from: 'Example shop <chat@example.com>',
  server: 'smtp.example.com:587',
  signedIn: true,
  addressKnown: true,
  waiting: 0,
  failures: [],
};

describe('the page of mails', () => {
  it('says how to switch them on where they are off', async () => {
    answers['GET /api/mail'] = () => json({ ...on, on: false, from: undefined, server: undefined });
    const box = await page(<MailPage />);
    expect(box.textContent).toContain('No mails are sent.');
    expect(box.querySelector('code')?.textContent).toContain('replyloop.mail.smtp.host=');
    expect(box.querySelector('button:not([aria-label])')?.textContent).not.toContain('test mail');
  });

  it('shows what waits, what has failed and why nobody reads replies', async () => {
    answers['GET /api/mail'] = () =>
      json({
        ...on,
        addressKnown: false,
        waiting: 2,
        oldest: '2026-01-01T10:00:00Z',
        lastReason: 'Connection refused',
        replies: { address: 'chat@example.com', server: 'imap.example.com:993', failure: 'Login failed' },
        failures: [
          {
            id: 'm1',
            kind: 'invitation',
            to: 'ben@example.com',
            reason: '550 No <b>such</b> user',
            at: '2026-01-01T10:00:00Z',
          },
        ],
      });
    const box = await page(<MailPage />);
    expect(box.textContent).toContain('2 mails wait to be sent.');
    expect(box.textContent).toContain('Connection refused');
    expect(box.textContent).toContain('replyloop.public-address is not set');
    expect(box.textContent).toContain('The mailbox cannot be read: Login failed');
    expect(box.querySelector('.mail-failures')?.textContent).toContain('550 No <b>such</b> user');
  });

  it('tells what the server has answered to a test', async () => {
    answers['GET /api/mail'] = () => json(on);
    answers['POST /api/mail/test'] = () =>
      json({ taken: false, to: 'grace@example.com', answer: '535 Authentication failed' });
    const box = await page(<MailPage />);
    await press(box, 'Send a test mail to me');
    expect(box.querySelector('.notice.bad')?.textContent).toContain('535 Authentication failed');
    answers['POST /api/mail/test'] = () => json({ taken: true, to: 'grace@example.com' });
    await press(box, 'Send a test mail to me');
    expect(box.querySelector('.notice.good')?.textContent).toContain('grace@example.com');
  });
});

describe('mails about training runs', () => {
  it('are for each admin to choose, and not offered where none are sent', async () => {
    answers['GET /api/training/mails'] = () => json({ offered: false, wanted: false });
    expect((await page(<RunMailsCard />)).textContent).toBe('');

    answers['GET /api/training/mails'] = () => json({ offered: true, wanted: false });
    answers['PUT /api/training/mails'] = () => {
      answers['GET /api/training/mails'] = () => json({ offered: true, wanted: true });
      return new Response(null, { status: 204 });
    };
    const box = await page(<RunMailsCard />);
    expect(box.querySelector('input')?.checked).toBe(false);
    box.querySelector('input')?.click();
    await settled();
    expect(box.querySelector('input')?.checked).toBe(true);
  });
});

describe('a forgotten password', () => {
  it('is not offered where no mails are sent', async () => {
    answers['GET /api/forgotten-passwords'] = () => json({ offered: false });
    const box = await page(<SignInForm signedIn={() => undefined} />);
    expect(box.textContent).not.toContain('Forgot your password?');
  });

  it('is asked for with the address that was typed, and answered alike whoever asks', async () => {
    answers['GET /api/forgotten-passwords'] = () => json({ offered: true });
    answers['POST /api/forgotten-passwords'] = () => json({});
    const box = await page(<SignInForm signedIn={() => undefined} />);
    await type(box, 'email', 'ben@example.com');
    await press(box, 'Forgot your password?');
    expect(box.querySelector('input')?.value).toBe('ben@example.com');
    await submit(box);
    expect(box.querySelector('[role=status]')?.textContent).toContain(
      'If there is an account with ben@example.com',
    );
    await press(box, 'Back to sign-in');
    expect(box.querySelector('input[name=password]')).not.toBeNull();
  });
});
