import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem, sessionEnded } from '../src/shared/api';
import { listenToKeys, type Overlay } from '../src/console/keys';
import { Composer } from '../src/console/composer';
import { chooseLanguage } from '../src/shared/language';
import { render } from 'preact';
import { Workspace } from '../src/console/workspace';
import { ada, answers, asked, summary } from './console-bench';
import { FakeServer } from './fake-wire';

describe('an agent at work', () => {
  let server: FakeServer;
  let workspace: Workspace;
  const ended = vi.fn();
  let sequence: number;

  beforeEach(async () => {
    server = new FakeServer();
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    answers.set('/api/replies/canned', [
      [{ id: 'r1', shortcode: 'refund', title: 'Refund', text: 'We refund.' }],
    ]);
    ended.mockClear();
    workspace = new Workspace(ada, ended);
    workspace.start();
    server.wire.onopen?.();
    server.wire.says({
      type: 'welcome',
      agent: { id: 'ada', name: 'Ada', role: 'agent' },
      maxTextLength: 8000,
    });
    await vi.advanceTimersByTimeAsync(0);
    workspace.select('one');
    workspace.thread.peek();
    server.wire.says({
      type: 'opened',
      conversation: summary('one', '2026-03-02T09:00:00Z'),
      customerRead: 0,
      agentRead: 0,
      customerOnline: true,
      viewers: [],
    });
    sequence = 0;
    happens('customer', 'customer', 'Where is it?');
    server.wire.heard();
  });

  afterEach(() => workspace.stop());

  function happens(kind: string, id: string, text: string) {
    server.wire.says({
      type: 'event',
      conversation: 'one',
      sequence: ++sequence,
      at: '2026-03-02T09:15:30.125Z',
      kind: 'message',
      author: { kind, id, name: id },
      text,
    });
  }

  function sent() {
    return server.wire.heard().filter(({ type }) => type === 'send');
  }

  it("has not seen what a colleague answered since the draft was begun, but the customer's next words", () => {
    workspace.write('It arr');
    happens('customer', 'customer', 'Hello?');
    happens('agent', 'ben', 'It arrives tomorrow.');
    workspace.write('It arrives tomorrow');
    workspace.sendDraft();
    const [frame] = sent();
    expect(frame).toMatchObject({ text: 'It arrives tomorrow', seen: 2 });

    server.wire.says({
      type: 'problem',
      code: 'thread-moved-on',
      message: '',
      id: frame?.id,
      conversation: 'one',
    });
    const thread = workspace.thread.peek();
    if (!thread) throw new Error('the conversation is open');
    const overtaken = workspace.overtaken(thread);
    expect(overtaken?.meanwhile.map(({ text }) => text)).toEqual(['It arrives tomorrow.']);
    workspace.recover(overtaken?.entry.key ?? '');
    expect(workspace.drafts.of('one').value.text).toBe('It arrives tomorrow');
    workspace.sendDraft();
    expect(sent()).toMatchObject([{ text: 'It arrives tomorrow', seen: 3 }]);
  });

  it('is offered suggestions also while an answer is held back', () => {
    workspace.write('It arrives tomorrow');
    workspace.sendDraft();
    const [frame] = sent();
    expect(workspace.suggestions.value).toBeUndefined();
    happens('customer', 'customer', 'And the other one?');
    server.wire.says({
      type: 'problem',
      code: 'thread-moved-on',
      message: '',
      id: frame?.id,
      conversation: 'one',
    });
    expect(workspace.suggestions.value).toBe('looking');
  });

  it('keeps the words of a handover that is refused, as the note that they were', () => {
    workspace.write('It arrives');
    const id = 'handover';
    const note = 'Please look at the invoice.';
    workspace.client.act({ type: 'transfer', id, conversation: 'one', to: 'agent', target: 'ben', note });
    server.wire.says({ type: 'problem', code: 'conflict', message: '', id, conversation: 'one' });
    expect(workspace.drafts.of('one').value).toMatchObject({ text: `${note}\nIt arrives`, mode: 'note' });
    expect(workspace.notice.value).toBeDefined();
  });

  it('never sends a shortcode, and sends its reply with the id from which the product learns', () => {
    workspace.write('/refnd');
    workspace.sendDraft();
    expect(sent()).toEqual([]);
    expect(workspace.doubt.value).toMatchObject({ word: '/refnd' });
    workspace.write('It costs [number] euros.');
    workspace.sendDraft();
    expect(sent()).toEqual([]);
    expect(workspace.doubt.value).toMatchObject({ word: '[number]' });
    workspace.write('/refund');
    workspace.sendDraft();
    expect(sent()).toEqual([]);
    expect(workspace.drafts.of('one').value).toMatchObject({ text: 'We refund.', origin: { reply: 'r1' } });
    workspace.write('We refund it.');
    workspace.sendDraft();
    const [made] = sent();
    expect(made).toMatchObject({ text: 'We refund it.', reply: 'r1' });
    server.wire.says({
      type: 'ack',
      id: made?.id,
      at: '2026-03-02T09:15:31Z',
      conversation: 'one',
      sequence: 2,
    });
    workspace.write('/refnd');
    workspace.sendDraft(true);
    expect(sent()).toMatchObject([{ text: '/refnd' }]);
  });

  it('sends a suggestion with its variables filled, and one that nothing is known for goes into the editor', () => {
    const suggest = (text: string, trigger: number) =>
      server.wire.says({
        type: 'suggestions',
        conversation: 'one',
        impression: `impression ${String(trigger)}`,
        trigger,
        items: [{ reply: 'r2', title: 'Hello', text, probability: 0.9, confidence: 'high' }],
        model: 1,
        tookMillis: 5,
      });
    suggest('Hello {{customer.name}}.', 1);
    const [open] = workspace.items.value;
    if (open) workspace.accept(open);
    expect(sent()).toEqual([]);
    expect(workspace.drafts.of('one').value.text).toBe('Hello {{customer.name}}.');
    workspace.sendDraft();
    expect(sent()).toEqual([]);
    expect(workspace.doubt.value).toMatchObject({ word: '{{customer.name}}' });
    workspace.write('');
    happens('customer', 'customer', 'And now?');
    suggest('Hello {{customer.name|there}}, {{agent.first_name}} here.', sequence);
    const [filled] = workspace.items.value;
    expect(filled?.text).toBe('Hello there, Ada here.');
    if (filled) workspace.accept(filled);
    expect(sent()).toMatchObject([{ text: 'Hello there, Ada here.', reply: 'r2' }]);
  });

  it('writes to the customer again after a note', () => {
    workspace.drafts.write('one', { mode: 'note' });
    workspace.write('Ask the warehouse');
    workspace.sendDraft();
    const [note] = server.wire.heard();
    expect(note).toMatchObject({ type: 'note', text: 'Ask the warehouse' });
    server.wire.says({
      type: 'ack',
      id: note?.id,
      at: '2026-03-02T09:15:31Z',
      conversation: 'one',
      sequence: 2,
    });
    expect(workspace.drafts.of('one').value).toMatchObject({ text: '', mode: 'reply' });
    workspace.write('It is on its way');
    workspace.sendDraft();
    expect(sent()).toMatchObject([{ text: 'It is on its way' }]);
  });

  it('is told why the server does not open the socket, and no longer once it does', async () => {
    vi.stubGlobal('fetch', (address: string) =>
      Promise.resolve(
        address === '/ws/agent'
          ? new Response('{"code":"cross-site","detail":"another site"}', { status: 403 })
          : new Response(JSON.stringify(ada)),
      ),
    );
    server.wire.breaks(1006);
    await vi.advanceTimersByTimeAsync(0);
    expect(workspace.turnedAway.value).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    server.wire.breaks(1006);
    await vi.advanceTimersByTimeAsync(0);
    expect(workspace.turnedAway.value?.code).toBe('cross-site');
    await vi.advanceTimersByTimeAsync(2_000);
    server.wire.onopen?.();
    server.wire.says({
      type: 'welcome',
      agent: { id: 'ada', name: 'Ada', role: 'agent' },
      maxTextLength: 8000,
    });
    expect(workspace.turnedAway.value).toBeUndefined();
  });

  const suggestion = {
    reply: 'r1',
    title: 'Refund',
    text: 'We refund.',
    category: 'Orders',
    language: 'en',
    probability: 0.9,
    confidence: 'high',
  };

  it('is back at the conversation when a suggestion was sent from the pane that covered it', () => {
    server.wire.says({
      type: 'suggestions',
      conversation: 'one',
      impression: 'i1',
      trigger: 1,
      tookMillis: 5,
      items: [suggestion],
    });
    workspace.contextShown.value = true;
    const [item] = workspace.items.value;
    if (!item) throw new Error('no suggestion');
    workspace.accept(item);
    expect(sent()).toMatchObject([{ text: 'We refund.', impression: 'i1' }]);
    expect(workspace.contextShown.value).toBe(false);
  });

  function isRefused() {
    workspace.toggleTake();
    const id = server.wire.heard().find(({ type }) => type === 'take')?.id;
    server.wire.says({ type: 'problem', code: 'conflict', message: '', id, conversation: 'one' });
    expect(workspace.notice.value?.say()).toContain('A colleague holds this conversation.');
  }
  const holder = (id: string, name: string) =>
    server.wire.says({
      type: 'conversation',
      conversation: summary('one', undefined, { assignee: { id, name } }),
    });

  it('is told of a refusal in the language of the page, until it is no longer true', () => {
    isRefused();
    holder('ben', 'Ben');
    expect(workspace.notice.value?.say()).toBeDefined();
    chooseLanguage('zh');
    expect(workspace.notice.value?.say()).toContain('此对话由同事负责');
    chooseLanguage('en');
    holder('ada', 'Ada');
    expect(workspace.notice.value).toBeUndefined();
  });

  it('is told of a refusal for a while, and not beside another conversation', async () => {
    isRefused();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(workspace.notice.value).toBeUndefined();
    isRefused();
    workspace.select('two');
    expect(workspace.notice.value).toBeUndefined();
  });

  it('is told beside the editor that a blocked customer cannot answer, but not of a note', async () => {
    const thread = workspace.thread.peek();
    if (!thread) throw new Error('the conversation is open');
    thread.summary.value = summary('one', undefined, { customer: { id: 'customer', blocked: true } });
    const box = document.createElement('div');
    render(<Composer workspace={workspace} thread={thread} />, box);
    expect(box.textContent).toContain('This customer is blocked');
    expect(box.textContent).not.toContain('The customer reads this.');
    workspace.drafts.write('one', { mode: 'note' });
    await vi.advanceTimersByTimeAsync(0);
    expect(box.textContent).not.toContain('This customer is blocked');
    render(null, box);
  });

  it('is asked before it resolves a conversation in which somebody has just written', () => {
    workspace.toggleResolved();
    const [frame] = server.wire.heard();
    expect(frame).toMatchObject({ type: 'status', status: 'resolved', seen: 1 });
    server.wire.says({
      type: 'problem',
      code: 'thread-moved-on',
      message: '',
      id: frame?.id,
      conversation: 'one',
    });
    expect(workspace.question.value).toMatchObject({ about: 'resolve' });
    workspace.answer(true);
    const [again] = server.wire.heard();
    expect(again).toMatchObject({ type: 'status', status: 'resolved' });
    expect(again?.seen).toBeUndefined();
  });

  it.each([
    ['the palette', { key: 'k', ctrlKey: true }],
    ['the editor', { key: 'r' }],
  ])('types right after the shortcut of %s, before it is there, and runs no shortcut', (_, shortcut) => {
    const overlay = signal<Overlay>(undefined);
    const stop = listenToKeys(workspace, overlay);
    const press = (init: KeyboardEventInit) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
    press(shortcut);
    for (const key of 'enter') press({ key });
    stop();
    expect(server.wire.heard().filter(({ type }) => type === 'status' || type === 'take')).toEqual([]);
    if (shortcut.key === 'r') expect(workspace.drafts.of('one').value.text).toBe('enter');
  });

  it('leaves to whoever signs in next what happens in the page, once their session has ended', async () => {
    const draft = 'replyloop.console.ada.draft.one.gone';
    expect(workspace.drafts.of('one').value.text).toBe('');
    vi.stubGlobal('fetch', (address: string) => {
      asked.push(address);
      return Promise.resolve(new Response('{"code":"signed-out"}', { status: 401 }));
    });
    server.wire.breaks(4401);
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledOnce();

    asked.length = 0;
    localStorage.setItem(draft, '{"text":"Yes, down to"}');
    const act = { frame: { type: 'send', id: 'x', conversation: 'one', text: 'Hi' }, at: 1 };
    const key = 'replyloop.console.ada.outbox.x';
    window.dispatchEvent(new StorageEvent('storage', { key, newValue: JSON.stringify(act) }));
    window.dispatchEvent(new StorageEvent('storage', { key: draft }));
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('offline'));
    location.hash = '#/c/two';
    window.dispatchEvent(new Event('hashchange'));
    sessionEnded.value = new Problem(401, 'signed-out', '');
    document.title = 'Of the next one';
    workspace.inbox.counts.value = {
      type: 'counts',
      mine: 0,
      unassigned: 9,
      open: 9,
      resolved: 0,
      waiting: 9,
    };
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([]);
    expect(ended).toHaveBeenCalledOnce();
    expect(workspace.selected.value).toBe('one');
    expect(document.title).toBe('Of the next one');
    expect(workspace.client.connection.offline.value).toBe(false);
    expect(workspace.client.outbox.entries.value).toEqual([]);
    expect(workspace.drafts.begun('one')).toBe('');
    expect(localStorage.getItem(draft)).not.toBeNull();
    sessionEnded.value = undefined;
    location.hash = '';
  });

  it('tells in the title how many customers wait, however many conversations are loaded', () => {
    server.wire.says({ type: 'counts', mine: 3, unassigned: 2500, open: 9000, resolved: 1, waiting: 2503 });
    expect(document.title).toBe('(2503) Replyloop');
  });
});
