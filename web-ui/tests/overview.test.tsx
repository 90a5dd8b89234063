import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OverviewPage } from '../src/admin/overview/overview';
import { runs } from '../src/admin/overview/trend';
import type { FirstStep, Overview, OverviewFigures, ReportFigures } from '../src/admin/rest';
import { isAsked } from '../src/admin/asked';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const names: FirstStep['name'][] = ['site', 'replies', 'colleague', 'snippet', 'hello', 'answer'];
const counts = { questions: 0, silent: 0, answers: 0, sent: 0, edited: 0, lookedUp: 0, own: 0, rejected: 0 };
const nothing: ReportFigures = {
  total: counts,
  overTime: [],
  handling: { begun: 0, firstResponses: { count: 0 }, resolutions: { count: 0 }, overTime: [] },
  satisfaction: { total: { count: 0, satisfied: 0, dissatisfied: 0 }, overTime: [], agents: [] },
};
const some: ReportFigures = {
  total: { ...counts, questions: 50, silent: 5, answers: 40, sent: 20, edited: 4 },
  overTime: [{ start: '2026-11-30', counts: { ...counts, questions: 50 } }],
  handling: {
    begun: 120,
    firstResponses: { count: 110, median: 90, p90: 400 },
    resolutions: { count: 100, median: 1_800, p90: 9_000 },
    overTime: [],
  },
  satisfaction: {
    total: { count: 40, satisfied: 34, dissatisfied: 2, mean: 4.25 },
    overTime: [],
    agents: [],
  },
};

let done: FirstStep['name'][];
let overview: Partial<Overview>;
let putAway: boolean;
let page: string | undefined;
let figures: OverviewFigures;
let asked: string[];
let away: boolean;

beforeEach(() => {
  done = [];
  overview = {};
  putAway = false;
  page = undefined;
  asked = [];
  away = false;
  figures = report(some, nothing);
  vi.stubGlobal('fetch', (address: string, { method = 'GET', body }: RequestInit) => {
    asked.push(`${method} ${address}`);
    if (away) return Promise.reject(new TypeError('no network'));
    if (method === 'PUT') {
      ({ putAway } = JSON.parse(body as string) as { putAway: boolean });
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    if (address === '/api/webhooks') return Promise.resolve(new Response('[]'));
    const answer = address.includes('figures') ? figures : now();
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
});

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  location.hash = '';
  chooseLanguage('en');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function report(now: ReportFigures, before: ReportFigures): OverviewFigures {
  return {
    report: { from: '2026-11-24', to: '2026-11-30', timeZone: 'Europe/Berlin', now, before },
    model: {
      number: 3,
      origin: 'training',
      since: '2026-11-20T10:00:00Z',
      verdict: { run: 7, at: '2026-11-28T10:00:00Z', verdict: 'better' },
    },
  };
}

function now(): Overview {
  return {
    open: 12,
    waiting: 3,
    longestWaitSeconds: 95,
    unassigned: 2,
    available: 1,
    away: 1,
    offline: 4,
    queues: [{ unassigned: 2, waiting: 3 }],
    firstSteps: { putAway, page, steps: names.map((name) => ({ name, done: done.includes(name) })) },
    ...overview,
  };
}

async function opened(): Promise<HTMLElement> {
  const box = document.createElement('div');
  document.body.append(box);
  render(<OverviewPage />, box);
  await settled();
  return box;
}

const button = (box: HTMLElement, name: string) =>
  [...box.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const tile = (box: HTMLElement, name: string) =>
  [...box.querySelectorAll('.tile')].find(({ textContent }) => textContent.startsWith(name));

describe('the first steps', () => {
  it('name what to do and why, and lead there', async () => {
    page = 'https://shop.example';
    const box = await opened();
    expect(box.querySelector('[role=status]')?.textContent).toBe('0 of 6 done. Each ticks itself.');
    const links = [...box.querySelectorAll('.first-steps a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual([
      '#/sites/new',
      '#/knowledge/import',
      '#/history',
      '#/users/new',
      '#/sites',
      'https://shop.example',
      '/console/',
    ]);
    expect(box.querySelector('[aria-current=step] strong')?.textContent).toBe('Create a website');
  });

  it('tick themselves while somebody looks, and not while nobody does', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
    const box = await opened();
    done = ['site'];
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    vi.advanceTimersByTime(60_000);
    await settled();
    expect(box.querySelectorAll('.first-steps .done')).toHaveLength(0);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await settled();
    expect(box.querySelector('.first-steps .done')?.textContent).toContain('Create a website (done)');
    done = names;
    vi.advanceTimersByTime(6_000);
    await settled();
    expect(box.textContent).toContain('All done. Your team is ready for its customers.');
    hidden.mockRestore();
  });

  it('are not shown unasked where all was done before, and come by a link', async () => {
    done = names;
    const box = await opened();
    expect(box.querySelector('.first-steps')).toBeNull();
    button(box, 'Show the first steps')?.click();
    await settled();
    expect(box.querySelectorAll('.first-steps .done')).toHaveLength(6);
    expect(asked.filter((what) => what.startsWith('PUT'))).toEqual([]);
    expect(document.activeElement?.textContent).toBe('First steps');
  });

  it('that cannot be put away stay and say why, and take no focus later', async () => {
    done = names.slice(1);
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
    const box = await opened();
    away = true;
    button(box, 'Put away')?.click();
    await settled();
    expect(box.querySelector('.first-steps [role=alert]')?.textContent).not.toBe('');
    away = false;
    done = names;
    vi.advanceTimersByTime(6_000);
    await settled();
    expect(box.querySelectorAll('.first-steps .done')).toHaveLength(6);
    away = true;
    button(box, 'Put away')?.click();
    await settled();
    expect(box.querySelector('.first-steps [role=alert]')?.textContent).not.toBe('');
  });

  it('are put away, with the focus on what brings them back', async () => {
    const box = await opened();
    button(box, 'Put away')?.click();
    await settled();
    expect(box.querySelector('.first-steps')).toBeNull();
    expect(document.activeElement?.textContent).toBe('Show the first steps');
    button(box, 'Show the first steps')?.click();
    await settled();
    expect(box.querySelector('.first-steps')).not.toBeNull();
    expect(putAway).toBe(false);
    expect(document.activeElement?.textContent).toBe('First steps');
  });
});

describe('what goes on now', () => {
  it('is counted, with the longest wait', async () => {
    const box = await opened();
    expect(tile(box, 'Waiting for an answer')?.textContent).toContain('Longest wait: 1 min');
    expect(tile(box, 'Colleagues there')?.textContent).toContain('1 away, 4 offline');
    expect(box.querySelector('table')).toBeNull();
  });

  it('warns when customers wait and nobody is there, and shows the queues of teams', async () => {
    overview = {
      available: 0,
      queues: [
        { unassigned: 1, waiting: 1 },
        { team: 'Returns', unassigned: 1, waiting: 2 },
      ],
    };
    const box = await opened();
    expect(tile(box, 'Colleagues there')?.textContent).toContain('Customers wait, and nobody is there.');
    expect(box.querySelector('tbody')?.textContent).toContain('Returns12');
  });
});

it('keeps what it knows while the server is away, says so, and goes on', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
  const box = await opened();
  away = true;
  vi.advanceTimersByTime(6_000);
  await settled();
  expect(box.querySelector('[role=alert]')).not.toBeNull();
  expect(tile(box, 'Open conversations')?.textContent).toContain('12');
  away = false;
  overview = { open: 13 };
  vi.advanceTimersByTime(6_000);
  await settled();
  expect(box.querySelector('[role=alert]')).toBeNull();
  expect(tile(box, 'Open conversations')?.textContent).toContain('13');
});

describe('the last days', () => {
  it('stand beside those before, each leading to its report', async () => {
    figures = report(some, {
      ...some,
      handling: { ...some.handling, begun: 100, firstResponses: { count: 0 } },
    });
    const box = await opened();
    expect(tile(box, 'Conversations begun')?.textContent).toBe('Conversations begun 120 Before: 100');
    expect(tile(box, 'First response')?.textContent).toContain('1.5 min');
    expect(tile(box, 'First response')?.textContent).toContain('nine of ten within 6.7 min Before: –');
    expect(tile(box, 'Resolved')?.textContent).toContain('30 min');
    expect(tile(box, 'Good or very good')?.textContent).toContain('85%');
    expect(tile(box, 'Suggestions shown')?.textContent).toContain('45');
    expect(tile(box, 'Suggestions used')?.textContent).toContain('24');
    expect(tile(box, 'Answers that took one')?.textContent).toContain('60%');
    expect(tile(box, 'Nothing suggested')?.textContent).toContain('10%');
    expect(tile(box, 'Conversations begun')?.getAttribute('href')).toBe(
      '#/reports/?from=2026-11-24&to=2026-11-30',
    );
    expect(tile(box, 'Serving model')?.textContent).toContain(
      'Last comparison, run 7, 28 Nov 2026: better than the one before',
    );
    chooseLanguage('zh');
    await settled();
    expect(tile(box, '新对话')?.textContent).toBe('新对话 120 之前：100');
  });

  it('say what will be here as long as nobody has written', async () => {
    figures = { ...report(nothing, nothing), model: undefined };
    const box = await opened();
    expect([...box.querySelectorAll('h3')].map(({ textContent }) => textContent)).not.toContain(
      'Suggestions and learning',
    );
    expect(box.textContent).toContain('No customer has written yet.');
    expect(tile(box, 'Conversations begun')).toBeUndefined();
  });

  it('are chosen, and the choice stays in the address', async () => {
    const box = await opened();
    button(box, '30 days')?.click();
    await settled();
    const statuses = [...box.querySelectorAll('[role=status]')].map(({ textContent }) => textContent);
    expect(statuses.at(-1)).toBe('');
    expect(asked).toContain('GET /api/overview/figures?days=30');
    expect(location.hash).toBe('#/overview/?days=30');
    expect(button(box, '30 days')?.getAttribute('aria-pressed')).toBe('true');
  });
});

it('a line leads over neighbouring days alone', () => {
  expect(runs([1, 2, null, 3, null])).toEqual([
    [
      [0, 1],
      [1, 2],
    ],
    [[3, 3]],
  ]);
});

it('an address asks for a form once', () => {
  location.hash = '#/sites/new';
  expect(isAsked('#/users/new')).toBe(false);
  expect(isAsked('#/sites/new')).toBe(true);
  expect(location.hash).toBe('#/sites');
  expect(isAsked('#/sites/new')).toBe(false);
});
