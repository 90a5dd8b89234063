import { describe, expect, it, vi } from 'vitest';
import { actionTexts, groupTexts } from '../src/admin/audit/action-texts';
import { AuditPage } from '../src/admin/audit/audit';
import { noFilter, query } from '../src/admin/audit/filters';
import type { AuditEntry } from '../src/admin/rest';
import { chooseLanguage, timeAgo } from '../src/shared/language';
import { answers, json, page, press, settled } from './page-bench';

const entry = (part: Partial<AuditEntry>): AuditEntry => ({
  id: 1,
  at: '2026-11-29T08:00:00Z',
  actorKind: 'account',
  actorId: 'g1',
  actorName: 'Grace',
  action: 'site.changed',
  objectKind: 'site',
  objectId: 's1',
  label: 'Shop',
  ...part,
});

async function log(...entries: Partial<AuditEntry>[]): Promise<HTMLElement> {
  const items = entries.map((part, at) => entry({ id: 100 - at, ...part }));
  answers['GET /api/audit'] = () => json({ items });
  return page(<AuditPage />);
}

const rows = (box: HTMLElement) =>
  [...box.querySelectorAll('.audit > tbody > tr')].map(({ textContent }) => textContent);

describe('the audit log', () => {
  it('says who did what to what, and links to it', async () => {
    const box = await log(
      {},
      { actorKind: 'schedule', actorName: '', action: 'training.started', label: '7' },
    );
    expect(rows(box)[0]).toContain('Grace');
    expect(rows(box)[0]).toContain('Website changed');
    expect(box.querySelector('.about a')?.getAttribute('href')).toBe('#/sites');
    expect(rows(box)[1]).toContain('Schedule');
  });

  it('shows on demand what was changed, with the words of the forms', async () => {
    const box = await log({
      address: '192.0.2.7',
      before: { identityRequired: false, greetingEn: 'Hello', allowedOrigins: [] },
      after: {
        identityRequired: true,
        greetingEn: { characters: 1234 },
        allowedOrigins: ['https://a.example'],
      },
    });
    expect(box.textContent).not.toContain('192.0.2.7');
    await press(box, 'Details');
    const changes = [...box.querySelectorAll('.changes tbody tr')].map(({ textContent }) => textContent);
    expect(changes).toEqual([
      'Where the chat may be embeddednonehttps://a.example',
      'Greeting in EnglishHello1,234 characters',
      'Only customers whom the website vouches fornoyes',
    ]);
    expect(box.textContent).toContain('192.0.2.7');
    chooseLanguage('zh');
    await settled();
    expect(box.querySelector('.changes tbody tr')?.textContent).toBe('允许嵌入的网站无https://a.example');
  });

  it('tells of a long text in a list how long it is', async () => {
    const box = await log({ after: { formFields: ['name: name*', { characters: 1200 }] } });
    await press(box, 'Details');
    expect(box.querySelector('.changes tbody tr')?.textContent).toBe(
      'Fields of the formname: name* and 1,200 characters',
    );
  });

  it('keeps what people have written as text', async () => {
    const box = await log({ label: '<img src=x>', after: { name: '<b>bold</b>' } });
    await press(box, 'Details');
    expect(box.querySelector('img, b')).toBeNull();
    expect(box.textContent).toContain('<b>bold</b>');
  });

  it('shows what a newer server writes as it is', async () => {
    const box = await log({
      action: 'reply.frozen' as AuditEntry['action'],
      objectKind: 'iceberg' as AuditEntry['objectKind'],
      label: 'Tip',
      after: { depth: 7 },
    });
    expect(rows(box)[0]).toContain('reply.frozen');
    expect(rows(box)[0]).toContain('iceberg: Tip');
    await press(box, 'Details');
    expect(box.querySelector('.changes')?.textContent).toContain('depth');
  });

  it('says of whoever signs in only once who it is', async () => {
    const box = await log({
      action: 'session.opened',
      objectKind: 'account',
      objectId: 'g1',
      label: 'Grace',
    });
    expect(rows(box)[0]?.match(/Grace/g)).toHaveLength(1);
  });

  it('says what was erased', async () => {
    const box = await log({
      action: 'customer.blocked',
      objectKind: 'customer',
      objectId: 'c1',
      label: undefined,
      erasedAt: '2026-11-30T08:00:00Z',
    });
    expect(rows(box)[0]).toContain('Customer: erased');
    await press(box, 'Details');
    expect(box.textContent).toContain('were erased with a customer’s data');
  });

  it('shows only what was done to one thing, and all again', async () => {
    const box = await log({});
    await press(box, 'Details');
    answers['GET /api/audit?object=site&id=s1'] = () => json({ items: [entry({ label: 'Shop of old' })] });
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    await press(box, 'Show its history');
    vi.advanceTimersByTime(300);
    await settled();
    expect(rows(box)[0]).toContain('Shop of old');
    await press(box, 'Show all');
    vi.advanceTimersByTime(300);
    await settled();
    expect(rows(box)[0]).not.toContain('Shop of old');
  });

  it('is asked for what a program did, also after its token was revoked', async () => {
    answers['GET /api/program-tokens/accounts'] = () =>
      json([
        { id: 'p1', name: 'Chatwoot', revoked: false },
        { id: 'p2', name: 'Nightly', revoked: true },
      ]);
    const box = await log({});
    const programs = box.querySelector('optgroup[label="Programs"]');
    expect([...(programs?.querySelectorAll('option') ?? [])].map(({ value, text }) => [value, text])).toEqual(
      [
        ['account p1', 'Chatwoot'],
        ['account p2', 'Nightly (revoked)'],
      ],
    );
  });

  it('is empty in two ways', async () => {
    const box = await log();
    expect(box.querySelector('[role="status"]')?.textContent).toContain('Nothing has been changed yet');
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    answers['GET /api/audit?action=model'] = () => json({ items: [] });
    const select = [...box.querySelectorAll('select')][1];
    if (!select) throw new Error('not there');
    select.value = 'model';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    vi.advanceTimersByTime(300);
    await settled();
    expect(box.querySelector('[role="status"]')?.textContent).toBe('No entry matches the filter.');
  });

  it('says what went wrong, and tries again', async () => {
    answers['GET /api/audit'] = () => json({ code: 'unavailable', detail: '' }, 503);
    const box = await page(<AuditPage />);
    expect(box.querySelector('[role="alert"]')).not.toBeNull();
    answers['GET /api/audit'] = () => json({ items: [entry({})] });
    await press(box, 'Try again');
    expect(rows(box)).toHaveLength(1);
  });
});

describe('what the log is filtered by', () => {
  it('is a person or somebody else', () => {
    expect(query({ ...noFilter, who: 'account g1' })).toMatchObject({ account: 'g1', actor: undefined });
    expect(query({ ...noFilter, withoutSignIns: true }).signIns).toBe(false);
    expect(query({ ...noFilter, who: 'actor schedule' })).toMatchObject({
      account: undefined,
      actor: 'schedule',
    });
  });

  it('is whole days of the reader’s time zone', () => {
    const { from, to } = query({ ...noFilter, from: '2026-11-29', to: '2026-11-29' });
    expect(from).toBe(new Date(2026, 10, 29).toISOString());
    expect(to).toBe(new Date(2026, 10, 30).toISOString());
    expect(query({ ...noFilter, from: '0002-11-29' }).from).toBeUndefined();
  });
});

it('every action belongs to a group that has a name', () => {
  const groups = Object.keys(actionTexts()).map((action) => action.split('.')[0]);
  expect(new Set(groups)).toEqual(new Set(Object.keys(groupTexts())));
});

it.each([
  [0, 'now', '现在'],
  [59, 'now', '现在'],
  [90, '1 minute ago', '1分钟前'],
  [7_300, '2 hours ago', '2小时前'],
  [86_400, 'yesterday', '昨天'],
  [40 * 86_400, 'last month', '上个月'],
  [800 * 86_400, '2 years ago', '2年前'],
  [-60, 'now', '现在'],
])('%i seconds ago is told in words', (seconds, english, chinese) => {
  const now = Date.parse('2026-11-29T08:00:00Z');
  const at = new Date(now - seconds * 1_000).toISOString();
  expect(timeAgo(at, now)).toBe(english);
  chooseLanguage('zh');
  expect(timeAgo(at, now)).toBe(chinese);
  chooseLanguage('en');
});
