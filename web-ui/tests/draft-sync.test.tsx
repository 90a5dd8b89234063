import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Composer } from '../src/console/composer';
import { Workspace } from '../src/console/workspace';
import type { StoredDraft } from '../src/shared/frames';
import { tabId } from '../src/shared/tabs';
import { ada, answers, summary } from './console-bench';
import { FakeServer } from './fake-wire';

describe('what an agent writes', () => {
  let server: FakeServer;
  let workspace: Workspace;
  let box: HTMLElement;
  let revision: number;

  const welcomed = async (draft?: Partial<StoredDraft>) => {
    server.wire.onopen?.();
    server.wire.says({
      type: 'welcome',
      agent: { id: 'ada', name: 'Ada', role: 'agent' },
      maxTextLength: 8000,
    });
    opened(draft);
    await vi.advanceTimersByTimeAsync(0);
  };
  const opened = (draft?: Partial<StoredDraft>) =>
    server.wire.says({
      type: 'opened',
      conversation: summary('one', '2026-03-02T09:00:00Z'),
      customerRead: 0,
      agentRead: 0,
      customerOnline: true,
      viewers: [],
      draft: draft && stored(draft),
    });
  const stored = (draft: Partial<StoredDraft>): StoredDraft => ({
    id: 'v',
    revision: ++revision,
    client: 'phone',
    age: 0,
    mode: 'reply',
    text: '',
    ...draft,
  });
  const arrives = (draft?: Partial<StoredDraft>) =>
    server.wire.says({
      type: 'draft',
      conversation: 'one',
      draft: draft && stored(draft),
      revision: draft ? revision : ++revision,
    });
  const saves = () => server.wire.heard().filter(({ type }) => type === 'draft');
  const answer = ({ id, mode, text, aside }: Record<string, unknown>, more: Partial<StoredDraft> = {}) =>
    arrives({ id, mode, text, aside, client: tabId(), ...more } as Partial<StoredDraft>);
  const text = () => workspace.drafts.of('one').value.text;
  const press = (name: string) =>
    [...box.querySelectorAll('button')].find((button) => button.textContent.trim() === name)?.click();

  const begin = () => {
    workspace = new Workspace(ada, () => undefined);
    workspace.start();
    workspace.select('one');
    const thread = workspace.thread.peek();
    if (!thread) throw new Error('the conversation is open');
    render(<Composer workspace={workspace} thread={thread} />, box);
  };

  beforeEach(async () => {
    revision = 0;
    server = new FakeServer();
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    answers.set('/api/replies/canned', [[]]);
    box = document.createElement('div');
    document.body.append(box);
    begin();
    await welcomed();
    server.wire.heard();
  });

  afterEach(() => {
    workspace.stop();
    render(null, box);
    box.remove();
  });

  it('is never more than a second from being on its way to the server', async () => {
    const typedAt: number[] = [];
    let savedLength = 0;
    for (let length = 1; length <= 60; length++) {
      workspace.write('x'.repeat(length));
      typedAt.push(Date.now());
      await vi.advanceTimersByTimeAsync(90);
      for (const save of saves()) {
        savedLength = String(save.text).length;
        answer(save);
      }
      const oldestUnsaved = typedAt[savedLength];
      if (oldestUnsaved !== undefined) expect(Date.now() - oldestUnsaved).toBeLessThan(1_000);
    }
    await vi.advanceTimersByTimeAsync(400);
    expect(saves()).toMatchObject([{ text: 'x'.repeat(60) }]);
  });

  it('is saved upon what was there, and goes with its message', async () => {
    workspace.write('It is');
    await vi.advanceTimersByTimeAsync(400);
    const [first] = saves();
    expect(first).toMatchObject({ conversation: 'one', client: tabId(), mode: 'reply', text: 'It is' });
    expect(first).not.toHaveProperty('base');
    answer(first ?? {});
    workspace.write('It is here');
    await vi.advanceTimersByTimeAsync(400);
    const [second] = saves();
    expect(second).toMatchObject({ base: first?.id });
    workspace.sendDraft();
    const heard = server.wire.heard();
    expect(heard.filter(({ type }) => type === 'send')).toMatchObject([
      { text: 'It is here', draft: second?.id },
    ]);
    answer(second ?? {});
    expect(text()).toBe('');
    arrives();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(saves()).toEqual([]);
    expect(text()).toBe('');
  });

  it('appears on another device, and goes when it was sent there', async () => {
    arrives({ id: 'v1', text: 'From the phone', mode: 'note' });
    await vi.advanceTimersByTimeAsync(100);
    expect(box.querySelector('textarea')?.value).toBe('From the phone');
    expect(workspace.drafts.of('one').value).toMatchObject({ mode: 'note', version: 'v1' });
    arrives();
    expect(workspace.drafts.of('one').value).toMatchObject({ text: '', mode: 'reply' });
  });

  it('is not written over by another device, whose text is put aside and can be taken or left', async () => {
    workspace.write('From here');
    arrives({ id: 'v1', text: 'From the phone' });
    expect(text()).toBe('From here');
    await vi.advanceTimersByTimeAsync(400);
    const [save] = saves();
    answer(save ?? {}, { aside: { mode: 'reply', text: 'From the phone' } });
    await vi.advanceTimersByTimeAsync(100);
    expect(text()).toBe('From here');
    expect(box.querySelector('blockquote')?.textContent).toBe('From the phone');

    press('Put it before the text');
    await vi.advanceTimersByTimeAsync(400);
    expect(text()).toBe('From the phone\n\nFrom here');
    expect(box.querySelector('blockquote')).toBeNull();
    const [settled] = saves();
    expect(settled).toMatchObject({ base: save?.id, text: 'From the phone\n\nFrom here' });
    expect(settled).not.toHaveProperty('aside');
  });

  it('takes over what another device has saved after this one, also when the answers cross', async () => {
    workspace.write('From here');
    await vi.advanceTimersByTimeAsync(400);
    const [save] = saves();
    revision = 2;
    arrives({ id: 'later', text: 'From the phone, later' });
    expect(text()).toBe('From here');
    revision = 1;
    answer(save ?? {});
    expect(text()).toBe('From the phone, later');
    arrives({ id: 'older', text: 'stale' });
    server.wire.says({ type: 'draft', conversation: 'one', revision: 1 });
    expect(text()).not.toBe('');
  });

  it('stays in the browser without a connection, and is saved once there is one', async () => {
    server.wire.breaks(1006);
    workspace.write('Typed in the train');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(Object.entries(localStorage).some(([, kept]) => String(kept).includes('Typed in the train'))).toBe(
      true,
    );
    await vi.advanceTimersByTimeAsync(30_000);
    await welcomed({ id: 'v1', text: 'From the phone' });
    expect(text()).toBe('Typed in the train');
    const [save] = saves();
    expect(save).toMatchObject({ text: 'Typed in the train' });
    expect(save?.age).toBeGreaterThanOrEqual(35_000);
    expect(save).not.toHaveProperty('base');
  });

  it('is saved again where the server had no time, and not where it says no', async () => {
    const refuse = (code: string, id: unknown) =>
      server.wire.says({ type: 'problem', code, message: '', id });
    workspace.write('It is');
    await vi.advanceTimersByTimeAsync(400);
    refuse('unavailable', saves()[0]?.id);
    await vi.advanceTimersByTimeAsync(2_100);
    const [again] = saves();
    expect(again).toMatchObject({ text: 'It is' });
    refuse('invalid', again?.id);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(saves()).toEqual([]);
    expect(workspace.notice.value).toBeUndefined();
    workspace.write('It is here');
    await vi.advanceTimersByTimeAsync(400);
    expect(saves()).toHaveLength(1);
  });

  it('leaves nothing behind when it is emptied', async () => {
    workspace.write('It is');
    await vi.advanceTimersByTimeAsync(400);
    answer(saves()[0] ?? {});
    workspace.write('');
    await vi.advanceTimersByTimeAsync(400);
    expect(saves()).toMatchObject([{ text: '' }]);
    arrives();
    expect(workspace.drafts.of('one').value).not.toHaveProperty('unsaved', true);
    arrives({ id: 'v9', text: 'From the phone' });
    expect(text()).toBe('From the phone');
  });

  it('of a closed tab is the server’s, which knows whether it was sent meanwhile, but for what it never saved', async () => {
    const leave = (tab: string, draft: object) =>
      localStorage.setItem(
        `replyloop.console.ada.draft.one.${tab}`,
        JSON.stringify({ mode: 'reply', at: 1, editedAt: 1, ...draft }),
      );
    const left = () => Object.keys(localStorage).filter((key) => /draft\.one\.gone/.test(key));
    leave('gone-1', { text: 'Sent from the phone', version: 'v1' });
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(text()).toBe('');
    expect(left()).toEqual([]);

    arrives({ id: 'v2', text: 'It is on', age: 500 });
    leave('gone-2', { text: 'It is on its way', version: 'v2', unsaved: true });
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(workspace.drafts.of('one').value).toMatchObject({ text: 'It is on its way', version: 'v2' });
    answer(saves().at(-1) ?? {});

    leave('gone-3', { text: 'Wholly different' });
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(workspace.drafts.of('one').value).toMatchObject({
      text: 'It is on its way',
      aside: { text: 'Wholly different', mode: 'reply' },
    });
    expect(left()).toEqual([]);
  });

  it('that waits in the outbox does not come back as a draft', async () => {
    workspace.write('It is');
    await vi.advanceTimersByTimeAsync(400);
    const [save] = saves();
    answer(save ?? {});
    server.wire.breaks(1006);
    workspace.sendDraft();
    await vi.advanceTimersByTimeAsync(30_000);
    await welcomed({ id: String(save?.id), client: tabId(), text: 'It is' });
    expect(text()).toBe('');
  });

  it('is saved without the words of its reply where both are too long, and not at all where it is itself', async () => {
    const long = '字'.repeat(7_000);
    workspace.drafts.write('one', { text: long, origin: { reply: 'r1', title: 'Long', text: long } });
    await vi.advanceTimersByTimeAsync(400);
    const [save] = saves();
    expect(save?.origin).toEqual({ reply: 'r1', title: 'Long' });
    answer(save ?? {});
    workspace.write('字'.repeat(12_000));
    await vi.advanceTimersByTimeAsync(400);
    expect(saves()).toEqual([]);
  });
});
