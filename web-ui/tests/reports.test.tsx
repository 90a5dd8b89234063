import { readFileSync } from 'node:fs';
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromAddress, isWhole, lastDays, toAddress } from '../src/admin/reports/period';
import { ReportsPage } from '../src/admin/reports/reports';
import { waited } from '../src/admin/reports/figures';
import type { Report } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { patience, settled } from './settled';

const drawn: unknown[] = [];
vi.mock('uplot', () => ({
  default: class {
    constructor(...what: unknown[]) {
      drawn.push(what);
    }
    destroy() {
      // Nothing was drawn.
    }
    setSize() {
      // No size either.
    }
  },
}));

const none = { questions: 0, silent: 0, answers: 0, sent: 0, edited: 0, lookedUp: 0, own: 0, rejected: 0 };
const some = {
  questions: 50,
  silent: 5,
  answers: 40,
  sent: 20,
  edited: 4,
  lookedUp: 2,
  own: 14,
  rejected: 3,
};

function report(part: Partial<Report> = {}): Report {
  return {
    from: '2026-11-01',
    to: '2026-11-30',
    timeZone: 'Europe/Berlin',
    unit: 'day',
    byAgent: true,
    total: some,
    acceptance: {
      count: 418,
      conversations: 200,
      share: 0.62,
      margin: 0.05,
      countBefore: 390,
      shareBefore: 0.57,
      low: -0.01,
      high: 0.11,
    },
    overTime: [
      { start: '2026-11-01', counts: some },
      { start: '2026-11-02', counts: none },
    ],
    replies: [{ id: 'r1', title: 'Returns', suggested: 9, sent: 5, edited: 1, lookedUp: 1, rejected: 0 }],
    categories: [{ name: 'Orders', counts: some }],
    agents: [{ id: 'a1', name: 'Ada', counts: some }],
    models: [{ model: 0, counts: some }],
    responses: [
      { kind: 'taken', first: false, count: 30, median: 42, p90: 300 },
      { kind: 'none', first: false, count: 40, median: 200, p90: 8_000 },
    ],
    responsesOverTime: [{ start: '2026-11-01', kind: 'taken', count: 3, median: 60 }],
    handling: {
      begun: 120,
      firstResponses: { count: 110, median: 90, p90: 400 },
      resolutions: { count: 100, median: 1_800, p90: 9_000 },
      overTime: [
        {
          start: '2026-11-01',
          begun: 120,
          firstResponses: { count: 110, median: 90, p90: 400 },
          resolutions: { count: 100, median: 1_800, p90: 9_000 },
        },
        {
          start: '2026-11-02',
          begun: 0,
          firstResponses: { count: 0 },
          resolutions: { count: 0 },
        },
      ],
    },
    satisfaction: {
      total: { count: 40, satisfied: 34, dissatisfied: 2, mean: 4.25 },
      overTime: [
        { start: '2026-11-01', scores: { count: 40, satisfied: 34, dissatisfied: 2, mean: 4.25 } },
        { start: '2026-11-02', scores: { count: 0, satisfied: 0, dissatisfied: 0 } },
      ],
      agents: [{ id: 'a1', name: 'Ada', scores: { count: 40, satisfied: 34, dissatisfied: 2, mean: 4.25 } }],
    },
    coverage: { published: 3, used: 1, unused: [{ id: 'r2', title: 'Gifts' }] },
    learning: {
      count: 40,
      conversations: 30,
      waiting: 2,
      comparing: true,
      first: { with: 0.7, without: 0.5, low: 0.1, high: 0.3 },
      among: { with: 0.9, without: 0.8, low: 0.05, high: 0.15 },
      overTime: [{ start: '2026-11-01', count: 40, first: 28, firstBefore: 20, among: 36, amongBefore: 32 }],
    },
    ...part,
  };
}

const unbegun = { begun: 0, firstResponses: { count: 0 }, resolutions: { count: 0 }, overTime: [] };
const unrated = { total: { count: 0, satisfied: 0, dissatisfied: 0 }, overTime: [], agents: [] };

interface Drawn {
  padding: number[];
  axes: { splits: (plot: { width: number }) => number[] }[];
  series: { points: unknown }[];
}

/** Of the first chart. */
function options(): Drawn {
  const [first] = drawn as [Drawn][];
  if (!first) throw new Error('a chart is drawn');
  return first[0];
}

const asked: string[] = [];
let answer = report();

async function page(): Promise<HTMLElement> {
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  const box = document.createElement('div');
  document.body.append(box);
  render(<ReportsPage />, box);
  await settled();
  return box;
}

beforeEach(() => {
  location.hash = '#/reports/?from=2026-11-01&to=2026-11-30';
});

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  answer = report();
  asked.length = 0;
  drawn.length = 0;
  vi.unstubAllGlobals();
});

describe('a report', () => {
  it('says what each chart shows, with the range of the change', async () => {
    const box = await page();
    expect(box.textContent).toContain(
      'Agents took a suggestion in 62% of 418 answers, 5 points more than in as many days before (−1 to +11).',
    );
    expect(box.textContent).toContain(
      'came within 42 s, half of those without a suggestion on screen within 3.3 min',
    );
    expect(box.textContent).toContain(
      'came first in 70% of cases; without learning it would have been 50%: +20 points (+10 to +30).',
    );
    expect(box.textContent).toContain('85% of 40 ratings are good or very good; the mean is 4.3 of 5.');
    expect(box.textContent).toContain('Of 3 published replies, 1 were used.');
    expect(box.textContent).toContain('2 answers are still being compared');
    // The library comes with the first chart.
    await vi.waitFor(() => expect(drawn).toHaveLength(5), patience);
    for (const chart of box.querySelectorAll('.report-chart [role="img"]')) {
      expect(chart.getAttribute('aria-label')).not.toBe('');
    }
  });

  it('leaves a gap where there is nothing to tell', async () => {
    await page();
    await vi.waitFor(() => expect(drawn).toHaveLength(5), patience);
    const [, data] = drawn[0] as [unknown, (number | null)[][]];
    expect(data[1]).toEqual([0.6, null]);
  });

  it('says that few answers tell little', async () => {
    answer = report({ acceptance: { count: 7, conversations: 5, share: 0.5, countBefore: 0 } });
    const box = await page();
    expect(box.textContent).toContain('Agents took a suggestion in 50% of 7 answers.');
    expect(box.textContent).toContain('These are few answers');
  });

  it('says that nothing is compared where that is turned off', async () => {
    const { learning } = report();
    answer = report({ learning: { ...learning, comparing: false } });
    expect((await page()).textContent).not.toContain('still being compared');
    answer = report({
      learning: { count: 0, conversations: 0, waiting: 2, comparing: false, overTime: [] },
    });
    const box = await page();
    expect(box.textContent).toContain('set replyloop.reports.first-day to true');
    expect(box.textContent).not.toContain('As soon as agents have used replies');
  });

  it('says on the first day what will be here', async () => {
    answer = report({ total: none, responses: [], handling: unbegun, satisfaction: unrated });
    const box = await page();
    expect(box.textContent).toContain('No customer has asked anything in this period.');
    expect(box.querySelector('.report-chart')).toBeNull();
  });

  it('says where filters match nothing, and takes them off', async () => {
    location.hash += '&category=Orders&language=zh';
    answer = report({ total: none, responses: [], handling: unbegun, satisfaction: unrated });
    const box = await page();
    expect(box.textContent).toContain('No question of this period matches these filters.');
    expect(box.textContent).not.toContain('No customer has asked');
    answer = report();
    [...box.querySelectorAll('button')]
      .filter(({ textContent }) => textContent === 'Clear the filter')
      .at(-1)
      ?.click();
    await settled();
    expect(location.hash).toBe('#/reports/?from=2026-11-01&to=2026-11-30');
    expect(box.textContent).toContain('of 418 answers');
  });

  it('shows a value without a neighbour by a dot, however long the period', async () => {
    const told = [3, 10, 11, 59];
    answer = report({
      overTime: Array.from({ length: 60 }, (_, day) => ({
        start: new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10),
        counts: told.includes(day) ? some : none,
      })),
    });
    await page();
    await vi.waitFor(() => expect(drawn).toHaveLength(3), patience);
    expect(options().series[1]?.points).toMatchObject({ show: false, filter: [3, 59] });
  });

  it('has a dot for each day of a short period', async () => {
    await page();
    await vi.waitFor(() => expect(drawn).toHaveLength(5), patience);
    expect(options().series[1]?.points).toMatchObject({ show: true, filter: null });
  });

  it('names as many days as its width has room for now', async () => {
    answer = report({
      overTime: Array.from({ length: 30 }, (_, day) => ({
        start: new Date(Date.UTC(2026, 10, 1 + day)).toISOString().slice(0, 10),
        counts: some,
      })),
    });
    await page();
    await vi.waitFor(() => expect(drawn).toHaveLength(5), patience);
    const { axes, padding } = options();
    expect(axes[0]?.splits({ width: 1_000 })).toHaveLength(10);
    expect(axes[0]?.splits({ width: 300 })).toHaveLength(3);
    expect(padding[1]).toBeGreaterThan(27);
  });

  it('tells no time to answer by a few answers', async () => {
    const few = { kind: 'taken', first: false, count: 1, median: 42, p90: 42 };
    answer = report({ responses: [few] });
    expect((await page()).textContent).toContain(
      'Too few answers to say how long customers wait: it takes 30',
    );
    answer = report({ responses: [few, { kind: 'none', first: false, count: 30, median: 200, p90: 900 }] });
    const box = await page();
    expect(box.textContent).toContain('No suggestion on screen: half of these answers came within 3.3 min.');
    expect(box.textContent).not.toContain('Too few answers');
  });

  it('gives no share of taken suggestions by category, as own texts have none', async () => {
    const box = await page();
    const heads = (table: string) =>
      [...box.querySelectorAll(`[aria-label="${table}"] thead th`)].map(({ textContent }) => textContent);
    expect(heads('By category')).toEqual([
      'Category of the reply',
      'Answers',
      'As suggested',
      'Edited',
      'Looked up',
    ]);
    expect(box.querySelectorAll('[aria-label="By category"] tbody tr:first-child > *')).toHaveLength(5);
    expect(heads('By model')).toContain('Taken');
  });

  it('lets the chosen period be seen', async () => {
    const { from, to } = lastDays(90);
    location.hash = `#/reports/?from=${from}&to=${to}`;
    const box = await page();
    const style = document.createElement('style');
    style.textContent = readFileSync('src/admin/reports/reports.css', 'utf8');
    document.body.append(style);
    document.documentElement.style.setProperty('--accent-soft', 'rgb(1, 2, 3)');
    const seen = [...box.querySelectorAll<HTMLElement>('[aria-pressed]')]
      .filter((button) => getComputedStyle(button).background.includes('rgb(1, 2, 3)'))
      .map(({ textContent }) => textContent);
    expect(seen).toEqual(['90 days']);
  });

  it('does not tell agents apart where that is turned off', async () => {
    answer = report({ byAgent: false, agents: [] });
    const box = await page();
    expect([...box.querySelectorAll('summary')].map(({ textContent }) => textContent)).not.toContain(
      'By agent',
    );
    expect([...box.querySelectorAll('select')]).toHaveLength(2);
  });

  it('is whole in Chinese', async () => {
    chooseLanguage('zh');
    const box = await page();
    expect(box.textContent).toContain(
      '在 418 个回答中，客服有 62% 采用了建议，比之前同样天数高 5 个百分点（−1 至 +11）。',
    );
    expect(box.textContent).toContain('没有学习时为 50%：+20 个百分点（+10 至 +30）。');
  });

  it('keeps its filter in the address and asks for it', async () => {
    const box = await page();
    const language = box.querySelector('select');
    if (language) language.value = 'zh';
    language?.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect(location.hash).toBe('#/reports/?from=2026-11-01&to=2026-11-30&language=zh');
    expect(asked.at(-1)).toContain('language=zh');
  });

  it('marks the figures of another choice while it counts, and gives up what nobody wants any more', async () => {
    const box = await page();
    const waiting: { signal: AbortSignal; answered: () => void }[] = [];
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: { signal: AbortSignal }) =>
        new Promise<Response>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('Given up', 'AbortError')));
          waiting.push({ signal, answered: () => resolve(new Response(JSON.stringify(answer))) });
        }),
    );
    const choose = async (value: string) => {
      const language = box.querySelector('select');
      if (language) language.value = value;
      language?.dispatchEvent(new Event('change', { bubbles: true }));
      await settled();
    };
    await choose('zh');
    expect(box.querySelector('.counted')).not.toBeNull();
    await choose('other');
    const [wanted, ...others] = waiting.reverse();
    expect(wanted?.signal.aborted).toBe(false);
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(({ signal }) => signal.aborted)).toBe(true);
    expect(box.querySelector('[role="alert"]')).toBeNull();
    wanted?.answered();
    await settled();
    expect(box.querySelector('.counted')).toBeNull();
    expect(box.textContent).toContain('of 418 answers');
  });

  it('takes a table along', async () => {
    const box = await page();
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
    );
    box.querySelector<HTMLElement>('[aria-label="Export CSV: By reply"]')?.click();
    await settled();
    expect(asked.at(-1)).toContain('/api/reports/export?');
    expect(asked.at(-1)).toContain('table=replies');
  });
});

describe('a period', () => {
  it('is the last thirty days unless the address says otherwise', () => {
    const now = new Date(2026, 2, 15);
    expect(lastDays(30, now)).toEqual({ from: '2026-02-14', to: '2026-03-15' });
    expect(fromAddress('#/reports')).toMatchObject({ ...lastDays(30), language: '' });
    const choice = { from: '2026-01-01', to: '2026-01-31', language: '', category: 'A & B', agent: '' };
    expect(fromAddress(toAddress(choice))).toEqual(choice);
  });

  it('is not asked for while somebody types', () => {
    const choice = { from: '0002-01-01', to: '2026-01-31', language: '', category: '', agent: '' };
    expect(isWhole(choice)).toBe(false);
    expect(isWhole({ ...choice, from: '2026-02-01' })).toBe(false);
    expect(isWhole({ ...choice, from: '2026-01-01' })).toBe(true);
  });
});

describe('a waiting time', () => {
  it('is said in the unit that fits', () => {
    expect([42, 90, 5_400].map(waited)).toEqual(['42 s', '1.5 min', '1.5 h']);
  });
});
