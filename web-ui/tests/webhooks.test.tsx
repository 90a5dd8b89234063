import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FailingWebhooks } from '../src/admin/overview/failing-webhooks';
import { WebhooksPage } from '../src/admin/webhooks/webhooks';
import { answers, json, page, press, submit, type } from './page-bench';

vi.mock('../src/shared/copy', () => ({ copyText: () => Promise.resolve(true) }));

const webhook = {
  id: 'aa11',
  name: 'CRM',
  url: 'https://crm.example.com/hooks',
  types: ['message.created'],
  texts: 'none',
  enabled: true,
  state: 'delivering',
  waiting: 0,
  dead: 0,
};

const delivery = {
  id: 'd1',
  type: 'message.created',
  conversation: '0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11',
  sequence: 3,
  state: 'dead',
  createdAt: '2026-01-01T10:00:00Z',
  attempts: 11,
  triedAt: '2026-01-02T10:00:00Z',
  status: 500,
  failure: 'status',
  millis: 84,
};

const log = 'GET /api/webhooks/aa11/deliveries';

describe('the page of webhooks', () => {
  beforeEach(() => {
    location.hash = '#/webhooks';
    answers['GET /api/webhooks'] = () => json([webhook]);
  });

  it('makes a webhook for what was chosen, without texts unless asked for, and shows its secret once', async () => {
    const asked = vi.fn(fetch);
    vi.stubGlobal('fetch', asked);
    answers['GET /api/webhooks'] = () => json([]);
    answers['POST /api/webhooks'] = () => json({ webhook, secret: 'whsec_hidden' });
    const box = await page(<WebhooksPage />);
    expect(box.textContent).toContain('No program is told of anything yet');
    await press(box, 'Make a webhook');
    await type(box, 'name', 'CRM');
    await type(box, 'url', 'https://crm.example.com/hooks');
    await submit(box);
    expect(box.querySelector('dialog [role=alert]')?.textContent).toBe('Choose at least one.');
    expect(box.querySelector<HTMLInputElement>('input[value="note.created"]')?.checked).toBe(false);
    box.querySelector<HTMLInputElement>('input[value="message.created"]')?.click();
    answers['GET /api/webhooks'] = () => json([webhook]);
    await submit(box);
    const sent = asked.mock.calls.find(([, request]) => request?.method === 'POST')?.[1]?.body;
    expect(JSON.parse(sent as string)).toEqual({
      name: 'CRM',
      url: 'https://crm.example.com/hooks',
      types: ['message.created'],
      texts: 'none',
      enabled: true,
    });
    expect(box.querySelector('dialog code')?.textContent).toBe('whsec_hidden');
    await press(box, 'Close');
    expect(box.querySelector('dialog dialog')?.textContent).toContain('Leave without saving?');
    await press(box, 'Go on editing');
    await press(box, 'Copy');
    await press(box, 'Close');
    expect(box.querySelector('dialog')).toBeNull();
    expect(box.textContent).not.toContain('whsec_hidden');
  });

  it('says in words why an address is refused', async () => {
    answers['POST /api/webhooks'] = () =>
      json(
        {
          code: 'invalid',
          detail: 'x',
          violations: [{ field: 'url', message: 'x', rule: 'wrong', values: { why: 'not-public' } }],
        },
        400,
      );
    const box = await page(<WebhooksPage />);
    await press(box, 'Make a webhook');
    await type(box, 'name', 'CRM');
    await type(box, 'url', 'https://10.0.0.1/');
    box.querySelector<HTMLInputElement>('input[value="message.created"]')?.click();
    await submit(box);
    expect(box.querySelector('dialog [role=alert]')?.textContent).toContain('leads into a private network');
    expect(document.activeElement).toBe(box.querySelector('input[name=url]'));
  });

  it('sends a test, and says what came of it', async () => {
    answers['POST /api/webhooks/aa11/test'] = () =>
      json({ delivered: false, status: 404, failure: 'status', millis: 84, answer: '<b>Wrong door</b>' });
    const box = await page(<WebhooksPage />);
    await press(box, 'Send a test');
    expect(box.querySelector('dialog .notice')?.textContent).toBe(
      'Not taken, after 84 ms: the program answered with status 404.',
    );
    expect(box.querySelector('dialog pre')?.textContent).toBe('<b>Wrong door</b>');
    answers['POST /api/webhooks/aa11/test'] = () => json({ delivered: true, status: 204, millis: 1_900 });
    await press(box, 'Send another');
    expect(box.querySelector('dialog .notice')?.textContent).toContain('with status 204');
  });

  it('says since when a program has taken nothing, and that it was given up', async () => {
    const failing = {
      ...webhook,
      state: 'failing',
      failingSince: '2026-01-01T10:00:00Z',
      waiting: 3,
      dead: 2,
    };
    answers['GET /api/webhooks'] = () => json([failing]);
    const box = await page(<WebhooksPage />);
    expect(box.querySelector('.notice')?.textContent).toContain('Nothing was taken since');
    expect(box.textContent).toContain('3 wait');
    expect(box.textContent).toContain('2 dead letters');
    answers['GET /api/webhooks'] = () => json([{ ...failing, state: 'given-up', enabled: false }]);
    expect((await page(<WebhooksPage />)).querySelector('.notice.bad')?.textContent).toContain(
      'Switched off by itself',
    );
  });

  it('is told of on the first page, once a program has taken nothing for a while', async () => {
    const since = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    answers['GET /api/webhooks'] = () =>
      json([
        { ...webhook, name: 'Slow', state: 'failing', failingSince: since(11) },
        { ...webhook, name: 'Restarting', state: 'failing', failingSince: since(1) },
        { ...webhook, name: 'Gone', state: 'given-up', enabled: false, failingSince: since(9_000) },
      ]);
    const notice = (await page(<FailingWebhooks />)).querySelector('.notice');
    expect(notice?.textContent).toBe('Programs that take no events any more: Slow, Gone');
    answers['GET /api/webhooks'] = () => json([webhook]);
    expect((await page(<FailingWebhooks />)).textContent).toBe('');
  });

  it('shows the log, what was sent and answered, and sends again', async () => {
    location.hash = '#/webhooks/aa11';
    answers['GET /api/webhooks'] = () => json([{ ...webhook, dead: 1 }]);
    answers[log] = () => json({ items: [delivery] });
    answers[`${log}/d1`] = () =>
      json({ delivery, body: '{"type":"message.created","sequence":3}', answer: 'Out of order' });
    answers['POST /api/webhooks/aa11/deliveries/d1/repeat'] = () =>
      json({ delivery: { ...delivery, state: 'waiting', attempts: 0 }, body: '{}' });
    const box = await page(<WebhooksPage />);
    expect(box.querySelector('tbody tr')?.textContent).toContain('given up');
    expect(box.querySelector('tbody tr')?.textContent).toContain('2f6d0c8e1b11'.slice(-8));
    await press(box, 'Details');
    const [body, answer] = box.querySelectorAll('dialog pre');
    expect(body?.textContent).toContain('"sequence": 3');
    expect(answer?.textContent).toBe('Out of order');
    await press(box, 'Send again');
    expect(box.querySelector('dialog [role=status]')?.textContent).toBe('It is being sent again.');
  });

  it('asks before all dead letters are sent again', async () => {
    location.hash = '#/webhooks/aa11';
    let asked = 0;
    answers['GET /api/webhooks'] = () => json([{ ...webhook, dead: 12 }]);
    answers[log] = () => json({ items: [delivery] });
    answers['POST /api/webhooks/aa11/repeat-dead'] = () => {
      asked++;
      return json({ repeated: 12 });
    };
    const box = await page(<WebhooksPage />);
    await press(box, 'Send all dead letters again');
    expect(box.querySelector('dialog')?.textContent).toContain('12 events are sent');
    expect(asked).toBe(0);
    await press(box, 'Send again');
    expect(asked).toBe(1);
    expect(box.querySelector('dialog')).toBeNull();
  });

  it('says that there is nothing yet, and when the log cannot be loaded', async () => {
    location.hash = '#/webhooks/aa11';
    answers[log] = () => json({ items: [] });
    expect((await page(<WebhooksPage />)).textContent).toContain('Nothing was sent yet');
    answers[log] = () => json({ code: 'unavailable', detail: 'x' }, 503);
    expect((await page(<WebhooksPage />)).querySelector('[role=alert]')).not.toBeNull();
  });
});
