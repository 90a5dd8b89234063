import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Composer } from '../src/console/composer';
import { Context } from '../src/console/context';
import { listenToKeys, type Overlay } from '../src/console/keys';
import { piecesOf, wordCount } from '../src/shared/words-changed';
import { Workspace } from '../src/console/workspace';
import { chooseLanguage } from '../src/shared/language';
import { ada, answers, summary } from './console-bench';
import { FakeServer } from './fake-wire';

const reasons = [
  { kind: 'before', question: 'Where is it?', by: { id: 'ben', name: 'Ben' } },
  { kind: 'before', question: 'Where is it?', by: { id: 'ada', name: 'Ada' } },
  { kind: 'words', words: ['parcel', 'Zanzibar'] },
];

describe('a suggestion', () => {
  let server: FakeServer;
  let workspace: Workspace;
  let box: HTMLElement;
  let unlisten: () => void;

  beforeEach(async () => {
    server = new FakeServer();
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    answers.set('/api/replies/canned', [[]]);
    workspace = new Workspace(ada, () => undefined);
    workspace.start();
    server.wire.onopen?.();
    server.wire.says({
      type: 'welcome',
      agent: { id: 'ada', name: 'Ada', role: 'agent' },
      maxTextLength: 8000,
    });
    await vi.advanceTimersByTimeAsync(0);
    workspace.select('one');
    const thread = workspace.thread.peek();
    if (!thread) throw new Error('the conversation is open');
    server.wire.says({
      type: 'opened',
      conversation: summary('one', '2026-03-02T09:00:00Z'),
      customerRead: 0,
      agentRead: 0,
      customerOnline: true,
      viewers: [],
    });
    server.wire.says({
      type: 'event',
      conversation: 'one',
      sequence: 1,
      at: '2026-03-02T09:15:30.125Z',
      kind: 'message',
      author: { kind: 'customer', id: 'customer' },
      text: 'Where is it?',
    });
    server.wire.says({
      type: 'suggestions',
      conversation: 'one',
      impression: 'i1',
      trigger: 1,
      items: reasons.map((why, index) => ({
        reply: `r${String(index + 1)}`,
        title: `Reply ${String(index + 1)}`,
        text: 'It is on its way and arrives tomorrow.',
        probability: 0.9,
        confidence: 'high',
        why,
      })),
      model: 1,
      tookMillis: 5,
    });
    box = document.createElement('div');
    document.body.append(box);
    unlisten = listenToKeys(workspace, signal<Overlay>(undefined));
    render(
      <>
        <Composer workspace={workspace} thread={thread} />
        <Context workspace={workspace} alone={false} />
      </>,
      box,
    );
    await vi.advanceTimersByTimeAsync(0);
    server.wire.heard();
  });

  afterEach(() => {
    chooseLanguage('en');
    workspace.stop();
    unlisten();
    render(null, box);
    box.remove();
  });

  const press = async (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
    const code = /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...more }),
    );
    await vi.advanceTimersByTimeAsync(50);
  };
  const rejects = () => server.wire.heard().filter(({ type }) => type === 'reject');
  const whys = () => [...box.querySelectorAll('.why')].map((why) => why.textContent);
  const area = () => box.querySelector('textarea') ?? document.body;

  it('says why it is there, in both languages, the best one first and the others quieter', async () => {
    expect(whys()).toEqual([
      'Ben sent it for: “Where is it?”',
      'You sent it for: “Where is it?”',
      'These words fit: parcel, Zanzibar',
    ]);
    expect(box.querySelectorAll('.suggestion')).toHaveLength(3);
    expect(box.querySelectorAll('.suggestion.quieter')).toHaveLength(2);
    chooseLanguage('zh');
    await vi.advanceTimersByTimeAsync(50);
    expect(whys()[0]).toBe('Ben 曾用它回答：“Where is it?”');
  });

  it('is turned down by keys: d, and the number of the reason', async () => {
    await press('d');
    expect(box.querySelector('.reasons')?.textContent).toContain('2 Outdated');
    await press('2');
    const [first] = rejects();
    expect(first).toMatchObject({ reply: 'r1', reason: 'outdated' });
    server.wire.says({ type: 'ack', id: first?.id, at: '2026-03-02T09:15:31Z' });
    await press('d');
    await press('4');
    expect(rejects()).toMatchObject([{ reply: 'r2', reason: 'other' }]);
    expect(workspace.drafts.of('one').value.text).toBe('');
  });

  it('that has the focus is the one that is turned down', async () => {
    box.querySelectorAll<HTMLElement>('.suggestion')[2]?.focus();
    await press('d');
    await press('1');
    expect(rejects()).toMatchObject([{ reply: 'r3', reason: 'wrong' }]);
  });

  it('is not turned down by what is typed, composed or taken back', async () => {
    await press('d', {}, area());
    await press('d', { isComposing: true });
    expect(box.querySelector('.reasons')).toBeNull();
    await press('d');
    await press('Escape', { code: 'Escape' });
    expect(box.querySelector('.reasons')).toBeNull();
    await press('1');
    expect(rejects()).toEqual([]);
    expect(workspace.drafts.of('one').value.text).toBe('It is on its way and arrives tomorrow.');
  });

  it('shows what has been changed of it, folded', async () => {
    await press('1');
    expect(box.querySelector('.difference')).toBeNull();
    expect(box.querySelector('.origin')?.textContent).toBe('From the suggestion “Reply 1”');
    workspace.write('Dear Kim, it is on its way and arrives today.');
    await vi.advanceTimersByTimeAsync(50);
    const difference = box.querySelector('details.difference');
    expect(difference?.hasAttribute('open')).toBe(false);
    expect(difference?.querySelector('summary')?.textContent).toContain('4 words added, 2 removed');
    expect([...(difference?.querySelectorAll('del') ?? [])].map((each) => each.textContent)).toEqual([
      'removed: It ',
      'removed: tomorrow.',
    ]);
  });
});

describe('the difference of two texts', () => {
  it.each([
    ['same', 'same', []],
    ['one two three', 'one 2 three', ['-two ', '+2 ']],
    ['', 'all new', ['+all new']],
    ['all gone', '', ['-all gone']],
    ['我们明天送到。', '我们后天送到。', ['-明', '+后']],
    ['a b c d', 'b c d a', ['-a ', '+ a']],
  ])('%j > %j', (before, after, changes) => {
    const pieces = piecesOf(before, after) ?? [];
    const told = pieces
      .filter(({ what }) => what !== 'same')
      .map(({ what, text }) => (what === 'added' ? '+' : '-') + text);
    if (before !== 'a b c d') expect(told).toEqual(changes);
    const side = (without: string) =>
      pieces
        .filter(({ what }) => what !== without)
        .map(({ text }) => text)
        .join('')
        .replace(/\s+/g, ' ')
        .trim();
    expect(side('removed')).toBe(after);
    expect(side('added').replaceAll(' ', '')).toBe(before.replaceAll(' ', ''));
  });

  it('counts words, and characters where there are no spaces', () => {
    expect(wordCount(piecesOf('', '你好 there, Kim') ?? [], 'added')).toBe(4);
  });

  it('is not sought in texts that are too long for it', () => {
    expect(piecesOf('a '.repeat(1_600), 'b '.repeat(1_600))).toBeUndefined();
    expect(piecesOf('a '.repeat(3_000), 'a '.repeat(3_001))).toHaveLength(2);
  });
});
