import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Composer } from '../src/console/composer';
import { Context } from '../src/console/context';
import { searchedFor } from '../src/console/knowledge-search';
import { isOwn } from '../src/console/origin';
import { Workspace } from '../src/console/workspace';
import { ada, answers, asked, summary } from './console-bench';
import { FakeServer } from './fake-wire';

describe('how an answer came about', () => {
  let server: FakeServer;
  let workspace: Workspace;
  let box: HTMLElement;

  beforeEach(async () => {
    server = new FakeServer();
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    answers.set('/api/replies/canned', [
      [{ id: 'r1', shortcode: 'refund', title: 'Refund', text: 'We refund.' }],
    ]);
    answers.set('/api/replies/search', [[{ id: 'r2', title: 'Delivery', text: 'It takes two days.' }]]);
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
    box = document.createElement('div');
    document.body.append(box);
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

  afterEach(async () => {
    render(null, box);
    box.remove();
    workspace.stop();
    // Effects that wait for a frame would wait for ever once the clock is another.
    await vi.advanceTimersByTimeAsync(200);
  });

  const item = {
    reply: 'r9',
    title: 'On its way',
    text: 'It is on its way.',
    probability: 0.9,
    confidence: 'high' as const,
  };

  async function suggested() {
    server.wire.says({
      type: 'suggestions',
      conversation: 'one',
      impression: 'i1',
      trigger: 1,
      tookMillis: 5,
      items: [item],
    });
    // Until it is drawn.
    await vi.advanceTimersByTimeAsync(200);
  }

  function sent() {
    return server.wire.heard().filter(({ type }) => type === 'send');
  }

  it('is told of a suggestion, with the time that it was on the screen and what had been typed', async () => {
    await suggested();
    workspace.write('Let me see ');
    await vi.advanceTimersByTimeAsync(4_000);
    workspace.edit(item);
    workspace.replace('replace');
    await vi.advanceTimersByTimeAsync(1_000);
    workspace.write('It is on its way!');
    workspace.sendDraft();
    const [frame] = sent();
    expect(frame).toMatchObject({
      text: 'It is on its way!',
      impression: 'i1',
      reply: 'r9',
      source: 'suggestion',
      typed: 'Let me see',
    });
    expect(frame?.onScreenMillis).toBeGreaterThanOrEqual(5_000);
    // Drawn at some moment of the time that was given to it.
    expect(frame?.onScreenMillis).toBeLessThanOrEqual(5_200);
  });

  it('is told of a suggestion that was sent at once beside a draft', async () => {
    await suggested();
    workspace.write('x'.repeat(3_000));
    workspace.accept(item);
    const [frame] = sent();
    expect(frame).toMatchObject({ reply: 'r9', source: 'suggestion', typed: 'x'.repeat(2_000) });
    expect(workspace.drafts.of('one').value.text).toBe('x'.repeat(3_000));
  });

  it('is told of own words, and of no time while nobody looks at the tab', async () => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    await suggested();
    await vi.advanceTimersByTimeAsync(3_000);
    workspace.write('I will look.');
    workspace.sendDraft();
    const [frame] = sent();
    expect(frame).toMatchObject({ impression: 'i1', source: 'own' });
    expect(frame).not.toHaveProperty('onScreenMillis');
    expect(frame).not.toHaveProperty('typed');

    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
  });

  it('counts only the time in which somebody looks', async () => {
    const look = (state: string) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    look('hidden');
    await suggested();
    expect(workspace.screen.millis('i1')).toBeUndefined();
    look('visible');
    await vi.advanceTimersByTimeAsync(1_000);
    look('hidden');
    await vi.advanceTimersByTimeAsync(60_000);
    look('hidden');
    look('visible');
    await vi.advanceTimersByTimeAsync(500);
    expect(workspace.screen.millis('i1')).toBe(1_500);
    render(null, box);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workspace.screen.millis('i1')).toBeLessThan(1_550);
  });

  it('is told of a canned reply, also where there is a suggestion', async () => {
    await suggested();
    workspace.write('/refund');
    workspace.sendDraft();
    workspace.sendDraft();
    expect(sent()).toMatchObject([{ text: 'We refund.', impression: 'i1', reply: 'r1', source: 'canned' }]);
  });

  it('is told of a reply that was searched for, with the words of the search', async () => {
    workspace.write('?? two days');
    await vi.advanceTimersByTimeAsync(100);
    expect(box.querySelector('.shortcodes')?.textContent).toContain('Searching');
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.filter((address) => address.includes('/search'))).toEqual([
      '/api/replies/search?q=two+days&language=en',
    ]);
    const area = box.querySelector('textarea');
    expect(box.querySelector('[role="option"]')?.textContent).toContain('Delivery');
    area?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    expect(workspace.drafts.of('one').value.text).toBe('It takes two days.');
    expect(sent()).toEqual([]);
    workspace.sendDraft();
    expect(sent()).toMatchObject([
      { text: 'It takes two days.', reply: 'r2', source: 'search', search: 'two days' },
    ]);
  });

  it("asks for replies in the customer's language before others, and says in which language each is", async () => {
    answers.set('/api/replies/search', [
      [
        { id: 'r2', title: 'Delivery', text: 'It takes two days.', language: 'en' },
        { id: 'r3', title: '配送', text: '需要两天。', language: 'zh' },
      ],
    ]);
    workspace.write('??delivery');
    await vi.advanceTimersByTimeAsync(500);
    const titles = [...box.querySelectorAll('#listed-replies li')].map((reply) => reply.textContent.trim());
    expect(titles).toEqual(['Delivery en It takes two days.', '配送 zh 需要两天。']);
    expect(box.querySelector('.shortcodes [role=status]')?.textContent).toContain('Read before you insert');
    server.wire.says({
      type: 'event',
      conversation: 'one',
      sequence: 2,
      at: '2026-03-02T09:16:30.125Z',
      kind: 'message',
      author: { kind: 'customer', id: 'customer' },
      text: '我的包裹在哪里？请尽快回复我，谢谢。',
    });
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.filter((address) => address.includes('q=delivery'))).toEqual([
      '/api/replies/search?q=delivery&language=en',
      '/api/replies/search?q=delivery&language=zh',
    ]);
  });

  it('inserts nothing where nothing was found', async () => {
    answers.set('/api/replies/search', [[]]);
    workspace.write('??zzzzqqq');
    await vi.advanceTimersByTimeAsync(500);
    expect(box.querySelector('#listed-replies')).toBeNull();
    box
      .querySelector('textarea')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    expect(workspace.drafts.of('one').value.text).toBe('??zzzzqqq');
    expect(sent()).toEqual([]);
  });

  it('says that a search found nothing, or was not possible, and never sends one by mistake', async () => {
    answers.set('/api/replies/search', [[]]);
    workspace.write('??owls');
    await vi.advanceTimersByTimeAsync(500);
    expect(box.querySelector('.shortcodes')?.textContent).toContain('No reply found');
    workspace.sendDraft();
    expect(sent()).toEqual([]);
    expect(workspace.doubt.value).toMatchObject({ word: '??owls' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    workspace.write('??owl');
    await vi.advanceTimersByTimeAsync(500);
    expect(box.querySelector('.shortcodes')?.textContent).toContain('cannot be searched now');
    workspace.sendDraft(true);
    expect(sent()).toMatchObject([{ text: '??owl', source: 'own' }]);
  });

  it('is told of own words where nothing is left of the reply, and the tag goes', async () => {
    await suggested();
    workspace.edit(item);
    await vi.advanceTimersByTimeAsync(200);
    expect(box.querySelector('.origin')?.textContent).toContain('On its way');
    workspace.write('We have lost that parcel.');
    await vi.advanceTimersByTimeAsync(200);
    expect(box.querySelector('.origin')).toBeNull();
    workspace.sendDraft();
    const [frame] = sent();
    expect(frame).toMatchObject({ impression: 'i1', source: 'own' });
    expect(frame).not.toHaveProperty('reply');
  });

  it('keeps what it was through a refusal', async () => {
    await suggested();
    workspace.write('Hm');
    workspace.edit(item);
    workspace.replace('replace');
    workspace.sendDraft();
    const [frame] = sent();
    server.wire.says({
      type: 'problem',
      code: 'thread-moved-on',
      message: '',
      id: frame?.id,
      conversation: 'one',
    });
    workspace.recover(String(frame?.id));
    workspace.sendDraft();
    expect(sent()).toMatchObject([{ reply: 'r9', impression: 'i1', source: 'suggestion', typed: 'Hm' }]);
  });

  it('is told of a rejection', async () => {
    await suggested();
    await vi.advanceTimersByTimeAsync(700);
    workspace.reject(item, 'wrong');
    const [frame] = server.wire.heard().filter(({ type }) => type === 'reject');
    expect(frame).toMatchObject({ reply: 'r9', reason: 'wrong' });
    expect(frame?.onScreenMillis).toBeGreaterThanOrEqual(700);
  });
});

describe('a text', () => {
  const english =
    'Our shop is open from Monday to Friday between 9 and 18 o’clock. You can write to us at any time, also on Sundays.';
  const chinese = '我们的营业时间是周一至周五9点到18点，周末休息。';
  it.each([
    ['unchanged', english, english, false],
    ['greeted', english, `Hello Bob! ${english}`, false],
    ['shortened', english, 'From Monday to Friday.', false],
    ['of short words changed', 'It is on its way.', 'It is on its way, Bob!', false],
    ['being changed', 'We refund.', 'We ref', false],
    [
      'with own words appended to it',
      'We refund.',
      'We refund. And here is a long story about parcels that never came.',
      false,
    ],
    [
      'replaced',
      english,
      'Sorry, that parcel was lost; you will have another one from us tomorrow at 10.',
      true,
    ],
    ['replaced by a short word', english, 'Yes', true],
    ['unchanged', chinese, chinese, false],
    ['shortened', chinese, '周末休息。', false],
    ['replaced', chinese, '您好，我们的快递明天送到，请您放心等待。', true],
  ])('made from a reply, and %s: %s > %s', (_how, reply, text, own) => {
    expect(isOwn({ text, origin: { reply: 'r1', text: reply } })).toBe(own);
  });

  it('without the words of its reply, as older versions kept it, stays what it was', () => {
    expect(isOwn({ text: 'Yes', origin: { reply: 'r1' } })).toBe(false);
    expect(isOwn({ text: 'Yes' })).toBe(true);
  });
});

describe('a search', () => {
  it.each([
    ['??delivery', 'delivery'],
    ['？？ 送货 时间', '送货 时间'],
    ['?? ' + 'x'.repeat(300), 'x'.repeat(200)],
    ['??', undefined],
    ['???', undefined],
    ['??!', undefined],
    ['What??', undefined],
    ['??two\nlines', undefined],
  ])('is what begins with two question marks: %s', (text, words) => {
    expect(searchedFor(text)).toBe(words);
  });
});
