import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SiteHours as HoursOfSite } from '../src/admin/hours/hours';
import { likeMonday, office, weekInWords } from '../src/admin/hours/week';
import type { Site } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { SiteHours } from '../src/widget/hours';
import { backAt, usually } from '../src/widget/hours-texts';
import { settled } from './settled';

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('when somebody is there again', () => {
  const now = new Date(2026, 10, 29, 23, 30);
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

  it.each([
    [at(29, 23), 'We are back today at 23:00'],
    [at(30, 9), 'We are back tomorrow at 09:00'],
    [at(31, 9), 'We are back on Tuesday at 09:00'],
    [at(36, 9), 'We are back on Sunday 6 December at 09:00'],
  ])('%s is said as people say it', (opens, said) => {
    expect(backAt(opens, now).replace(',', '')).toBe(said);
  });

  it('is said in the language of the customer, as is the usual time to an answer', () => {
    chooseLanguage('zh');
    expect(backAt(at(30, 9), now)).toBe('我们明天 09:00 恢复服务');
    expect(usually(300)).toBe('通常 5 分钟内回复');
    expect(usually(undefined)).toBeUndefined();
    expect(usually(7)).toBeUndefined();
  });
});

describe('a chat that stays open', () => {
  beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-29T16:00:00Z') }));

  it('asks again when the hours change, and until the server answers', async () => {
    const answers = [() => Promise.reject(new Error('away')), () => Promise.resolve({ open: true })];
    const asked = vi.fn(() => answers.shift()?.() ?? Promise.resolve(undefined));
    const hours = new SiteHours({ open: false, changesAt: '2026-11-29T17:00:00Z' }, asked);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(hours.now.value?.open).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hours.now.value?.open).toBe(true);
    await vi.advanceTimersByTimeAsync(90_000_000);
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

describe('the hours of a website', () => {
  const stored = { limited: false, timeZone: 'UTC', weekly: [], holidays: [], offlineEn: '', offlineZh: '' };
  const sent: unknown[] = [];

  async function page(): Promise<HTMLElement> {
    sent.length = 0;
    vi.stubGlobal('fetch', (address: string, { method, body }: { method: string; body?: string }) => {
      if (method === 'PUT') sent.push(JSON.parse(body ?? ''));
      const answer = address.startsWith('/api/training/time-zones')
        ? [{ id: 'UTC', offsetMinutes: 0 }]
        : stored;
      return Promise.resolve(new Response(JSON.stringify(answer)));
    });
    const box = document.body.appendChild(document.createElement('div'));
    render(<HoursOfSite site={{ id: 's1', name: 'Shop' } as Site} />, box);
    await settled();
    return box;
  }

  const button = (name: string) =>
    [...document.querySelectorAll('button')].find(
      (each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name,
    );

  it('are told in few words', () => {
    const weekly = [...office, { day: 'saturday', from: '22:00', to: '02:00' }];
    expect(weekInWords({ ...stored, weekly })).toEqual(['Mon–Fri 09:00–17:00', 'Sat 22:00–02:00']);
    const monday = [{ day: 'monday', from: '10:00', to: '12:00' }];
    expect(weekInWords({ ...stored, weekly: likeMonday(monday) })).toEqual(['Mon–Fri 10:00–12:00']);
  });

  it('begin with office days, and are sent with what was changed', async () => {
    const box = await page();
    expect(box.textContent).toContain('Always open.');
    button('Edit · Opening hours: Shop')?.click();
    await settled();
    document.querySelector<HTMLInputElement>('dialog input[type="checkbox"]')?.click();
    await settled();
    expect(document.querySelectorAll('dialog input[type="time"]')).toHaveLength(10);
    button('Monday: remove hours 1')?.click();
    await settled();
    button('Tuesday to Friday like Monday')?.click();
    await settled();
    expect(document.querySelector('dialog')?.textContent).toContain('the chat is always closed');
    button('Add hours: Saturday')?.click();
    await settled();
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    await settled();
    expect(sent).toMatchObject([
      { limited: true, weekly: [{ day: 'saturday', from: '09:00', to: '17:00' }], holidays: [] },
    ]);
  });
});
