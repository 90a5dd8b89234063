import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BulkBar } from '../src/admin/knowledge/bulk';
import { Differences } from '../src/admin/knowledge/differences';
import { KeptReplies } from '../src/admin/knowledge/kept-replies';
import { KnowledgePage } from '../src/admin/knowledge/knowledge';
import { ReplyPane } from '../src/admin/knowledge/reply-pane';
import { Translations } from '../src/admin/knowledge/translations';
import { inMonths } from '../src/admin/knowledge/usage';
import type { Reply } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { answers, grace, json, page, press, settled, submit, type } from './page-bench';

const reply: Reply = {
  id: 'r1',
  title: 'Repairs',
  text: 'We repair bicycles.',
  language: 'en',
  categories: ['shop'],
  state: 'draft',
  questions: 0,
  version: 1,
  createdAt: '2026-03-02T09:15:30Z',
  updatedAt: '2026-03-02T09:15:30Z',
};

afterEach(() => {
  sessionStorage.clear();
  location.hash = '';
});

const area = (box: HTMLElement) => box.querySelector<HTMLTextAreaElement>('textarea[name="text"]');
const ignore = () => undefined;

async function pane(kept: KeptReplies, stored: (reply: Reply) => void = ignore): Promise<HTMLElement> {
  answers['GET /api/replies/r1'] ??= () => json(reply);
  return page(
    <ReplyPane
      id="r1"
      number={1}
      kept={kept}
      back={ignore}
      closed={ignore}
      stored={stored}
      instead={ignore}
      translate={ignore}
    />,
  );
}

describe('the short answers of a reply', () => {
  it('are written one on each line, seen as buttons, and a part of what is different', async () => {
    const asks = { ...reply, choices: ['Yes', 'Not yet'] };
    answers['GET /api/replies/r1'] = () => json(asks);
    const box = await pane(new KeptReplies('grace'));
    const field = box.querySelector<HTMLTextAreaElement>('textarea[name="choices"]');
    if (!field) throw new Error('the field is there');
    expect(field.value).toBe('Yes\nNot yet');
    const shown = () =>
      [...box.querySelectorAll('.preview-chat .short-answer')].map(({ textContent }) => textContent);
    expect(shown()).toEqual(['Yes', 'Not yet']);
    field.value = ' Yes \n\n还没有';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.waitFor(() => expect(shown()).toEqual(['Yes', '还没有']));
    const changed = await page(<Differences before={asks} after={{ ...asks, choices: ['Yes'] }} />);
    expect([...changed.querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual([
      'Short answers',
    ]);
  });
});

describe('what is refused of a reply', () => {
  it('is marked, gets the focus, and is said beside Save until it is mended', async () => {
    answers['PUT /api/replies/r1'] = () =>
      json(
        { code: 'invalid', violations: [{ field: 'choices', message: 'too many', rule: 'malformed' }] },
        400,
      );
    const box = await pane(new KeptReplies('grace'));
    const field = box.querySelector<HTMLTextAreaElement>('textarea[name="choices"]');
    await type(box, 'choices', '1\n2\n3\n4\n5\n6');
    await submit(box);
    expect(box.querySelector('.form-acts [role="alert"]')?.textContent).toContain('Short answers');
    expect(field?.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    await type(box, 'choices', '1');
    expect(field?.hasAttribute('aria-invalid')).toBe(false);
  });
});

describe('what is different between two versions', () => {
  const before = { title: '营业时间', text: '我们九点开门。', language: 'zh', categories: [] };

  it('is shown by characters in Chinese, and only where something is different', async () => {
    const box = await page(<Differences before={before} after={{ ...before, text: '我们十点开门。' }} />);

    expect([...box.querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual(['Text']);
    expect(box.querySelector('del')?.textContent).toBe('removed: 九');
    expect(box.querySelector('ins')?.textContent).toBe('added: 十');
  });

  it('is both of them as a whole where that would take too long', async () => {
    const long = (word: string) => Array.from({ length: 1_600 }, (_, at) => `${word}${String(at)}`).join(' ');
    const box = await page(
      <Differences before={{ ...before, text: long('a') }} after={{ ...before, text: long('b') }} />,
    );

    expect(box.querySelectorAll('del')).toHaveLength(1);
    expect(box.querySelector('ins')?.textContent).toBe(`added: ${long('b')}`);
  });
});

describe('a reply beside the list', () => {
  it('is not overwritten with what was stored while somebody goes on typing', async () => {
    let answer: (response: Response) => void = ignore;
    answers['PUT /api/replies/r1'] = () => new Promise((resolve) => (answer = resolve));
    const kept = new KeptReplies('grace');
    const box = await pane(kept);
    await type(box, 'text', 'We repair all bicycles.');
    await submit(box);
    await type(box, 'text', 'We repair all bicycles. And tandems.');
    answer(json({ ...reply, text: 'We repair all bicycles.', version: 2 }));
    await settled();

    expect(box.textContent).toContain('Saved as version 2.');
    expect(area(box)?.value).toBe('We repair all bicycles. And tandems.');
    expect(kept.of('r1')).toEqual({
      version: 2,
      fields: expect.objectContaining({ text: 'We repair all bicycles. And tandems.' }) as unknown,
    });
  });

  it('has what was typed and not saved, of the same person alone', async () => {
    await type(await pane(new KeptReplies('grace')), 'text', 'We repair tandems.');
    document.body.replaceChildren();

    const again = new KeptReplies('grace');
    expect([...again.ids.value]).toEqual(['r1']);
    expect(area(await pane(again))?.value).toBe('We repair tandems.');
    expect(document.body.textContent).toContain('You have typed this earlier, as a change of version 1');
    document.body.replaceChildren();
    expect(area(await pane(new KeptReplies('alan')))?.value).toBe('We repair bicycles.');
  });

  it('says at once that somebody has changed it since, and what one’s own would change', async () => {
    await type(await pane(new KeptReplies('grace')), 'text', 'We repair tandems.');
    document.body.replaceChildren();
    answers['GET /api/replies/r1'] = () => json({ ...reply, text: 'We repair scooters.', version: 2 });

    const box = await pane(new KeptReplies('grace'));
    expect(box.querySelector('[role="alert"]')?.textContent).toContain('We repair scooters.');
    expect(box.querySelector('.notice del')?.textContent).toContain('scooters.');
    expect(box.querySelector('.notice ins')?.textContent).toContain('tandems.');
    const saved = vi.fn(() => json({ ...reply, text: 'We repair tandems.', version: 3 }));
    answers['PUT /api/replies/r1'] = saved;
    await press(box, 'Save mine over it');
    expect(saved).toHaveBeenCalledOnce();
    expect(box.querySelector('[role="alert"]')).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it('is what a version of it said once that is restored', async () => {
    answers['GET /api/replies/r1'] = () => json({ ...reply, version: 2, text: 'We repair nothing.' });
    const by = { changedBy: 'grace', changedByName: 'Grace', changedAt: '2026-03-02T09:15:30Z' };
    answers['GET /api/replies/r1/versions'] = () =>
      json([
        { ...reply, ...by, version: 2, text: 'We repair nothing.' },
        { ...reply, ...by, version: 1 },
      ]);
    answers['POST /api/replies/r1/versions/1/restore'] = () => json({ ...reply, version: 3 });
    const stored = vi.fn();
    const box = await pane(new KeptReplies('grace'), stored);
    const details = [...box.querySelectorAll('details')].find(({ textContent }) =>
      textContent.includes('Versions'),
    );
    if (!details) throw new Error('There are no versions');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await settled();
    expect(box.querySelector('.versions li')?.textContent).toContain('by Grace');
    expect(
      [...box.querySelectorAll('.versions li')].map(({ textContent }) => textContent.includes('Current')),
    ).toEqual([true, false]);
    expect(box.querySelector('.versions ins')?.textContent).toContain('nothing.');

    await press(box, 'Restore');
    expect(area(box)?.value).toBe('We repair bicycles.');
    expect(box.textContent).toContain('Restored as version 3.');
    expect(stored).toHaveBeenCalledWith(expect.objectContaining({ version: 3 }), 1);
  });

  it('that is stored but could not be published is stored once, and has its own address', async () => {
    location.hash = '#/knowledge/new';
    answers['GET /api/replies?limit=50'] = () => json({ items: [] });
    const created = vi.fn(() => json(reply, 201));
    answers['POST /api/replies'] = created;
    answers['POST /api/replies/r1/publish'] = () => json({ code: 'internal' }, 500);
    const changed = vi.fn(() => json({ ...reply, version: 2 }));
    answers['PUT /api/replies/r1'] = changed;
    const box = await page(<KnowledgePage me={grace} />);
    await type(box, 'title', 'Repairs');
    await type(box, 'text', 'We repair bicycles.');
    await press(box.querySelector<HTMLElement>('.form-acts') ?? box, 'Publish');

    expect(box.querySelector('.reply-pane [role="alert"]')).not.toBeNull();
    expect(location.hash).toBe('#/knowledge/r1');
    expect(box.querySelector('.reply-row')?.textContent).toContain('Repairs');
    expect(sessionStorage).toHaveLength(0);
    await submit(box);
    expect(created).toHaveBeenCalledOnce();
    expect(changed).toHaveBeenCalledOnce();
  });

  it('stands in the list as it was stored, also where a list that was asked for before comes after', async () => {
    location.hash = '#/knowledge/r1';
    answers['GET /api/replies?limit=50'] = () => json({ items: [reply] });
    answers['GET /api/replies/r1'] = () => json(reply);
    const published = { ...reply, state: 'published', version: 2 };
    answers['PUT /api/replies/r1'] = () => json(reply);
    answers['POST /api/replies/r1/publish'] = () => json(published);
    const box = await page(<KnowledgePage me={grace} />);
    let comes: (list: Response) => void = () => undefined;
    answers['GET /api/replies?limit=50&q=Rep'] = answers['GET /api/replies?q=Rep&limit=50'] = () =>
      new Promise((resolve) => (comes = resolve));
    const search = box.querySelector<HTMLInputElement>('input[type="search"]');
    if (!search) throw new Error('There is no search');
    search.value = 'Rep';
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.waitFor(() => expect(comes.length).toBe(1));
    await press(box.querySelector<HTMLElement>('.form-acts') ?? box, 'Publish');
    const row = () => box.querySelector('.reply-row')?.textContent;
    expect(row()).toContain('Published');

    comes(json({ items: [reply] }));
    await settled();
    expect(row()).toContain('Published');
  });

  it('is to be looked at on the day that is clicked, not on the one that was being typed', async () => {
    const asked = vi.fn(() => json({ ...reply, reviewOn: inMonths(6) }));
    answers['PUT /api/reply-reviews/r1'] = asked;
    const box = await pane(new KeptReplies('grace'));
    const field = box.querySelector<HTMLInputElement>('.review input');
    const button = [...box.querySelectorAll('button')].find(({ textContent }) =>
      textContent.includes('In 6 months'),
    );
    if (!field || !button) throw new Error('There is no review date');
    field.focus();
    field.value = '2027-01-31';
    const isLeft = button.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
    expect(isLeft).toBe(false);
    button.click();
    await settled();
    field.blur();
    await settled();

    expect(asked).toHaveBeenCalledOnce();
    expect(field.value).toBe(inMonths(6));
  });

  it('is to be looked at on the last day of a month that is shorter', () => {
    expect(inMonths(3, new Date(2026, 10, 30))).toBe('2027-02-28');
    expect(inMonths(6, new Date(2026, 7, 31))).toBe('2027-02-28');
    expect(inMonths(12, new Date(2026, 10, 30))).toBe('2027-11-30');
  });

  it('finds what says the same among those that are not archived, once somebody stops typing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked: string[] = [];
    const found = (state: string, title: string) => {
      const from = `GET /api/replies?q=straps&language=zh&state=${state}&limit=5`;
      answers[from] = () => {
        asked.push(state);
        return json({ items: [{ ...reply, id: title, title, state, language: 'zh' }] });
      };
    };
    for (const state of ['published', 'draft']) {
      answers[`GET /api/replies?language=zh&state=${state}&limit=5`] = () => json({ items: [] });
    }
    found('published', '背带');
    found('draft', '肩带');
    const box = document.createElement('div');
    document.body.append(box);
    render(<Translations reply={reply} open={ignore} begin={ignore} />, box);
    await vi.advanceTimersByTimeAsync(300);
    const details = box.querySelector('details');
    const search = box.querySelector<HTMLInputElement>('[type="search"]');
    if (!details || !search) throw new Error('There is nothing to search with');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    search.value = 'straps';
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);

    expect(asked).toEqual(['published', 'draft']);
    expect([...box.querySelectorAll('li span')].map(({ textContent }) => textContent)).toEqual([
      '背带',
      '肩带',
    ]);
  });
});

describe('what is done with many replies', () => {
  const open = { ...reply, id: 'r2', title: 'Straps', text: 'A strap costs [number] euros.' };

  async function list(): Promise<HTMLElement> {
    answers['GET /api/replies?limit=50'] = () => json({ items: [reply, open] });
    const box = await page(<KnowledgePage me={grace} />);
    const all = [...box.querySelectorAll('label')].find(({ textContent }) =>
      textContent.includes('Choose all 2'),
    );
    all?.querySelector('input')?.click();
    await settled();
    return box;
  }

  it('leaves out what customers would read with something left to fill in, and says so', async () => {
    const asked: string[] = [];
    const box = await list();
    vi.stubGlobal('fetch', (_: string, { body }: RequestInit) => {
      asked.push(typeof body === 'string' ? body : '');
      return Promise.resolve(json([{ id: 'r1', reply: { ...reply, state: 'published', version: 2 } }]));
    });
    await press(box, 'Publish the chosen');

    expect(asked).toEqual(['{"replies":["r1"],"act":{"what":"publish"}}']);
    expect(box.textContent).toContain('1 reply was changed. 1 was left as it is:');
    expect(box.textContent).toContain('Straps: “[number]” still stands in the text.');
    const chosen = [...box.querySelectorAll<HTMLInputElement>('.choose input')];
    expect(chosen.map(({ checked }) => checked)).toEqual([false, true]);
    expect(box.querySelector('.reply-row')?.textContent).toContain('Published');
  });

  it('keeps what was chosen when another search is made, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const box = await list();
    answers['GET /api/replies?q=zip&limit=50'] = () => json({ items: [{ ...reply, id: 'r3' }] });
    const search = box.querySelector<HTMLInputElement>('input[type=search]');
    if (search) search.value = 'zip';
    search?.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
    vi.advanceTimersByTime(300);
    vi.useRealTimers();
    await settled();
    expect(box.textContent).toContain('2 chosen');
    expect(box.textContent).toContain('2 of them are not found by this search');

    await press(box, 'Let these go');
    expect(box.querySelector('.bulk-bar')?.textContent).not.toContain('Publish the chosen');
  });

  it('says which were refused, in the language of the page', async () => {
    answers['POST /api/replies/acts'] = () =>
      json([
        { id: 'r1' },
        { id: 'r2', code: 'conflict', message: 'The shortcode belongs to another reply.' },
      ]);
    const box = await list();
    await press(box, 'Archive the chosen');

    expect(box.textContent).toContain('Nothing was changed. 1 was so already. 1 was left as it is:');
    expect(box.textContent).toContain('The shortcode belongs to another reply.');
    chooseLanguage('zh');
    await settled();
    expect(box.textContent).toContain('没有改动任何回复。');
    expect(box.textContent).not.toContain('The shortcode belongs to another reply.');
  });

  it('goes on with those beyond a hundred, and keeps chosen what is not done', async () => {
    const many = Array.from({ length: 230 }, (_, at) => ({ ...reply, id: `r${String(at)}` }));
    const asked: number[] = [];
    vi.stubGlobal('fetch', (_: string, { body }: RequestInit) => {
      const { replies } = JSON.parse(typeof body === 'string' ? body : '') as { replies: string[] };
      asked.push(replies.length);
      if (asked.length === 3) return Promise.resolve(json({ code: 'internal' }, 500));
      return Promise.resolve(json(replies.map((id) => ({ id, reply: { ...reply, id } }))));
    });
    const choose = vi.fn();
    const changed = vi.fn();
    const box = await page(<BulkBar chosen={many} listed={many} choose={choose} changed={changed} />);
    expect(box.textContent).toContain('Choose all 230');
    await press(box, 'Archive the chosen');

    expect(asked).toEqual([100, 100, 30]);
    expect(box.textContent).toContain('200 replies were changed.');
    expect(box.querySelector('[role="alert"]')).not.toBeNull();
    expect(choose).toHaveBeenLastCalledWith(many.slice(200).map(({ id }) => id));
    expect(changed).toHaveBeenCalledTimes(2);
  });
});
