import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CheatSheet } from '../src/console/cheat-sheet';
import { listenToKeys, type Overlay } from '../src/console/keys';
import { usualKeys } from '../src/console/own-keys';
import { ThreadPane } from '../src/console/thread-pane';
import { chooseUndo } from '../src/console/undo-send';
import { Workspace } from '../src/console/workspace';
import { ada, answers, summary } from './console-bench';
import { FakeServer } from './fake-wire';

let server: FakeServer;
let workspace: Workspace;
let box: HTMLElement;
let unlisten: () => void;
const overlay = signal<Overlay>(undefined);

beforeEach(async () => {
  server = new FakeServer();
  vi.stubGlobal('WebSocket', function open() {
    return server.open();
  });
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
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
  workspace.thread.peek();
  server.wire.says({
    type: 'opened',
    conversation: summary('one', '2026-03-02T09:00:00Z'),
    customerRead: 0,
    agentRead: 0,
    customerOnline: true,
    viewers: [],
  });
  overlay.value = undefined;
  unlisten = listenToKeys(workspace, overlay);
  box = document.createElement('div');
  document.body.append(box);
  server.wire.heard();
});

afterEach(() => {
  chooseUndo(0);
  usualKeys();
  workspace.stop();
  unlisten();
  render(null, box);
  box.remove();
});

async function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) {
  target.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      code: `Key${key.toUpperCase()}`,
      bubbles: true,
      cancelable: true,
      ...more,
    }),
  );
  await vi.advanceTimersByTimeAsync(50);
}

describe('the keys of an agent', () => {
  const field = (name: string) => box.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`);
  const set = async (name: string, key: string) => {
    const input = field(name);
    if (!input) throw new Error(`no field ${name}`);
    input.value = key;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(50);
  };
  const mode = () => workspace.drafts.of('one').value.mode;
  const said = () => box.querySelector('[role=status]')?.textContent;
  const openSheet = async () => {
    render(<CheatSheet closed={() => undefined} />, box);
    [...box.querySelectorAll('button')].find(({ textContent }) => textContent === 'Change keys…')?.click();
    await vi.advanceTimersByTimeAsync(50);
  };
  const closeSheet = () => render(null, box);

  it('can be changed and switched off, and are what the sheet says, also after a reload', async () => {
    await openSheet();
    await set('Write a note: n', 'm');
    await set('Take or release: t', '');
    closeSheet();
    await press('n');
    expect(mode()).toBe('reply');
    await press('m');
    expect(mode()).toBe('note');
    await press('t');
    expect(server.wire.heard().filter(({ type }) => type === 'take')).toEqual([]);

    unlisten();
    unlisten = listenToKeys(workspace, overlay);
    render(<CheatSheet closed={() => undefined} />, box);
    const caps = [...box.querySelectorAll('kbd')].map(({ textContent }) => textContent);
    expect(caps).toContain('m');
    expect(caps).not.toContain('n');
    expect(caps).not.toContain('t');
  });

  it('are not given twice, and are no digits', async () => {
    await openSheet();
    await set('Write a note: n', 'r');
    expect(said()).toBe('“r” is taken: Write a reply');
    expect(field('Write a note: n')?.value).toBe('n');
    for (const key of ['7', ' x7', '注']) {
      await set('Write a note: n', key);
      expect(said()).toContain('no digit');
    }
    closeSheet();
    await press('n');
    expect(mode()).toBe('note');
  });

  it('do nothing while somebody types or composes, or a window is open', async () => {
    await press('n', { isComposing: true });
    await press('n', { keyCode: 229 });
    overlay.value = 'help';
    await press('n');
    overlay.value = undefined;
    const area = document.createElement('textarea');
    box.append(area);
    await press('n', {}, area);
    expect(mode()).toBe('reply');
  });
});

describe('a message that can be taken back', () => {
  const sent = () => server.wire.heard().filter(({ type }) => type === 'send');
  const held = () => workspace.thread.peek()?.entries.value.filter(({ held }) => held) ?? [];

  const sends = async (text: string) => {
    workspace.write(text);
    await vi.advanceTimersByTimeAsync(1_000);
    workspace.sendDraft();
    await vi.advanceTimersByTimeAsync(50);
  };

  it('is not there until an agent wants it', async () => {
    await sends('At once');
    expect(sent()).toMatchObject([{ text: 'At once' }]);
  });

  it('waits, is seen waiting, and is sent by itself, with the typing mark until then', async () => {
    chooseUndo(5);
    await sends('In a moment');
    const frames = server.wire.heard();
    expect(frames.filter(({ type }) => type === 'send')).toEqual([]);
    expect(held()).toMatchObject([{ text: 'In a moment', delivery: 'sending' }]);
    await vi.advanceTimersByTimeAsync(4_000);
    const typing = [...frames, ...server.wire.heard()].filter(({ type }) => type === 'typing');
    expect(typing.length).toBeGreaterThanOrEqual(2);
    expect(typing.every(({ active }) => active)).toBe(true);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(sent()).toMatchObject([{ text: 'In a moment' }]);
    expect(held()).toEqual([]);
  });

  it('comes back into the editor by its button and by u, and by Alt U while writing', async () => {
    chooseUndo(10);
    render(<ThreadPane workspace={workspace} />, box);
    await sends('Not like this');
    const undo = [...box.querySelectorAll('button')].find(({ textContent }) =>
      textContent.startsWith('Undo'),
    );
    expect(undo?.parentElement?.textContent).toContain('Not sent yet');
    undo?.click();
    expect(workspace.drafts.of('one').value.text).toBe('Not like this');
    for (const how of [
      () => press('u'),
      () => press('ü', { code: 'KeyU', altKey: true }, box.querySelector('textarea') ?? box),
    ]) {
      await vi.advanceTimersByTimeAsync(50);
      workspace.sendDraft();
      expect(held()).toHaveLength(1);
      await how();
      expect(workspace.drafts.of('one').value.text).toBe('Not like this');
      expect(held()).toEqual([]);
    }
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent()).toEqual([]);
  });

  it('is sent when the page is closed', async () => {
    chooseUndo(10);
    await sends('Last words');
    window.dispatchEvent(new Event('pagehide'));
    expect(sent()).toMatchObject([{ text: 'Last words' }]);
  });

  it('is sent by the next page where this one was killed, and after a lost connection', async () => {
    chooseUndo(10);
    await sends('Survives');
    workspace.stop();
    await vi.advanceTimersByTimeAsync(15_000);
    workspace = new Workspace(ada, () => undefined);
    workspace.start();
    server.wire.onopen?.();
    server.wire.says({
      type: 'welcome',
      agent: { id: 'ada', name: 'Ada', role: 'agent' },
      maxTextLength: 8000,
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(sent()).toMatchObject([{ text: 'Survives' }]);
  });

  it('waits no longer after the clock was set back', async () => {
    chooseUndo(5);
    await sends('Whenever');
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(sent()).toMatchObject([{ text: 'Whenever' }]);
  });
});
