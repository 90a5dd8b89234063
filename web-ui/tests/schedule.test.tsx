import { describe, expect, it, vi } from 'vitest';
import type { Outlook, Schedule, ScheduleOutcome } from '../src/admin/rest';
import { fromCron, toCron, type Frequency } from '../src/admin/training/frequency';
import { ScheduleCard } from '../src/admin/training/schedule';
import { browserZone, findZones, offsetText } from '../src/admin/training/zones';
import { chooseLanguage } from '../src/shared/language';
import { answers, json, page, settled, submit, type } from './page-bench';

describe('a frequency', () => {
  it.each<[Frequency, string]>([
    [{ kind: 'daily', time: '02:05' }, '5 2 * * *'],
    [{ kind: 'weekdays', time: '22:00' }, '0 22 * * 1-5'],
    [{ kind: 'chosen', days: [1, 3, 6], time: '03:30' }, '30 3 * * 1,3,6'],
    [{ kind: 'weekly', day: 0, time: '00:00' }, '0 0 * * 0'],
    [{ kind: 'monthly', day: 31, time: '04:00' }, '0 4 31 * *'],
    [{ kind: 'hours', every: 6, minute: 15 }, '15 */6 * * *'],
    [{ kind: 'hours', every: 1, minute: 0 }, '0 * * * *'],
  ])('%o is cron, and back', (frequency, cron) => {
    expect(toCron(frequency)).toBe(cron);
    expect(fromCron(cron)).toEqual(frequency);
  });

  it.each([
    ['0 3 * * 1,2,3,4,5', 'weekdays'],
    ['0 3 * * MON-FRI', 'weekdays'],
    ['0 3 * * 7', 'weekly'],
    ['0 0,12 * * *', 'hours'],
    ['0 3 */1 * *', 'daily'],
  ])('is found in %s, however that is written', (cron, kind) => {
    expect(fromCron(cron)?.kind).toBe(kind);
  });

  it.each([
    '0,30 3 * * *',
    '0 3 1,15 * *',
    '0 3 1 * 5',
    '0 3 * 2 *',
    '0 */5 * * *',
    '0 */6 * * 1',
    'nonsense',
  ])('cannot say %s', (cron) => {
    expect(fromCron(cron)).toBeUndefined();
  });
});

describe('time zones', () => {
  const zones = [
    { id: 'America/New_York', offsetMinutes: -300 },
    { id: 'Asia/Kathmandu', offsetMinutes: 345 },
    { id: 'Asia/Shanghai', offsetMinutes: 480 },
    { id: 'Asia/Singapore', offsetMinutes: 480 },
    { id: 'Etc/GMT-8', offsetMinutes: 480 },
    { id: 'Europe/Berlin', offsetMinutes: 60 },
    { id: 'UTC', offsetMinutes: 0 },
  ];
  const ids = (typed: string) => findZones(zones, typed).map(({ id }) => id);

  it.each([
    ['shang', ['Asia/Shanghai']],
    ['new york', ['America/New_York']],
    ['germany', ['Europe/Berlin']],
    ['central european', ['Europe/Berlin']],
    ['+8', ['Asia/Shanghai', 'Asia/Singapore', 'Etc/GMT-8']],
    ['UTC+05:45', ['Asia/Kathmandu']],
    ['-5', ['America/New_York']],
    ['asia +8', ['Asia/Shanghai', 'Asia/Singapore']],
    ['atlantis', []],
  ])('are found by %s', (typed, found) => {
    expect(ids(typed)).toEqual(found);
  });

  it('are found by their Chinese names, too', () => {
    chooseLanguage('zh');
    expect(ids('中国')).toContain('Asia/Shanghai');
    expect(ids('德国')).toEqual(['Europe/Berlin']);
  });

  it('tell their offset', () => {
    expect([480, -210, 0].map(offsetText)).toEqual(['UTC+08:00', 'UTC−03:30', 'UTC+00:00']);
  });
});

describe('the schedule', () => {
  const schedule: Schedule = {
    enabled: true,
    cron: '0 2 * * 1-5',
    timeZone: 'Asia/Shanghai',
    minimumDecisions: 50,
    changedAt: '2026-03-01T08:00:00Z',
  };
  const outlook = (outcomes: ScheduleOutcome[]): Outlook => ({
    decisions: 200,
    newDecisions: 34,
    wanted: 50,
    missingDecisions: 16,
    missing: [],
    mayStartAnyway: false,
    upcoming: [],
    outcomes,
    availableCores: 4,
  });
  const card = (stored: Partial<Schedule> = {}, outcomes: ScheduleOutcome[] = []) =>
    page(
      <ScheduleCard
        schedule={{ ...schedule, ...stored }}
        outlook={outlook(outcomes)}
        saved={() => undefined}
      />,
    );
  const check = async (box: HTMLElement, text: string) => {
    const label = [...box.querySelectorAll('label')].find(({ textContent }) => textContent.includes(text));
    label?.querySelector('input')?.click();
    await settled();
  };
  const sends = () => {
    const bodies: Schedule[] = [];
    const fetched = globalThis.fetch;
    vi.stubGlobal('fetch', (address: string, options: RequestInit) => {
      if (options.method !== 'PUT') return fetched(address, options);
      const body = JSON.parse(options.body as string) as Schedule;
      bodies.push(body);
      return Promise.resolve(json(body));
    });
    return bodies;
  };

  it('is a sentence, in both languages', async () => {
    const box = await card();
    expect(box.textContent).toContain(
      'Every weekday at 02:00 (Asia/Shanghai), if there are 50 new decisions.',
    );
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('每个工作日 02:00（Asia/Shanghai），前提是有 50 条新的客服决定。');
  });

  it('is put together without cron', async () => {
    const box = await card();
    const bodies = sends();
    const kind = box.querySelector<HTMLSelectElement>('[name="frequency"]');
    if (kind) {
      kind.value = 'monthly';
      kind.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await settled();
    await type(box, 'time', '04:30');
    await submit(box);
    expect(bodies[0]?.cron).toBe('30 4 1 * *');
    expect(box.textContent).toContain('Saved.');
  });

  it('is an expression for those who want one, and goes back where the fields can say the same', async () => {
    const box = await card();
    await check(box, 'Write it as a cron expression');
    expect(box.querySelector<HTMLInputElement>('[name="cron"]')?.value).toBe('0 2 * * 1-5');
    await type(box, 'cron', '*/7 3-5 * 2 *');
    expect(box.textContent).toContain('more than the fields can say');
    await type(box, 'cron', '0 5 * * 1,4');
    await check(box, 'Write it as a cron expression');
    expect(box.querySelector<HTMLSelectElement>('[name="frequency"]')?.value).toBe('chosen');
    expect(box.textContent).toContain('On Monday and Thursday at 05:00');
  });

  it('opens as an expression where the fields cannot say it', async () => {
    const box = await card({ cron: '0 3 1,15 * *' });
    expect(box.querySelector('[name="cron"]')).not.toBeNull();
  });

  it('has quiet hours and limits, and none of them where they are taken away', async () => {
    const box = await card();
    const bodies = sends();
    await check(box, 'Keep quiet hours');
    await type(box, 'maximumMinutes', '90');
    await submit(box);
    expect(bodies[0]).toMatchObject({ quietFrom: '08:00', quietUntil: '18:00', maximumMinutes: 90 });
    await check(box, 'Keep quiet hours');
    await type(box, 'maximumMinutes', '');
    await submit(box);
    expect(Object.keys(bodies[1] ?? {})).not.toContain('quietFrom');
    expect(Object.keys(bodies[1] ?? {})).not.toContain('maximumMinutes');
  });

  it('offers the browser’s time zone while nobody has saved one', async () => {
    const fresh = await card({ enabled: false, timeZone: 'UTC', changedAt: undefined });
    expect(fresh.querySelector<HTMLInputElement>('[name="timeZone"]')?.value).toBe(browserZone());
    const kept = await card({ timeZone: 'Pacific/Kiritimati' });
    expect(kept.querySelector<HTMLInputElement>('[name="timeZone"]')?.value).toBe('Pacific/Kiritimati');
    expect(kept.textContent).toContain(`Use this browser’s: ${browserZone()}`);
  });

  it('finds a time zone by the keyboard', async () => {
    answers['GET /api/training/time-zones'] = () =>
      json([
        { id: 'Asia/Shanghai', offsetMinutes: 480 },
        { id: 'Europe/Berlin', offsetMinutes: 60 },
      ]);
    const box = await card();
    const zone = box.querySelector<HTMLInputElement>('[name="timeZone"]');
    const key = async (name: string) => {
      zone?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
      await settled();
    };
    zone?.focus();
    await settled();
    await type(box, 'timeZone', 'germ');
    expect(zone?.getAttribute('aria-expanded')).toBe('true');
    expect(box.querySelector('[role="option"]')?.textContent).toContain('UTC+01:00');
    await key('Enter');
    expect(zone?.value).toBe('Europe/Berlin');
    expect(zone?.getAttribute('aria-expanded')).toBe('false');
  });

  it('says at the field that there is no such time zone, in both languages', async () => {
    answers['GET /api/training/time-zones'] = () => json([{ id: 'Asia/Shanghai', offsetMinutes: 480 }]);
    const box = await card();
    const zone = box.querySelector<HTMLInputElement>('[name="timeZone"]');
    const leave = async (typed: string) => {
      zone?.focus();
      await settled();
      await type(box, 'timeZone', typed);
      box.querySelector('select')?.focus();
      await settled();
    };
    expect(box.querySelector('[role="alert"]')).toBeNull();
    await leave('Mars/Olympus');
    expect(box.querySelector('[role="alert"]')?.textContent).toContain(
      'There is no time zone “Mars/Olympus”',
    );
    expect(zone?.getAttribute('aria-invalid')).toBe('true');
    chooseLanguage('zh');
    await settled();
    expect(box.querySelector('[role="alert"]')?.textContent).toContain('没有时区“Mars/Olympus”');
    await leave('UTC+8');
    expect(box.querySelector('[role="alert"]')).toBeNull();
  });

  it('tells its next starts and what each would do', async () => {
    vi.useFakeTimers();
    const next = (at: string, newDecisions: number, prospect: string, more = {}) => ({
      at,
      newDecisions,
      prospect,
      withoutPace: false,
      ...more,
    });
    answers[
      'GET /api/training/schedule/preview?cron=0+2+*+*+1-5&timeZone=Asia%2FShanghai&minimumDecisions=50'
    ] = () =>
      json([
        next('2026-03-02T18:00:00Z', 44, 'too-few-new'),
        next('2026-03-03T18:00:00Z', 55, 'start', { waitsUntil: '2026-03-03T22:00:00Z' }),
      ]);
    const box = await card();
    await vi.advanceTimersByTimeAsync(500);
    expect(box.textContent).toContain('New decisions now: 34. Wanted: 50.');
    const [first, second] = [...box.querySelectorAll('.starts li')].map(({ textContent }) => textContent);
    expect(first).toContain('3 Mar 2026, 02:00');
    expect(first).toContain('would be skipped');
    expect(first).toContain('about 44 by then');
    expect(second).toContain('would start');
    expect(second).toContain('waits until 4 Mar 2026, 06:00 GMT+8, when the quiet hours end');
  });

  it('tells what came of its last starts, and why', async () => {
    const at = { plannedAt: '2026-03-01T18:00:00Z', lookedAt: '2026-03-01T18:00:02Z', missed: 0 };
    const box = await card({}, [
      { ...at, outcome: 'started', runNumber: 8, missed: 3, lookedAt: '2026-03-02T01:00:00Z' },
      { ...at, plannedAt: '2026-02-27T18:00:00Z', outcome: 'too-few-new', have: 12, need: 50 },
      { ...at, plannedAt: '2026-02-26T18:00:00Z', outcome: 'run-active', runNumber: 7 },
      { ...at, plannedAt: '2026-02-25T18:00:00Z', outcome: 'too-little', rule: 'held-out', have: 1, need: 3 },
    ]);
    const told = [...box.querySelectorAll('.starts li')].map(({ textContent }) => textContent);
    expect(told[0]).toContain('Run 8 was started.');
    expect(told[0]).toContain('3 starts were missed while the server was not running; made good once');
    expect(told[1]).toContain('Skipped: 12 of 50 new decisions.');
    expect(told[2]).toContain('run 7 was waiting or running');
    expect(told[3]).toContain('2 more conversations to measure with (1 of 3)');
  });
});
