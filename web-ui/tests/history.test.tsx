import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HistoryPage } from '../src/admin/history/history';
import { FileForm } from '../src/admin/history/file-form';
import { MappingFields } from '../src/admin/history/mapping';
import type { Said } from '../src/admin/history/history-upload';
import type { HistoryDraft, HistoryImport, HistoryPreview } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const one: HistoryImport = {
  id: 'i1',
  number: 1,
  file: 'old.jsonl',
  reading: { format: 'conversations', encoding: 'UTF-8' },
  state: 'ready',
  report: {
    conversations: 5,
    messages: 10,
    agentMessages: 5,
    languages: { en: 4, zh: 1 },
    from: '2026-05-01T10:00:00Z',
    to: '2026-05-09T10:00:00Z',
    leftOut: [{ why: 'no-agent', count: 7, lines: [3, 9] }],
    masked: { email: 2 },
    byOthers: 0,
    matched: 3,
    matchedReplies: 1,
    drafts: 2,
    inDrafts: 4,
    byWordsOnly: false,
  },
  open: 2,
  written: 0,
  undoable: false,
  at: '2026-11-29T08:00:00Z',
};
const draft: HistoryDraft = {
  id: 'd1',
  title: 'May my parrot come in?',
  text: 'Parrots are welcome.',
  language: 'en',
  smallTalk: true,
  uses: 12,
  state: 'open',
  questions: ['May my parrot come in?'],
  wordings: [],
};

let asked: string[] = [];
let answers: Record<string, unknown> = {};
let bodies: unknown[] = [];

beforeEach(() => {
  asked = [];
  bodies = [];
  answers = { 'GET /api/history': [one] };
  vi.stubGlobal('fetch', (address: string, { method, body }: RequestInit) => {
    if (typeof body === 'string') bodies.push(JSON.parse(body));
    const call = `${method ?? 'GET'} ${address}`;
    asked.push(call);
    return Promise.resolve(new Response(JSON.stringify(answers[call] ?? {})));
  });
});

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  vi.unstubAllGlobals();
});

async function page() {
  const box = document.createElement('div');
  document.body.append(box);
  render(<HistoryPage />, box);
  await settled();
  return box;
}

function button(box: Element, name: string) {
  const found = [...box.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name,
  );
  if (!found) throw new Error(`There is no button ${name}`);
  return found;
}

describe('an import', () => {
  it('shows its report, and goes on when somebody says so', async () => {
    const box = await page();
    expect(box.textContent).toContain('3, of 1 reply');
    expect(box.textContent).toContain('2, from 4 messages');
    expect(box.textContent).toContain('2 mail addresses');
    expect(box.textContent).toContain('nobody answered');
    expect(box.textContent).toContain('3, 9 …');
    button(box, 'Import: old.jsonl').click();
    await settled();
    expect(asked).toContain('POST /api/history/i1/import');
  });

  it('tells in Chinese, too', async () => {
    chooseLanguage('zh');
    const box = await page();
    expect(box.textContent).toContain('没有人答复');
    expect(box.textContent).toContain('2 个，来自 4 条消息');
  });

  it('says how far it is, and how long it will take', async () => {
    answers['GET /api/history'] = [
      { ...one, state: 'analysing', progress: { step: 'comparing', done: 10, total: 40, secondsLeft: 90 } },
    ];
    const box = await page();
    expect(box.querySelector('progress')?.getAttribute('max')).toBe('40');
    expect(box.textContent).toContain('left');
    expect(button(box, 'Cancel: old.jsonl')).toBeTruthy();
  });

  it('offers its drafts, each one click from a reply', async () => {
    answers['GET /api/history'] = [{ ...one, state: 'imported' }];
    answers['GET /api/history/i1/drafts?state=open&limit=25'] = { items: [draft] };
    answers['POST /api/unanswered/similar'] = [];
    const box = await page();
    expect(box.textContent).toContain('written 12 times');
    expect(box.textContent).toContain('small talk');
    button(box, 'Publish: Parrots are welcome.').click();
    await settled();
    expect(asked).toContain('POST /api/history/drafts/d1/publish');
    expect(box.textContent).toContain('“May my parrot come in?” is published');
  });
  it.each([
    [
      'has something to fill in',
      { ...draft, text: 'It costs [number] euros.' },
      [],
      'Fill in and publish…: It costs [number] euros.',
    ],
    [
      'may be there already',
      draft,
      [
        {
          id: 'r1',
          title: 'Parrots',
          text: 'Parrots may come.',
          state: 'published',
          same: false,
          nearness: 0.9,
        },
      ],
      'Publish: Parrots are welcome.',
    ],
  ])('opens the form before a draft is published that %s', async (_, one1, similar, name) => {
    answers['GET /api/history'] = [{ ...one, state: 'imported' }];
    answers['GET /api/history/i1/drafts?state=open&limit=25'] = { items: [one1] };
    answers['POST /api/unanswered/similar'] = similar;
    answers['GET /api/history/drafts/d1/proposal'] = {
      title: one1.title,
      text: one1.text,
      language: 'en',
      questions: [],
      answers: [],
    };
    const box = await page();
    button(box, name).click();
    await settled();
    expect(asked).not.toContain('POST /api/history/drafts/d1/publish');
    expect(asked).toContain('GET /api/history/drafts/d1/proposal');
    expect(document.querySelector('dialog')).toBeTruthy();
  });
  it('goes on to say how far it is after a request that failed', async () => {
    vi.useFakeTimers();
    try {
      const working = {
        ...one,
        state: 'analysing',
        progress: { step: 'comparing', done: 10, total: 40, secondsLeft: 90 },
      };
      let calls = 0;
      vi.stubGlobal('fetch', () => {
        calls++;
        if (calls === 2) return Promise.reject(new TypeError('unreachable'));
        const progress = { ...working.progress, done: 10 * calls };
        return Promise.resolve(new Response(JSON.stringify([{ ...working, progress }])));
      });
      const box = document.createElement('div');
      document.body.append(box);
      render(<HistoryPage />, box);
      await vi.advanceTimersByTimeAsync(3500);
      expect(calls).toBeGreaterThan(2);
      expect(box.querySelector('progress')?.getAttribute('value')).toBe(String(10 * calls));
    } finally {
      vi.useRealTimers();
    }
  });

  it('says how many conversations there are before it deletes them', async () => {
    answers['GET /api/history'] = [{ ...one, state: 'failed', undoable: true }];
    answers['POST /api/history/forget'] = { conversations: 2, deleted: false };
    const box = await page();
    expect(button(box, 'Undo this import…: old.jsonl')).toBeTruthy();
    button(box, 'Delete a customer’s conversations…').click();
    await settled();
    const field = document.querySelector<HTMLInputElement>('input[name=id]');
    if (!field) throw new Error('There is no field for the id');
    field.value = 'ann@example.org';
    button(document.body, 'Look for it').click();
    await settled();
    expect(document.body.textContent).toContain('2 conversations are going to be deleted');
    expect(bodies.at(-1)).toEqual({ importId: 'i1', kind: 'customer', id: 'ann@example.org' });
    answers['POST /api/history/forget'] = { conversations: 2, deleted: true };
    button(document.body, 'Delete').click();
    await settled();
    expect(bodies.at(-1)).toEqual({
      importId: 'i1',
      kind: 'customer',
      id: 'ann@example.org',
      conversations: 2,
    });
    expect(document.body.textContent).toContain('2 conversations were deleted');
  });

  it('joins a draft to any other one, a reply included, beyond the first page', async () => {
    answers['GET /api/history'] = [{ ...one, state: 'imported', undoable: true }];
    answers['GET /api/history/i1/drafts?state=open&limit=25'] = { items: [draft] };
    answers['GET /api/history/i1/drafts?state=open&limit=200'] = { items: [draft], next: 'n' };
    answers['GET /api/history/i1/drafts?state=open&limit=200&cursor=n'] = {
      items: [{ ...draft, id: 'd2', text: 'Parrots may come in.' }],
    };
    answers['GET /api/history/i1/drafts?state=written&limit=200'] = {
      items: [{ ...draft, id: 'd3', text: 'Birds are welcome.', state: 'written' }],
    };
    const box = await page();
    button(box, 'Join…: Parrots are welcome.').click();
    await settled();
    button(document.body, 'Join to this one: Parrots may come in.');
    button(document.body, 'Join to this one: Birds are welcome.').click();
    await settled();
    expect(bodies.at(-1)).toEqual({ into: 'd3' });
  });
});

describe('what was counted once', () => {
  it('is said in the singular', async () => {
    answers['GET /api/history'] = [
      {
        ...one,
        state: 'imported',
        report: { ...one.report, masked: { email: 1, phone: 2 }, inDrafts: 1 },
      },
    ];
    answers['GET /api/history/i1/drafts?state=open&limit=25'] = { items: [{ ...draft, uses: 1 }] };
    const box = await page();
    expect(box.textContent).toContain('1 mail address and 2 telephone numbers');
    expect(box.textContent).toContain('2, from 1 message');
    expect(box.textContent).not.toContain('1 messages');
    expect(box.textContent).toContain('written once');
  });
});

describe('more of a draft', () => {
  const drafts = async (listed: HistoryDraft) => {
    answers['GET /api/history'] = [{ ...one, state: 'imported' }];
    answers['GET /api/history/i1/drafts?state=open&limit=25'] = { items: [listed] };
    return page();
  };
  const more = 'Show more: Parrots are welcome.';

  it('is not offered where each use is there with its question', async () => {
    const box = await drafts({ ...draft, uses: 1 });
    expect(() => button(box, more)).toThrow();
  });

  it('is said to be nothing where there is none', async () => {
    const box = await drafts(draft);
    answers['GET /api/history/drafts/d1'] = draft;
    button(box, more).click();
    await settled();
    expect(box.textContent).toContain('There are no more questions, and no other words for it.');
  });

  it('is shown where there is more', async () => {
    const box = await drafts(draft);
    answers['GET /api/history/drafts/d1'] = { ...draft, questions: [...draft.questions, 'And a budgie?'] };
    button(box, more).click();
    await settled();
    expect(box.textContent).toContain('And a budgie?');
    expect(box.textContent).not.toContain('There are no more questions');
  });
});

describe('the columns of a table', () => {
  it('that are missing are named beside the button that waits for them', async () => {
    const preview: HistoryPreview = {
      reading: {
        format: 'csv',
        encoding: 'UTF-8',
        separator: ',',
        mapping: { author: 'Who', agents: [], bots: [], ignored: [], customers: [] },
      },
      columns: [
        { name: 'Who', examples: ['Zoe'] },
        { name: 'Said', examples: ['Hello'] },
      ],
      authors: [{ value: 'Zoe' }],
      complete: false,
    };
    vi.stubGlobal(
      'XMLHttpRequest',
      class {
        upload = {};
        status = 200;
        responseText = JSON.stringify(preview);
        onload?: () => void;
        open() {
          // Nobody looks at where.
        }
        setRequestHeader() {
          // Nor at how.
        }
        send() {
          this.onload?.();
        }
        abort() {
          // It is over by then.
        }
      },
    );
    const box = document.createElement('div');
    document.body.append(box);
    render(<FileForm begun={() => undefined} />, box);
    const input = box.querySelector('input');
    if (!input) throw new Error('There is no field for a file');
    Object.defineProperty(input, 'files', { value: [new File(['Who,Said'], 'old.csv')] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();

    const read = button(box, 'Read the file');
    expect(read.disabled).toBe(true);
    const why = box.querySelector(`#${read.getAttribute('aria-describedby') ?? ''}`);
    expect(why?.textContent).toBe(
      'Still missing: the column for “Conversation or ticket”, the column for “Text” and who is an agent.',
    );
    const required = [...box.querySelectorAll('.history-fields label > span')].map(
      (name) => name.textContent,
    );
    expect(required).toContain('Text (required)');
    expect(required).toContain('Time');
  });

  it('are chosen, and who is an agent', () => {
    const preview: HistoryPreview = {
      reading: {
        format: 'csv',
        encoding: 'UTF-8',
        separator: ',',
        mapping: { author: 'Who', agents: [], bots: [], ignored: [], customers: [] },
      },
      columns: [
        { name: 'Who', examples: ['Zoe', 'Ben'] },
        { name: 'Said', examples: ['Hello'] },
      ],
      authors: [{ value: 'Zoe' }, { value: 'Ben' }],
      complete: false,
    };
    let changed: Said | undefined;
    const box = document.createElement('div');
    document.body.append(box);
    const said: Said = { columns: { text: 'Said' }, roles: {} };
    render(<MappingFields preview={preview} said={said} change={(now) => (changed = now)} />, box);
    const selects = [...box.querySelectorAll('select')];
    expect(selects.slice(0, 3).map(({ value }) => value)).toEqual(['', 'Who', 'Said']);
    const ben = selects.at(-2);
    if (!ben) throw new Error('There is nobody to choose');
    ben.value = 'agent';
    ben.dispatchEvent(new Event('change', { bubbles: true }));
    expect(changed).toEqual({ columns: { text: 'Said' }, roles: { Ben: 'agent' } });
    const others = selects.at(-1);
    if (!others) throw new Error('Nobody asks what the others are');
    others.value = 'system';
    others.dispatchEvent(new Event('change', { bubbles: true }));
    expect(changed).toEqual({ ...said, others: 'system' });
  });
});
