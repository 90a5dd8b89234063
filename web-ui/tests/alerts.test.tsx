import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  alertOf,
  badge,
  desktop,
  Occasions,
  sounds,
  switchDesktop,
  switchSound,
} from '../src/console/alerts';
import { Workspace } from '../src/console/workspace';
import { ada, summary } from './console-bench';
import { FakeServer } from './fake-wire';

const since = '2026-03-02T09:00:00Z';
const now = Date.parse('2026-03-02T09:15:31Z');
const asks = { lastAuthor: 'customer', lastText: 'Hello?' } as const;

describe('what is worth a sound', () => {
  const me = { id: 'ada', name: 'Ada' };

  it('is a message of a customer that nobody or this agent has', () => {
    const occasions = new Occasions('ada');
    expect(occasions.of(summary('free', since, asks), now)).toBe('unassigned');
    expect(occasions.of(summary('mine', since, { ...asks, assignee: me }), now)).toBe('mine');
    expect(occasions.of(summary('bens', since, { ...asks, assignee: { id: 'ben', name: 'Ben' } }), now)).toBe(
      undefined,
    );
  });

  it('is nothing else that happens to the conversation', () => {
    const occasions = new Occasions('ada');
    occasions.of(summary('one', since, asks), now);
    occasions.takes('one');
    expect(occasions.of(summary('one', since, { ...asks, assignee: me, lastSequence: 2 }), now)).toBe(
      undefined,
    );
    expect(occasions.of(summary('one', undefined, { lastAuthor: 'agent', lastText: 'Hi' }), now)).toBe(
      undefined,
    );
    expect(occasions.of(summary('one', since, { ...asks, status: 'resolved' }), now)).toBe(undefined);
    expect(occasions.of(summary('one', since, { ...asks, lastText: 'And now?', assignee: me }), now)).toBe(
      'mine',
    );
  });

  it('is nothing that this agent gets by answering, unless the answer does not go', () => {
    const occasions = new Occasions('ada');
    const free = summary('one', undefined, { lastAuthor: 'agent', lastText: 'Hi' });
    const mine = { ...free, assignee: me, lastSequence: 2 };
    occasions.of(free, now);
    occasions.answers('one', free);
    expect(occasions.of(mine, now)).toBe(undefined);
    // Theirs already: nothing is taken, and what is given later is told.
    occasions.answers('one', mine);
    occasions.of({ ...free, lastSequence: 3 }, now);
    expect(occasions.of({ ...mine, lastSequence: 4 }, now)).toBe('given');
    occasions.of({ ...free, lastSequence: 5 }, now);
    // An answer to what is resolved takes nothing.
    occasions.answers('two', { ...free, id: 'two', status: 'resolved' });
    expect(occasions.of({ ...mine, id: 'two' }, now, { ...free, id: 'two' })).toBe('given');
    occasions.answers('one', free);
    occasions.doesNotAnswer('one');
    expect(occasions.of({ ...mine, lastSequence: 6 }, now)).toBe('given');
  });

  it('is the same words once more', () => {
    const occasions = new Occasions('ada');
    occasions.of(summary('one', since, { ...asks, lastSequence: 1 }), now);
    expect(occasions.of(summary('one', since, { ...asks, lastSequence: 1 }), now)).toBe(undefined);
    expect(occasions.of(summary('one', since, { ...asks, lastSequence: 2 }), now)).toBe('unassigned');
  });

  it('is a note that mentions this agent, once, whatever else happens until it was seen', () => {
    const occasions = new Occasions('ada');
    const mentions = { mentioned: ['ada'], mentionUnread: ['ada'] };
    const line = (more: object) => summary('one', undefined, { lastAuthor: 'agent', ...more });
    const named = line({ triage: mentions, status: 'resolved' });
    expect(occasions.of(named, now)).toBe('mentioned');
    expect(occasions.of({ ...named, lastSequence: 9 }, now)).toBe(undefined);
    expect(occasions.of(line({ triage: { mentioned: ['ada'] } }), now)).toBe(undefined);
    expect(occasions.of(named, now, line({}))).toBe('mentioned');
    const longAgo = { ...named, id: 'two', updatedAt: since };
    expect(occasions.of(longAgo, now)).toBe(undefined);
  });

  it('is a conversation that somebody else has given to this agent, once', () => {
    const occasions = new Occasions('ada');
    const ben = { id: 'ben', name: 'Ben' };
    const bens = summary('one', undefined, { lastAuthor: 'agent', assignee: ben });
    const mine = { ...bens, assignee: me, lastSequence: 2 };
    expect(occasions.of(bens, now)).toBe(undefined);
    expect(occasions.of(mine, now)).toBe('given');
    expect(occasions.of({ ...mine, lastSequence: 3 }, now)).toBe(undefined);
    expect(new Occasions('ada').of(mine, now, bens)).toBe('given');
    expect(new Occasions('ada').of({ ...mine, lastSequence: 3 }, now, mine)).toBe(undefined);
  });

  it('is nothing that happened long ago, and nothing of the blocked', () => {
    const occasions = new Occasions('ada');
    expect(occasions.of(summary('old', since, asks), now + 60_000)).toBe(undefined);
    expect(
      occasions.of(summary('blocked', since, { ...asks, customer: { id: 'c', blocked: true } }), now),
    ).toBe(undefined);
  });
});

describe('an agent who looks elsewhere', () => {
  const shown: string[] = [];
  let permission = 'default';
  class FakeNotification {
    static get permission() {
      return permission;
    }
    static requestPermission() {
      permission = 'granted';
      return Promise.resolve(permission);
    }
    onclick: (() => void) | undefined;
    constructor(title: string, { body, tag }: { body: string; tag: string }) {
      shown.push(`${title}: ${body} (${tag})`);
      made.push(this);
    }
    close() {
      shown.push('closed');
    }
  }
  const made: FakeNotification[] = [];

  beforeEach(() => {
    shown.length = made.length = 0;
    permission = 'default';
    vi.stubGlobal('Notification', FakeNotification);
    vi.stubGlobal('WebSocket', function open() {
      return new FakeServer().open();
    });
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    vi.setSystemTime(now);
  });

  it('sees a notification once asked for, and comes to the conversation by it', async () => {
    const workspace = new Workspace(ada, () => undefined);
    const stop = alertOf(workspace);
    switchSound('unassigned', false);
    workspace.inbox.changed(summary('one', since, { ...asks, customer: { id: 'c', name: 'Wei' } }));
    expect(shown).toEqual([]);
    await switchDesktop(true);
    expect(desktop.value).toBe('on');
    workspace.inbox.changed(
      summary('one', since, { ...asks, lastText: '<b>Still</b> there?', customer: { id: 'c', name: 'Wei' } }),
    );
    expect(shown).toEqual(['Wei: <b>Still</b> there? (one)']);
    made[0]?.onclick?.();
    expect(workspace.selected.value).toBe('one');
    await switchDesktop(false);
    workspace.inbox.changed(summary('one', since, { ...asks, lastText: 'Hello again' }));
    expect(shown).toEqual(['Wei: <b>Still</b> there? (one)', 'closed']);
    stop();
    workspace.stop();
  });

  it('keeps what was chosen', () => {
    switchSound('mine', false);
    expect(sounds.mine.value).toBe(false);
    expect(localStorage.getItem('replyloop.console.sound-off.mine')).not.toBeNull();
    switchSound('mine', true);
    expect(localStorage.getItem('replyloop.console.sound-off.mine')).toBeNull();
  });

  it('sees how many wait on the icon of the tab', () => {
    expect(badge(7)).toContain('>7</text>');
    expect(badge(1_000)).toContain('>99+</text>');
  });
});
