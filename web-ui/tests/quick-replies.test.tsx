import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Composer } from '../src/console/composer';
import { offeredWith } from '../src/console/offered';
import { Workspace } from '../src/console/workspace';
import { Choices } from '../src/widget/choices';
import { ada, answers, summary } from './console-bench';
import { at, customerBench, message, welcome } from './customer-bench';
import { FakeServer } from './fake-wire';

const choices = ['Yes', 'Not yet'];

describe('answers that go with a reply in the place of another', () => {
  const origin = { reply: 'first' };

  it('are those of the other, and otherwise those that the agent has added', () => {
    const first = offeredWith({}, { choices });
    expect(first.choices).toEqual(choices);
    const draft = { ...first, origin, choices: [...choices, 'Never mind'] };
    expect(offeredWith(draft, {}).choices).toEqual(['Never mind']);
    expect(offeredWith({ ...first, origin }, {}).choices).toBeUndefined();
    expect(offeredWith(draft, { choices: ['Blue'] }).choices).toEqual(['Blue']);
    const bare = { ...offeredWith({}, {}), origin, choices: ['Mine'] };
    expect(offeredWith(bare, {}).choices).toEqual(['Mine']);
  });

  it('are not known to be the agent’s where another device has put the reply', () => {
    expect(offeredWith({ origin, choices }, {}).choices).toBeUndefined();
    expect(offeredWith({ choices }, {}).choices).toEqual(choices);
  });
});

describe('answers that an agent offers', () => {
  const bench = customerBench();
  const asked = (sequence = 1, more: object = {}) =>
    bench.server.wire.says(message(sequence, 'Has it arrived?', { choices, ...more }));
  const offered = () => bench.client.offer.value?.choices;

  it('are there until somebody writes or resolves, and not on account of who has the conversation', async () => {
    await bench.connected(welcome(1));
    asked();
    expect(offered()).toEqual(choices);
    bench.server.wire.says(message(2, '', { kind: 'assignee', text: undefined, assignee: 'Ada' }));
    expect(offered()).toEqual(choices);
    bench.server.wire.says(message(3, '', { kind: 'status', text: undefined, status: 'resolved' }));
    expect(offered()).toBeUndefined();
    bench.server.wire.says(message(4, '', { kind: 'status', text: undefined, status: 'open' }));
    expect(offered()).toEqual(choices);
    bench.server.wire.says(message(5, 'It should be there.'));
    expect(offered()).toBeUndefined();
  });

  it('are not offered by a history that is not there yet', async () => {
    await bench.connected(welcome(2));
    asked();
    expect(offered()).toBeUndefined();
    bench.server.wire.says(message(2, 'Yes', { author: { kind: 'customer' } }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(offered()).toBeUndefined();
  });

  it('are sent as an ordinary message, once, whatever is clicked and in whatever tab', async () => {
    await bench.connected(welcome(1));
    asked();
    bench.client.answer('Yes');
    bench.client.answer('Not yet');
    const frames = bench.sent();
    expect(frames).toEqual([{ type: 'send', id: '0190f3a1-5b0e-7c3a-9a41-000000000001', text: 'Yes' }]);
    expect(offered()).toBeUndefined();

    bench.client.connection.stop();
    bench.client = bench.customer();
    await bench.connected(welcome(1));
    asked();
    expect(offered()).toBeUndefined();
    expect(bench.texts()).toEqual(['Has it arrived?', 'Yes']);
  });

  it('leave nothing behind where another tab has answered otherwise', async () => {
    await bench.connected(welcome(1));
    asked();
    bench.client.answer('Yes');
    const [frame] = bench.sent();
    bench.server.wire.says(
      message(2, 'Not yet', { id: frame?.['id'], author: { kind: 'customer', name: 'Wei' } }),
    );
    bench.server.wire.says({ type: 'problem', code: 'conflict', message: 'used', id: frame?.['id'] });
    expect(bench.texts()).toEqual(['Has it arrived?', 'Not yet']);
    bench.client.send('Hello?');
    const [own] = bench.sent();
    bench.server.wire.says({ type: 'problem', code: 'conflict', message: 'used', id: own?.['id'] });
    expect(bench.client.entries.value.at(-1)).toMatchObject({ text: 'Hello?', delivery: 'failed' });
  });

  it('give the focus back to the messages when they go', async () => {
    await bench.connected(welcome(1));
    asked();
    const [entry] = bench.client.entries.value;
    if (!entry) throw new Error('the message is there');
    const box = document.createElement('div');
    box.className = 'messages';
    box.tabIndex = 0;
    document.body.append(box);
    render(<Choices client={bench.client} entry={entry} />, box);
    const buttons = [...box.querySelectorAll('button')];
    expect(buttons.map(({ textContent }) => textContent)).toEqual(choices);
    expect(box.querySelector('[role=group]')?.getAttribute('aria-label')).toBe('Short answers');
    buttons[0]?.focus();
    buttons[0]?.click();
    await vi.advanceTimersByTimeAsync(50);
    expect(box.querySelectorAll('button')).toHaveLength(0);
    expect(document.activeElement).toBe(box);
    render(null, box);
    box.remove();
  });
});

describe('an agent who offers answers', () => {
  let server: FakeServer;
  let workspace: Workspace;
  let box: HTMLElement;

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
      conversation: summary('one', at),
      customerRead: 0,
      agentRead: 0,
      customerOnline: true,
      viewers: [],
    });
    box = document.createElement('div');
    document.body.append(box);
    render(<Composer workspace={workspace} thread={thread} />, box);
    await vi.advanceTimersByTimeAsync(50);
    server.wire.heard();
  });

  afterEach(() => {
    render(null, box);
    box.remove();
    workspace.stop();
  });

  const button = (name: string) => box.querySelector<HTMLElement>(`button[aria-label="${name}"]`);
  const field = () => box.querySelector<HTMLInputElement>('.quick-replies input');
  const offers = async (answer: string, how: KeyboardEventInit = {}) => {
    const input = field();
    if (!input) throw new Error('the row is open');
    input.value = answer;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...how }),
    );
    await vi.advanceTimersByTimeAsync(50);
  };
  const draft = () => workspace.drafts.of('one').value;

  it('adds them by keyboard, removes them, and sends them with the reply', async () => {
    expect(field()).toBeNull();
    button('Offer short answers')?.click();
    await vi.advanceTimersByTimeAsync(50);
    await vi.waitFor(() => expect(document.activeElement).toBe(field()));
    await offers('Yes');
    await offers('还没', { isComposing: true });
    await offers(' Not   yet ');
    await offers('Yes');
    expect(draft().choices).toEqual(choices);
    button('Remove “Yes”')?.click();
    await vi.advanceTimersByTimeAsync(50);
    expect(draft().choices).toEqual(['Not yet']);

    workspace.write('Has it arrived?');
    workspace.sendDraft();
    const [frame] = server.wire.heard().filter(({ type }) => type === 'send');
    expect(frame).toMatchObject({ text: 'Has it arrived?', choices: ['Not yet'] });
    expect(draft().choices).toBeUndefined();

    workspace.recover(String(frame?.['id']));
    expect(draft()).toMatchObject({ text: 'Has it arrived?', choices: ['Not yet'] });
  });

  it('takes those of a reply with it, and not those of another reply in its place', () => {
    const canned = (id: string, offered?: string[]) => ({
      id,
      shortcode: id,
      title: id,
      text: `This is ${id}.`,
      choices: offered,
    });
    workspace.drafts.write('one', { choices: ['My own'] });
    workspace.insertCanned(canned('plain'));
    expect(draft().choices).toEqual(['My own']);
    workspace.insertCanned(canned('asks', choices));
    expect(draft().choices).toEqual(choices);
    workspace.replacement.value = {
      text: 'More',
      origin: { reply: 'more' },
      choices: ['Yes', 'a', 'b', 'c', 'd'],
    };
    workspace.replace('append');
    expect(draft().choices).toEqual([...choices, 'a', 'b', 'c']);
    workspace.insertCanned(canned('other'));
    expect(draft()).toMatchObject({ text: 'This is other.', choices: undefined });
  });

  it('sends a suggestion with what it offers', () => {
    server.wire.says({
      type: 'event',
      conversation: 'one',
      sequence: 1,
      at,
      kind: 'message',
      author: { kind: 'customer', name: 'Wei' },
      text: 'Hello?',
    });
    server.wire.says({
      type: 'suggestions',
      conversation: 'one',
      impression: 'i1',
      trigger: 1,
      items: [
        { reply: 'r1', title: 'Asks', text: 'Is it there?', probability: 0.9, confidence: 'high', choices },
      ],
      model: 1,
      tookMillis: 5,
    });
    const [item] = workspace.items.value;
    if (!item) throw new Error('there is a suggestion');
    workspace.accept(item);
    const [frame] = server.wire.heard().filter(({ type }) => type === 'send');
    expect(frame).toMatchObject({ text: 'Is it there?', choices });
  });

  it('offers nothing that was typed and not added, and keeps it', async () => {
    const types = async (answer: string) => {
      const input = field();
      if (!input) throw new Error('the row is open');
      input.value = answer;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await vi.advanceTimersByTimeAsync(50);
    };
    button('Offer short answers')?.click();
    await vi.advanceTimersByTimeAsync(50);
    expect(button('Add short answer')?.hasAttribute('disabled')).toBe(true);
    await types('Yes, it h');
    box.querySelector('textarea')?.focus();
    await vi.advanceTimersByTimeAsync(50);
    expect(draft().choices).toBeUndefined();

    workspace.write('Has it arrived?');
    await vi.advanceTimersByTimeAsync(50);
    box.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await vi.advanceTimersByTimeAsync(50);
    const [frame] = server.wire.heard().filter(({ type }) => type === 'send');
    expect(frame).toMatchObject({ text: 'Has it arrived?' });
    expect(frame).not.toHaveProperty('choices');
    workspace.drafts.write('one', { mode: 'note' });
    await vi.advanceTimersByTimeAsync(50);
    expect(field()).toBeNull();
    workspace.drafts.write('one', { mode: 'reply' });
    await vi.advanceTimersByTimeAsync(50);
    expect(field()?.value).toBe('Yes, it h');
    expect(button('Offer short answers')?.getAttribute('aria-expanded')).toBe('true');

    await types('Yes, it has');
    button('Add short answer')?.click();
    await vi.advanceTimersByTimeAsync(50);
    expect(draft().choices).toEqual(['Yes, it has']);
    expect(field()?.value).toBe('');
    expect(document.activeElement).toBe(field());
  });

  it('offers five at most, and none with a note', async () => {
    button('Offer short answers')?.click();
    await vi.advanceTimersByTimeAsync(50);
    for (const answer of ['1', '2', '3', '4', '5']) await offers(answer);
    expect(field()).toBeNull();
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    expect(box.querySelector('.quick-replies [role=status]')?.textContent).toBe('5 short answers');

    workspace.drafts.write('one', { mode: 'note', text: 'Ask the carrier' });
    await vi.advanceTimersByTimeAsync(50);
    expect(box.querySelector('.quick-replies')).toBeNull();
    workspace.sendDraft();
    const [note] = server.wire.heard().filter(({ type }) => type === 'note');
    expect(note).toMatchObject({ text: 'Ask the carrier' });
    expect(note).not.toHaveProperty('choices');
    // They wait for the reply for which they were prepared.
    expect(draft()).toMatchObject({ text: '', mode: 'reply', choices: ['1', '2', '3', '4', '5'] });
  });

  it('has what several closed tabs have prepared together, five at most', async () => {
    const leave = (tab: string, at: number, text: string, offered: string[]) =>
      localStorage.setItem(
        `replyloop.console.ada.draft.one.${tab}`,
        JSON.stringify({ text, mode: 'reply', choices: offered, at, editedAt: at }),
      );
    leave('gone-1', 1, 'Has it arrived?', choices);
    leave('gone-2', 2, 'Is it whole?', ['Yes', 'No', '3', '4', '5']);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(draft().text).toContain('Is it whole?');
    expect(draft().choices).toEqual(['Yes', 'Not yet', 'No', '3', '4']);
  });
});
