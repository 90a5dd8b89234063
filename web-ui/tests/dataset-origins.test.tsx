import { describe, expect, it, vi } from 'vitest';
import { DatasetPage } from '../src/admin/dataset/dataset';
import { AllExamples } from '../src/admin/dataset/examples';
import type { Example } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { answers, asked, at, example, page, press, stubbed } from './dataset-page';
import { patience, settled } from './settled';

stubbed();

describe('where examples come from', () => {
  const ofHistory: Example = {
    id: -1_000_000_000_007,
    conversation: 'h1',
    query: '- Do you ship to Zanzibar?',
    reply: 'We ship worldwide.',
    label: 0,
    excluded: false,
    version: 0,
    createdAt: at,
    side: 'train',
    snapshots: [],
    origin: 'history',
    importedFrom: 'zendesk.json',
    historyConversation: 17,
    importedBy: 'Kim',
  };

  it('is counted', async () => {
    answers['GET /api/examples/counts'] = {
      total: 1240,
      fitting: 900,
      notFitting: 340,
      excluded: 12,
      corrected: 7,
      ofFiles: 20,
      ofHistory: 310,
    };
    const box = await page(<AllExamples />);
    expect(box.textContent).toContain('1,240 examples · 310 from imported history, 20 from files');
    expect(box.textContent).toContain('900 fit, 340 do not; 7 corrected, 12 excluded');
    expect(box.textContent).toContain('Training takes 1,228 of them');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('310 个来自导入的历史对话，20 个来自文件');
  });

  it('is told of imported history without a decision that nobody made', async () => {
    answers['GET /api/examples'] = { items: [ofHistory] };
    const box = await page(<AllExamples />);
    const facts = box.querySelector('.facts')?.textContent;
    expect(facts).toContain('zendesk.json, conversation 17 · Kim');
    expect(facts).not.toContain('first stage');
    expect(facts).not.toContain('Suggestion');
    expect(box.textContent).toContain('Another answer from the same history');
    expect(box.textContent).not.toContain('own words');
    expect(box.querySelector('.facts a')).toBe(null);
  });

  it('is a filter', async () => {
    answers['GET /api/examples?origin=history'] = { items: [ofHistory] };
    const box = await page(<AllExamples />);
    const choice = [...box.querySelectorAll('select')].find((one) =>
      one.querySelector('option[value="history"]'),
    );
    if (!choice) throw new Error('no filter by origin');
    choice.value = 'history';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(box.textContent).toContain('We ship worldwide.'), patience);
    expect(box.querySelector('.filters-button')?.textContent).toBe('Filters (1)');
  });
});

describe('the filters', () => {
  it('fold behind a button that says whether they are open', async () => {
    const box = await page(<AllExamples />);
    const button = box.querySelector('.filters-button');
    const folded = box.querySelector('.folded-filters');
    expect(button?.textContent).toBe('Filters');
    expect(button?.getAttribute('aria-expanded')).toBe('false');
    expect(button?.getAttribute('aria-controls')).toBe(folded?.id);
    await press('Filters');
    expect(button?.getAttribute('aria-expanded')).toBe('true');
    expect(folded?.classList.contains('open')).toBe(true);
  });
});

describe('what was done lately', () => {
  const entry = {
    act: 'a',
    kind: 'commented',
    by: { id: 'a2', name: 'Grace' },
    at,
    examples: 1,
    undone: false,
  };
  const told = { id: 42, question: 'Where is my parcel?', reply: 'It travels for twelve days.' };
  const lately = async (...items: object[]) => {
    answers['GET /api/examples/acts'] = { items };
    answers['GET /api/examples?act=a'] = { items: [example] };
    const box = await page(<AllExamples />);
    await press('What was done');
    return box;
  };

  it('names the example and says from what to what', async () => {
    const box = await lately({
      ...entry,
      kind: 'corrected',
      example: told,
      before: { fitting: 1, excluded: 0 },
      after: { fitting: 0, excluded: 0 },
    });
    const text = box.querySelector('.entry')?.textContent;
    expect(text).toContain('Grace: 1 example corrected · Fits → Does not fit');
    expect(text).toContain('Customer: Where is my parcel?');
    expect(text).toContain('Reply: It travels for twelve days.');
  });

  it('says of several how many it was before and is now', async () => {
    const several = { ...entry, kind: 'corrected', examples: 2 };
    const box = await lately(
      { ...several, before: { fitting: 1, excluded: 1 }, after: { fitting: 0, excluded: 0 } },
      {
        ...several,
        act: 'b',
        example: told,
        otherReply: 'You can exchange it.',
        before: { fitting: 1, excluded: 1 },
        after: { fitting: 1, excluded: 0 },
      },
      {
        ...several,
        act: 'c',
        kind: 'excluded',
        examples: 20,
        before: { fitting: 9, excluded: 0 },
        after: { fitting: 9, excluded: 20 },
      },
    );
    const texts = [...box.querySelectorAll('.entry')].map((one) => one.textContent);
    expect(texts[0]).toContain('1 of 2 fitted, now none, 1 of 2 excluded, now none');
    expect(texts[1]).toContain('does not fit → another reply fits');
    expect(texts[1]).toContain('Fits instead: You can exchange it.');
    expect(texts[2]).toContain('0 of 20 excluded, now all');
    chooseLanguage('zh');
    await settled();
    expect(box.querySelector('.entry')?.textContent).toContain('2 个中 1 个合适，现在没有一个合适');
  });

  it('shows comments, and says when the example is gone', async () => {
    const box = await lately({ ...entry, comment: 'Ask Kim about exchanges' });
    expect(box.querySelector('.entry')?.textContent).toContain('Ask Kim about exchanges');
    expect(box.querySelector('.entry')?.textContent).toContain('The example is no longer here.');
  });

  it('opens the examples of an act', async () => {
    const box = await lately({
      ...entry,
      kind: 'excluded',
      example: told,
      before: { fitting: 1, excluded: 0 },
      after: { fitting: 1, excluded: 1 },
    });
    await press('Show example 42');
    await vi.waitFor(
      () => expect(asked.map((one) => one.address)).toContain('GET /api/examples?act=a'),
      patience,
    );
    const notice = [...box.querySelectorAll('.notice')].find((one) =>
      one.textContent.includes('Only the examples of'),
    );
    expect(notice?.textContent).toContain('Grace: 1 example excluded, used → excluded');
    expect(document.activeElement).toBe(notice);
  });

  it('opens them from a queue, too', async () => {
    answers['GET /api/examples/queues'] = { queues: [], failed: false };
    answers['GET /api/examples?act=a'] = { items: [example] };
    answers['GET /api/examples/queues/contradiction?limit=20'] = { items: [] };
    answers['GET /api/examples/acts'] = { items: [{ ...entry, kind: 'corrected', examples: 2 }] };
    const box = await page(<DatasetPage />);
    await press('Contradictions (0)');
    await press('What was done');
    await press('Show the 2 examples');
    expect(asked.map((one) => one.address)).toContain('GET /api/examples?act=a');
    expect(box.textContent).toContain('Only the examples of: Grace: 2 examples corrected');
  });

  it('is said as a sentence', async () => {
    answers['GET /api/examples/acts'] = {
      items: [entry, { ...entry, act: 'b', kind: 'corrected', examples: 2 }],
    };
    const box = await page(<AllExamples />);
    await press('What was done');
    expect(box.textContent).toContain('Grace: 1 example commented on');
    expect(box.textContent).toContain('Grace: 2 examples corrected');
  });
});
