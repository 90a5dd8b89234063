import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Composer } from '../src/console/composer';
import { Mentioned } from '../src/console/mentioned';
import { people } from '../src/console/mentions';
import { Workspace } from '../src/console/workspace';
import { fittingNames, mentionedIn, mentionParts, queryAt } from '../src/shared/mention-text';
import { ada, answers, summary } from './console-bench';
import { at } from './customer-bench';
import { FakeServer } from './fake-wire';

const ben = { id: 'ben', name: 'Ben' };
const benedikt = { id: 'benedikt', name: 'Benedikt Meyer' };
const fang = { id: 'fang', name: '王芳' };
const team = [ben, benedikt, fang];

describe('an @ in a text', () => {
  it.each([
    ['@Ben please', ['ben']],
    ['please @Benedikt Meyer, and @Ben.', ['ben', 'benedikt']],
    ['请@王芳看一下', ['fang']],
    ['＠王芳', ['fang']],
    ['@Benny', []],
    ['ben@Ben', []],
    ['@ Ben', []],
    ['Ben', []],
  ])('names somebody only where it is their whole name: %s', (text, named) => {
    expect(mentionedIn(text, team).map(({ id }) => id)).toEqual(named);
  });

  it('leaves the text as it is', () => {
    for (const text of ['@Ben @Ben', 'a@b @Benedikt Meyer!', '请@王芳看一下 @', ''])
      expect(
        mentionParts(text, team)
          .map((part) => (typeof part === 'string' ? part : `@${part.name}`))
          .join(''),
      ).toBe(text);
  });

  it('looks for those whose name, or a part of it, begins like what was typed', () => {
    expect(queryAt('Hello @be', 9)).toEqual({ from: 6, words: 'be' });
    expect(queryAt('请@王', 3)).toEqual({ from: 1, words: '王' });
    expect(queryAt('mail me@example', 15)).toBeUndefined();
    expect(queryAt('@Ben\nand', 8)).toBeUndefined();
    expect(fittingNames(team, 'be').map(({ id }) => id)).toEqual(['ben', 'benedikt']);
    expect(fittingNames(team, 'mey').map(({ id }) => id)).toEqual(['benedikt']);
    expect(fittingNames(team, '芳').map(({ id }) => id)).toEqual(['fang']);
    expect(fittingNames(team, '')).toHaveLength(3);
  });
});

it('marks the names of a note, and no words beside them', () => {
  const box = document.createElement('div');
  render(<Mentioned text="@Ben see https://x.example/@Ben and @Ada" people={[ben, ada]} me="ada" />, box);
  expect(box.textContent).toBe('@Ben see https://x.example/@Ben and @Ada');
  expect([...box.querySelectorAll('.mention')].map(({ textContent }) => textContent)).toEqual([
    '@Ben',
    '@Ada',
  ]);
  expect(box.querySelector('.me')?.textContent).toBe('@Ada');
  expect(box.querySelector('a')?.href).toBe('https://x.example/@Ben');
});

describe('a note that is being written', () => {
  let server: FakeServer;
  let workspace: Workspace;
  let box: HTMLElement;

  beforeEach(async () => {
    server = new FakeServer();
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    answers.set('/api/replies/canned', [[]]);
    answers.set('/api/colleagues', [[ada, ...team]]);
    people.value = [];
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
    workspace.drafts.write('one', { mode: 'note' });
    await vi.advanceTimersByTimeAsync(100);
    server.wire.heard();
  });

  afterEach(() => {
    render(null, box);
    box.remove();
    workspace.stop();
  });

  const area = () => box.querySelector('textarea') as HTMLTextAreaElement;
  const types = async (text: string) => {
    area().value = text;
    area().setSelectionRange(text.length, text.length);
    area().dispatchEvent(new Event('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(50);
  };
  const press = async (key: string, how: KeyboardEventInit = {}) => {
    area().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how }));
    await vi.advanceTimersByTimeAsync(50);
  };
  const offered = () => [...box.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);

  it('offers colleagues by keyboard, not oneself, and tells the server whom it names', async () => {
    await types('Please @');
    await vi.waitFor(() => expect(offered()).toEqual(['@ Ben', '@ Benedikt Meyer', '@ 王芳']));
    expect(box.querySelector('[role=listbox]')?.getAttribute('aria-label')).toBe('Colleagues');
    await types('Please @bened');
    await press('Enter', { isComposing: true });
    expect(area().value).toBe('Please @bened');
    await press('Enter');
    expect(area().value).toBe('Please @Benedikt Meyer ');
    expect(offered()).toEqual([]);
    await types('Please @Benedikt Meyer look, @王芳 knows');
    await press('Enter');
    const [note] = server.wire.heard().filter(({ type }) => type === 'note');
    expect(note).toMatchObject({
      text: 'Please @Benedikt Meyer look, @王芳 knows',
      mentions: ['benedikt', 'fang'],
    });
  });

  it('that is pasted waits for the list of colleagues, and says where there is none', async () => {
    const notes = () => server.wire.heard().filter(({ type }) => type === 'note');
    answers.set('/api/colleagues', [[]]);
    await types('@Ben look');
    await press('Enter');
    expect(notes()).toEqual([]);
    expect(box.querySelector('[role=alert]')?.textContent).toContain('could not be loaded');
    expect(area().value).toBe('@Ben look');

    let come: (response: Response) => void = () => undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (come = resolve)));
    await press('Enter');
    expect(notes()).toEqual([]);
    come(new Response(JSON.stringify(team)));
    await vi.advanceTimersByTimeAsync(50);
    expect(notes()).toMatchObject([{ text: '@Ben look', mentions: ['ben'] }]);
    expect(box.querySelector('[role=alert]')).toBeNull();
  });

  it('goes without the list where the agent says so', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('offline')));
    await types('@Ben look');
    await press('Enter');
    [...box.querySelectorAll<HTMLElement>('[role=alert] button')]
      .find(({ textContent }) => textContent === 'Add it without telling anyone')
      ?.click();
    await vi.advanceTimersByTimeAsync(50);
    const [note] = server.wire.heard().filter(({ type }) => type === 'note');
    expect(note).toMatchObject({ text: '@Ben look' });
    expect(note).not.toHaveProperty('mentions');
  });

  it('is sent as it stands where Escape was pressed, and names nobody in a reply', async () => {
    await types('@be');
    await press('Escape');
    expect(offered()).toEqual([]);
    await press('Enter');
    const [note] = server.wire.heard().filter(({ type }) => type === 'note');
    expect(note).toMatchObject({ text: '@be' });
    expect(note).not.toHaveProperty('mentions');
    server.wire.says({ type: 'ack', id: note?.['id'], at, conversation: 'one', sequence: 1 });
    workspace.drafts.write('one', { mode: 'reply' });
    await types('@Ben');
    expect(offered()).toEqual([]);
    workspace.sendDraft();
    const [reply] = server.wire.heard().filter(({ type }) => type === 'send');
    expect(reply).toMatchObject({ text: '@Ben' });
    expect(reply).not.toHaveProperty('mentions');
  });

  const mentions = (unread: string[]) =>
    server.wire.says({
      type: 'conversation',
      conversation: { ...summary('one', at), triage: { mentioned: ['ada'], mentionUnread: unread } },
    });
  const reads = () => server.wire.heard().filter(({ type }) => type === 'read');

  it('is told to the server as seen by whom it names, whatever a colleague has read', () => {
    server.wire.says({ type: 'read', conversation: 'one', by: 'agent', sequence: 9 });
    mentions(['ada']);
    expect(reads()).toEqual([]);
    workspace.thread.peek()?.read(8);
    expect(reads()).toMatchObject([{ sequence: 8 }]);
    expect(workspace.thread.peek()?.agentRead.peek()).toBe(9);
  });

  it('is told as seen where that it names somebody is known only after it is on screen', () => {
    server.wire.says({ type: 'read', conversation: 'one', by: 'agent', sequence: 8 });
    workspace.thread.peek()?.read(8);
    expect(reads()).toEqual([]);
    mentions(['ada']);
    expect(reads()).toMatchObject([{ sequence: 8 }]);
    mentions([]);
    expect(reads()).toEqual([]);
  });
});
