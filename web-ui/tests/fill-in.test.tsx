import { describe, expect, it, vi } from 'vitest';
import { HistoryPage } from '../src/admin/history/history';
import { FillIn, filledIn } from '../src/admin/knowledge/fill-in';
import { ReplyDialog } from '../src/admin/knowledge/reply-dialog';
import type { HistoryDraft, HistoryDraftBlank, Reply } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { answers, json, page, press, settled, type } from './page-bench';

const blanks: HistoryDraftBlank[] = [
  {
    placeholder: '[number]',
    before: 'A strap costs',
    after: 'euros',
    values: [
      { text: '4.95', times: 12, last: '2026-05-03T10:00:00Z', newest: false },
      { text: '5.95', times: 3, last: '2026-06-03T10:00:00Z', newest: true },
    ],
  },
  {
    placeholder: '[number]',
    before: 'and takes',
    after: 'days.',
    values: [{ text: '7', times: 1, newest: false }],
  },
];
const text = 'A strap costs [number] euros and takes [number] days.';
const draft: HistoryDraft = {
  id: 'd1',
  title: 'What does a strap cost?',
  text,
  language: 'en',
  smallTalk: false,
  uses: 15,
  state: 'open',
  questions: ['What does a strap cost?'],
  wordings: [],
};

function drafts(): void {
  answers['GET /api/history'] = () =>
    json([
      {
        id: 'i1',
        number: 1,
        file: 'old.jsonl',
        reading: { format: 'conversations', encoding: 'UTF-8' },
        state: 'imported',
        report: {
          conversations: 5,
          messages: 30,
          agentMessages: 20,
          languages: {},
          leftOut: [
            { why: 'no-agent', count: 7, lines: [3] },
            { why: 'written-once', count: 2, lines: [] },
          ],
          masked: {},
          byOthers: 0,
          matched: 3,
          matchedReplies: 1,
          drafts: 1,
          inDrafts: 15,
          byWordsOnly: false,
        },
        open: 1,
        written: 0,
        undoable: true,
        at: '2026-11-29T08:00:00Z',
      },
    ]);
  answers['GET /api/history/i1/drafts?state=open&limit=25'] = () => json({ items: [draft] });
  answers['GET /api/history/drafts/d1'] = () => json({ ...draft, blanks });
  answers['GET /api/history/drafts/d1/proposal'] = () =>
    json({ title: draft.title, text, language: 'en', questions: [], answers: [] });
}

const field = () => document.querySelector<HTMLTextAreaElement>('dialog textarea[name=text]')?.value;

function named(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (button) => button.getAttribute('aria-label') === name,
  );
  if (!found) throw new Error(`There is no button ${name}`);
  return found;
}

describe('what stood in the brackets of a draft', () => {
  it('is shown with how often and when it was written last, in both languages', async () => {
    drafts();
    const box = await page(<HistoryPage />);
    await press(box, 'Show more');

    expect(box.textContent).toContain(
      '[number]: 4.95 (12 times, last 3 May 2026), 5.95 (3 times, last 3 Jun 2026)',
    );
    expect(box.textContent).toContain('[number]: 7 (once)');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('[number]：4.95 (12 次，最近一次 2026年5月3日)');
  });

  it('is filled in with a click, and another one takes its place', async () => {
    drafts();
    const box = await page(<HistoryPage />);
    await press(box, 'Fill in and publish…');
    expect(field()).toBe(text);

    const [first] = [...document.querySelectorAll<HTMLButtonElement>('.fill-in li button')];
    first?.click();
    await settled();
    expect(field()).toBe('A strap costs 4.95 euros and takes [number] days.');
    expect(named('[number]: fill in 4.95').getAttribute('aria-pressed')).toBe('true');
    named('[number]: fill in 5.95').click();
    await settled();
    expect(field()).toBe('A strap costs 5.95 euros and takes [number] days.');
    named('[number]: fill in 7').click();
    await settled();
    expect(field()).toBe('A strap costs 5.95 euros and takes 7 days.');
  });

  it('is filled in everywhere with the newest or the most frequent', async () => {
    drafts();
    const box = await page(<HistoryPage />);
    await press(box, 'Fill in and publish…');

    await press(document.body, 'Fill in the most frequent everywhere');
    expect(field()).toBe('A strap costs 4.95 euros and takes 7 days.');
    await press(document.body, 'Fill in the newest everywhere');
    expect(field()).toBe('A strap costs 5.95 euros and takes 7 days.');
  });

  it('is a variable in place of a name, which no click for all of them fills in', async () => {
    const name = { placeholder: '[name]', before: 'Dear', after: 'a strap', values: [] };
    const costs = `Dear [name], ${text}`;
    drafts();
    answers['GET /api/history/drafts/d1'] = () => json({ ...draft, text: costs, blanks: [name, ...blanks] });
    answers['GET /api/history/drafts/d1/proposal'] = () =>
      json({ title: draft.title, text: costs, language: 'en', questions: [], answers: [] });
    const box = await page(<HistoryPage />);
    await press(box, 'Fill in and publish…');

    await press(document.body, 'Fill in the most frequent everywhere');
    expect(field()).toBe('Dear [name], A strap costs 4.95 euros and takes 7 days.');
    named('[name]: fill in {{customer.first_name|there}}').click();
    await settled();
    expect(field()).toBe('Dear {{customer.first_name|there}}, A strap costs 4.95 euros and takes 7 days.');
  });

  it('is the whole name in a Chinese reply', async () => {
    const area = { current: document.createElement('form') };
    const name = { placeholder: '[name]', before: '', after: '', values: [] };
    await page(<FillIn blanks={[name]} language="zh-CN" form={area} changed={() => undefined} />);

    expect(named('[name]: fill in {{customer.name|您}}').textContent).toBe('{{customer.name|您}}');
  });

  it('goes where it belongs in a text that somebody has changed by hand', () => {
    const none = [undefined, undefined];
    expect(filledIn('It costs [number] euros, and takes [number] days.', blanks, none, 1, '7')).toBe(
      'It costs [number] euros, and takes 7 days.',
    );
    expect(filledIn('A strap costs 9 euros and takes [number] days.', blanks, none, 1, '7')).toBe(
      'A strap costs 9 euros and takes 7 days.',
    );
    expect(filledIn('A strap costs 9 euros.', blanks, none, 1, '7')).toBe('A strap costs 9 euros.');
  });
});

describe('the report of an import', () => {
  it('adds up to all that agents wrote', async () => {
    drafts();
    const box = await page(<HistoryPage />);

    expect(box.textContent).toContain('messages of agents that nobody wrote twice');
    expect(box.textContent).toContain(
      'Of 20 messages of agents, 3 say the same as a reply, 15 are in drafts, and 2 are left out above.',
    );
  });
});

describe('a reply with something left to fill in', () => {
  const stored: Reply = {
    id: 'r1',
    title: 'Straps',
    text: 'A strap costs [number] euros.',
    language: 'en',
    state: 'draft',
    version: 1,
    categories: [],
    questions: 0,
    updatedAt: '2026-11-29T08:00:00Z',
  } as unknown as Reply;
  const done = () => Promise.resolve();

  async function form(reply: Reply): Promise<string[]> {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (address: string, { method }: RequestInit) => {
      // Beside the form of a published reply.
      if (address === '/api/frequent-replies') return Promise.resolve(json([]));
      asked.push(`${method ?? 'GET'} ${address}`);
      return Promise.resolve(json(reply));
    });
    await page(<ReplyDialog reply={reply} closed={() => undefined} saved={done} instead={() => undefined} />);
    return asked;
  }

  it('is published only on a second word', async () => {
    const asked = await form(stored);

    await press(document.body, 'Publish');
    expect(document.querySelector('[role=alert]')?.textContent).toContain(
      '“[number]” still stands in the text, and customers would read it.',
    );
    expect(asked).toEqual([]);

    await press(document.body, 'Back to the text');
    const area = document.querySelector('textarea');
    expect(document.activeElement).toBe(area);
    expect(area?.value.slice(area.selectionStart, area.selectionEnd)).toBe('[number]');
    expect(document.querySelector('[role=alert]')).toBeNull();

    await press(document.body, 'Publish');
    await press(document.body, 'Publish all the same');
    expect(asked).toEqual(['PUT /api/replies/r1', 'POST /api/replies/r1/publish']);
  });

  it('that is published already is looked at where its text has changed, and saved otherwise', async () => {
    const asked = await form({ ...stored, state: 'published' });
    await press(document.body, 'Save');
    expect(asked).toEqual(['PUT /api/replies/r1']);

    asked.length = 0;
    document.body.replaceChildren();
    const again = await form({ ...stored, state: 'published' });
    await type(document.body, 'text', 'It costs [number] euros now.');
    await press(document.body, 'Save');
    expect(again).toEqual([]);
    await press(document.body, 'Publish all the same');
    expect(again).toEqual(['PUT /api/replies/r1']);
  });

  it('is saved as a draft without a question', async () => {
    const asked = await form(stored);
    await press(document.body, 'Save');
    expect(asked).toEqual(['PUT /api/replies/r1']);
  });
});
