import { describe, expect, it, vi } from 'vitest';
import type { Outlook, Run, Schedule } from '../src/admin/rest';
import { ModelRetentionCard } from '../src/admin/training/model-retention';
import { settingsInWords } from '../src/admin/training/metric-texts';
import { RunCard } from '../src/admin/training/run';
import { TrainingPage } from '../src/admin/training/training';
import { chooseLanguage } from '../src/shared/language';
import { answers, json, page, press, settled, submit } from './page-bench';

const schedule: Schedule = { enabled: true, cron: '0 3 * * *', timeZone: 'UTC', minimumDecisions: 20 };
const outlook: Outlook = {
  decisions: 30,
  newDecisions: 8,
  wanted: 20,
  missingDecisions: 12,
  missing: [],
  mayStartAnyway: false,
  upcoming: [],
  outcomes: [],
  availableCores: 4,
};

describe('the way to the next useful run', () => {
  const training = (told: Partial<Outlook>, planned: Partial<Schedule> = {}) => {
    answers['GET /api/training/outlook'] = () => json({ ...outlook, ...told });
    answers['GET /api/training/schedule'] = () => json({ ...schedule, ...planned });
    answers['GET /api/examples/summary'] = () =>
      json({ total: 5, positive: 3, negative: 2, sinceLastRun: 5, ofHistory: 2 });
    return page(<TrainingPage />);
  };

  it('is counted in decisions', async () => {
    const box = await training({});
    expect(box.textContent).toContain('12 more decisions');
    expect(box.textContent).toContain('8 of 20 new decisions since the last run.');
    expect(box.querySelector('meter')?.getAttribute('value')).toBe('8');
    expect(box.textContent).toContain('2 of them from imported history');
  });

  it('ends with enough', async () => {
    const box = await training({ newDecisions: 25, missingDecisions: 0 });
    expect(box.querySelector('.large-number')?.textContent).toBe('Enough');
    expect(box.textContent).toContain('There is enough to learn from.');
  });

  it('names what is missing besides, and what to do, in both languages', async () => {
    const box = await training({
      missingDecisions: 0,
      missing: [{ rule: 'not-fitting', have: 1, need: 5, least: 1 }],
    });
    expect(box.textContent).toContain(
      '4 more examples of a reply that does not fit (1 of 5). Reject suggestions',
    );
    expect(box.textContent).not.toContain('There is enough to learn from.');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('还差 4 条不合适回复的样本（1/5）');
  });

  it('says that the schedule is off', async () => {
    expect((await training({}, { enabled: false })).textContent).toContain('The schedule is off');
  });

  it('asks before a start with nothing new since the last run', async () => {
    const sent = vi.fn();
    const fetched = globalThis.fetch;
    const box = await training({ newDecisions: 0, missingDecisions: 0, missing: [] });
    vi.stubGlobal('fetch', (address: string, options: RequestInit) => {
      if (options.method === 'POST') sent(address, options.body);
      return fetched(address, options);
    });
    await press(box, 'Start a run');
    expect(sent).not.toHaveBeenCalled();
    expect(box.textContent).toContain('Agents have decided nothing since the last run.');
    await press(box, 'Start all the same');
    expect(sent).toHaveBeenCalledWith('/api/training/runs', '{"anyway":false}');
  });

  it('can be cut short where that makes sense, and only there', async () => {
    const sent = vi.fn();
    const fetched = globalThis.fetch;
    const box = await training({
      mayStartAnyway: true,
      missing: [{ rule: 'decisions', have: 8, need: 20, least: 2 }],
    });
    vi.stubGlobal('fetch', (address: string, options: RequestInit) => {
      if (options.method === 'POST') sent(address, options.body);
      return fetched(address, options);
    });
    await press(box, 'Start all the same');
    expect(sent).toHaveBeenCalledWith('/api/training/runs', '{"anyway":true}');
    vi.stubGlobal('fetch', fetched);
    expect((await training({})).textContent).not.toContain('Start all the same');
  });
});

describe('what keeping fewer models would delete', () => {
  it('is no longer said once the numbers are others, not even by an answer that was under way', async () => {
    answers['GET /api/model-retention'] = () => json({ enabled: true, keepNewest: 5, promotedDays: 30 });
    answers['GET /api/model-retention/preview?keepNewest=5&promotedDays=30'] = () => json([3]);
    const box = await page(<ModelRetentionCard changed={() => Promise.resolve()} />);
    const field = box.querySelector<HTMLInputElement>('input[name=keepNewest]');
    const told = () => box.querySelector('[role=status]')?.textContent;
    const type = () => field?.dispatchEvent(new Event('input', { bubbles: true }));
    const look = () =>
      [...box.querySelectorAll('button')].find(({ type: kind }) => kind === 'button')?.click();
    look();
    await settled();
    expect(told()).toContain('3');

    type();
    await settled();
    expect(told()).toBe('');

    look();
    type();
    await settled();
    expect(told()).toBe('');
  });
});

describe('a run', () => {
  const run: Run = {
    id: 'r7',
    number: 7,
    status: 'running',
    stage: 'training',
    trigger: 'schedule',
    baseModel: 'm1',
    attempt: 2,
    attempts: 3,
    cancelRequested: false,
    step: 40,
    steps: 200,
    secondsLeft: 90,
    spentSeconds: 65,
    standsBack: false,
    stoodBackSeconds: 0,
    limits: { maximumMinutes: 120 },
    createdAt: '2026-03-02T13:00:00Z',
    dataset: { id: 'd4', number: 4, train: 900, dev: 100, test: 200, leftOut: 0, erased: 0 },
    trainedOn: {
      decisions: 120,
      conversations: 95,
      languages: { other: 100, zh: 20 },
      from: '2026-02-01T08:00:00Z',
      until: '2026-03-01T08:00:00Z',
    },
  };
  const done: Run = { ...run, status: 'succeeded', stage: 'awaiting-decision', resultModel: 'm2' };
  const changed = vi.fn(() => Promise.resolve());
  const card = (shown: Run) => {
    answers['GET /api/training/runs/r7'] = () => json(shown);
    return page(<RunCard run={shown} models={[]} shown toggle={() => undefined} changed={changed} />);
  };

  it('tells its step, its attempt, its time and its limit', async () => {
    const { textContent } = await card(run);
    for (const told of [
      'step 40 of 200',
      'attempt 2 of 3',
      '1 min so far',
      'at most 2 h',
      'about 1 min left',
    ])
      expect(textContent).toContain(told);
  });

  it('says that it stands back for customers, and how long it has, in both languages', async () => {
    const box = await card({ ...run, standsBack: true, stoodBackSeconds: 20 });
    expect(box.textContent).toContain('Standing back: customers are waiting.');
    expect(box.textContent).toContain('stood back for 20 s of that');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('正在让路：有客户在等待。');
    expect((await card(run)).textContent).not.toContain('让路');
  });

  it('tells what it learned from', async () => {
    const { textContent } = await card(done);
    expect(textContent).toContain('Learned from snapshot 4: 120 decisions in 95 conversations');
    expect(textContent).toContain('20 in Chinese');
    expect(textContent).toContain(
      '900 examples to learn from, 100 to tell when to stop, 200 to measure with',
    );
  });

  it('that waits says until when', async () => {
    const { textContent } = await card({
      ...run,
      status: 'queued',
      stage: 'queued',
      waitsUntil: '2026-03-02T17:00:00Z',
    });
    expect(textContent).toContain('Waits until 2 Mar 2026');
    expect(textContent).toContain('when the quiet hours end');
  });

  it.each([
    ['time-limit', 'Raise “Longest time” in the schedule'],
    ['out-of-memory', 'Raise replyloop.training.worker-heap'],
    ['never heard of', 'starting it again may help'],
  ])('that failed with %s says what to do', async (errorCode, told) => {
    const box = await card({ ...run, status: 'failed', stage: 'failed', error: 'It broke', errorCode });
    expect(box.querySelector('[role="alert"]')?.textContent).toContain(told);
  });

  it('is rejected with a reason, which can be taken back', async () => {
    const box = await card(done);
    const sent: string[] = [];
    answers['PUT /api/training/runs/r7/rejection'] = () => (sent.push('PUT'), json(done));
    await press(box, 'Reject…');
    await submit(box);
    expect(box.querySelector('dialog [role="alert"]')?.textContent).toBe('Reason: fill this in.');
    const reason = box.querySelector<HTMLTextAreaElement>('[name="reason"]');
    if (reason) reason.value = 'Worse in Chinese';
    await submit(box);
    expect(sent).toEqual(['PUT']);
    expect(changed).toHaveBeenCalled();

    const rejected = await card({
      ...done,
      stage: 'rejected',
      rejection: { at: '2026-03-03T08:00:00Z', reason: 'Worse in Chinese' },
    });
    expect(rejected.textContent).toContain('Rejected on 3 Mar 2026');
    expect(rejected.textContent).toContain('Worse in Chinese');
    answers['DELETE /api/training/runs/r7/rejection'] = () => (sent.push('DELETE'), json(done));
    await press(rejected, 'Take the rejection back');
    expect(sent).toEqual(['PUT', 'DELETE']);
  });

  it('shows its log where somebody opens it, and goes on with the lines that are new', async () => {
    vi.useFakeTimers();
    const box = await card(run);
    answers['GET /api/training/runs/r7/log'] = () =>
      json([{ number: 1, at: '2026-03-02T13:00:00Z', attempt: 1, text: 'step 10 of 200' }]);
    answers['GET /api/training/runs/r7/log?after=1'] = () =>
      json([{ number: 2, at: '2026-03-02T13:00:02Z', attempt: 2, text: 'Goes on after step 10' }]);
    expect(box.querySelector('.log')).toBeNull();
    const log = [...box.querySelectorAll('details')].at(-1);
    if (log) {
      log.open = true;
      log.dispatchEvent(new Event('toggle'));
    }
    await vi.advanceTimersByTimeAsync(2_500);
    const lines = [...box.querySelectorAll('.log li')].map(({ textContent }) => textContent);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('step 10 of 200');
    expect(lines[1]).toContain('— attempt 2 —');
    expect(lines[1]).toContain('Goes on after step 10');
  });
});

describe('the settings of a run', () => {
  it('are said in words, and nothing special is the defaults', () => {
    expect(settingsInWords({})).toBe('the defaults');
    expect(settingsInWords(undefined)).toBe('the defaults');
    expect(settingsInWords({ epochs: 2, frozenEmbeddings: true, other: 'x' })).toBe(
      'passes over the examples: 2 · words kept as they are: yes · other: x',
    );
    chooseLanguage('zh');
    expect(settingsInWords({})).toBe('默认设置');
    expect(settingsInWords({ batchSize: 16 })).toBe('每步样本数：16');
    chooseLanguage('en');
  });
});
