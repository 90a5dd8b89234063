import { render, type ComponentChild } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReplyDialog } from '../src/admin/knowledge/reply-dialog';
import type { ReplyProposal, Unanswered, UnansweredGroup } from '../src/admin/rest';
import { UnansweredPage } from '../src/admin/unanswered/unanswered';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const at = '2026-11-29T08:00:00Z';
const group: UnansweredGroup = {
  id: 'g1',
  count: 7,
  oldest: at,
  newest: at,
  languages: ['en', 'zh'],
  examples: ['Do you ship to Norway?', 'Is Norway possible?'].map((text, i) => ({
    text,
    at,
    conversation: `c${String(i)}`,
  })),
  answers: [
    { text: 'Yes, for 12 euros.', question: 'Do you ship to Norway?', conversation: 'c0', sequence: 2 },
  ],
};
const list = (part: Partial<Unanswered>): Unanswered => ({
  state: 'ready',
  questions: 7,
  groups: 1,
  setAside: 0,
  days: 90,
  most: 5000,
  cut: false,
  anyAsked: true,
  byMeaning: true,
  at,
  items: [group],
  ...part,
});
const proposal: ReplyProposal = {
  title: 'Do you ship to Norway?',
  text: 'Yes, for 12 euros.',
  language: 'en',
  questions: ['Do you ship to Norway?'],
  answers: [
    ...group.answers,
    { text: 'Only by post.', question: 'Is Norway possible?', conversation: 'c1', sequence: 4 },
  ],
};

let asked: { address: string; body: unknown }[] = [];
let answers: Record<string, unknown> = {};

beforeEach(() => {
  asked = [];
  answers = {};
  vi.stubGlobal('fetch', (address: string, { method, body }: RequestInit) => {
    asked.push({
      address: `${method ?? 'GET'} ${address}`,
      body: body ? JSON.parse(body as string) : undefined,
    });
    const answer = answers[`${method ?? 'GET'} ${address}`] ?? [];
    return Promise.resolve(answer instanceof Response ? answer : new Response(JSON.stringify(answer)));
  });
});

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  vi.unstubAllGlobals();
});

async function page(drawn: ComponentChild): Promise<HTMLElement> {
  const box = document.createElement('div');
  document.body.append(box);
  render(drawn, box);
  await settled();
  return box;
}

async function press(name: string): Promise<void> {
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click();
  await settled();
}

const unanswered = (part: Partial<Unanswered>) => {
  answers['GET /api/unanswered?limit=50'] = list(part);
  return page(<UnansweredPage />);
};

describe('what nobody could answer', () => {
  it('is a figure, and groups with questions and what agents wrote', async () => {
    const box = await unanswered({});
    expect(box.querySelector('h2')?.textContent).toBe('7 questions in 1 group in the last 90 days');
    expect(box.querySelector('li')?.textContent).toContain('Is Norway possible?');
    expect(box.querySelector('blockquote')?.textContent).toBe('Yes, for 12 euros.');
    expect(box.textContent).toContain('Show all 7 questions');
    chooseLanguage('zh');
    await settled();
    expect(box.querySelector('h2')?.textContent).toBe('最近 90 天：7 个问题，共 1 组');
  });

  it('says how far it is while nothing has been found', async () => {
    const box = await unanswered({
      state: 'computing',
      questions: 0,
      groups: 0,
      at: undefined,
      items: [],
      progress: { step: 'reading', done: 32, all: 800 },
    });
    expect(box.textContent).toBe('Reading the questions: 32 of 800…');
    expect(box.querySelector('progress')?.value).toBe(32);
  });

  it('tells a first day from a list that is worked off', async () => {
    const none = { questions: 0, groups: 0, items: [] };
    expect((await unanswered({ ...none, anyAsked: false })).textContent).toContain(
      'Nobody has asked anything yet',
    );
    expect((await unanswered(none)).textContent).toContain('Nothing is open');
  });

  it('says that only the newest are looked at, and that words alone are compared', async () => {
    const box = await unanswered({ cut: true, byMeaning: false });
    expect(box.textContent).toContain('Only the newest 5,000');
    expect(box.textContent).toContain('only questions of the same words');
  });

  it('is set aside with a reason', async () => {
    await unanswered({});
    await press('Not for the knowledge base…');
    expect(document.querySelector('dialog')?.textContent).toContain('when 7 more questions');
    const field = document.querySelector<HTMLInputElement>('dialog [name="reason"]');
    if (field) field.value = 'Lawyers only';
    document.querySelector('dialog form')?.dispatchEvent(new Event('submit'));
    await settled();
    expect(asked).toContainEqual({
      address: 'PUT /api/unanswered/g1/set-aside',
      body: { reason: 'Lawyers only' },
    });
  });
});

describe('a draft from a group', () => {
  const form = async () => {
    answers['POST /api/unanswered/similar'] = [
      {
        id: 'r9',
        title: 'Norway',
        text: 'We ship to Norway.',
        state: 'archived',
        same: false,
        nearness: 0.8,
      },
    ];
    const instead = vi.fn();
    await page(
      <ReplyDialog
        proposed={{ proposal, address: () => '/api/unanswered/g1/draft' }}
        closed={vi.fn()}
        saved={() => Promise.resolve()}
        instead={instead}
      />,
    );
    return { instead, text: document.querySelector<HTMLTextAreaElement>('[name="text"]') };
  };

  const statuses = () =>
    [...document.querySelectorAll('[role="status"]')].map(({ textContent }) => textContent).join(' ');

  it('begins with what was asked and written, shows what may say the same, and opens that', async () => {
    const { instead, text } = await form();
    expect(document.querySelector<HTMLInputElement>('[name="title"]')?.value).toBe('Do you ship to Norway?');
    expect(text?.value).toBe('Yes, for 12 euros.');
    expect(statuses()).toContain('These replies may say the same');
    await press('Open this one');
    expect(instead).toHaveBeenCalledWith('r9');
  });

  it('takes another answer, compares it again, and is stored where the group is', async () => {
    answers['POST /api/unanswered/g1/draft'] = {
      id: 'r1',
      language: 'en',
      state: 'draft',
      version: 1,
      categories: [],
    };
    const { text } = await form();
    document.querySelectorAll<HTMLElement>('.proposal button')[1]?.click();
    await settled();
    expect(text?.value).toBe('Only by post.');
    expect(asked.filter(({ address }) => address === 'POST /api/unanswered/similar')).toHaveLength(2);
    document.querySelector('dialog form')?.dispatchEvent(new Event('submit'));
    await settled();
    expect(asked.find(({ address }) => address === 'POST /api/unanswered/g1/draft')?.body).toMatchObject({
      title: 'Do you ship to Norway?',
      text: 'Only by post.',
    });
  });
});
