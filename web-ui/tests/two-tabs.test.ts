import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Drafts } from '../src/console/drafts';
import { DraftStore, joined } from '../src/shared/draft-store';
import { Outbox, type Outgoing } from '../src/shared/outbox';
import { keeping, remember, storedOutbox } from '../src/shared/storage';
import { tabId } from '../src/shared/tabs';

interface Act {
  id: string;
  text: string;
}

const key = 'replyloop.test.outbox';

/** What another tab does to the storage that all of them share. */
function elsewhere(name: string, value: string | undefined): void {
  if (value === undefined) localStorage.removeItem(name);
  else localStorage.setItem(name, value);
  window.dispatchEvent(new StorageEvent('storage', { key: name, newValue: value ?? null }));
}

function other(id: string, more: object = {}): string {
  return JSON.stringify({ frame: { id, text: `text ${id}` }, at: Date.now(), tab: 'other', ...more });
}

describe('unsent acts of two tabs', () => {
  let sent: string[];
  let online: boolean;
  let outbox: Outbox<Act>;
  let owner: string;
  let living: Set<string>;

  const open = () =>
    new Outbox<Act>(
      ({ id }) => {
        if (online) sent.push(id);
        return online;
      },
      undefined,
      storedOutbox<Act>(
        key,
        () => owner,
        () => Promise.resolve(living),
      ),
    );
  const shown = () => outbox.entries.value.map(({ frame }) => frame.id);

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    sent = [];
    online = true;
    owner = '';
    living = new Set();
    outbox = open();
  });

  afterEach(() => {
    outbox.closed();
    vi.useRealTimers();
  });

  it('stand beside each other, whichever writes last', () => {
    const second = open();
    outbox.add({ id: 'a', text: 'one tab' });
    second.add({ id: 'b', text: 'the other' });
    outbox.add({ id: 'c', text: 'one tab again' });
    outbox = open();
    expect(shown().sort()).toEqual(['a', 'b', 'c']);
  });

  it('are settled by either tab when they have been refused', () => {
    outbox.opened();
    outbox.add({ id: 'mine', text: 'refused' });
    outbox.refused('mine', { code: 'thread-moved-on', message: '' });
    elsewhere(`${key}.mine`, undefined);
    expect(shown()).toEqual([]);
  });

  it('are shown in both, and left to the tab that they were done in', async () => {
    outbox.opened();
    elsewhere(`${key}.x`, other('x'));
    expect(shown()).toEqual(['x']);
    await vi.advanceTimersByTimeAsync(2_000);
    elsewhere(`${key}.x`, undefined);
    expect(shown()).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
  });

  it('are sent from here when their own tab does not do it, in the order of writing', async () => {
    elsewhere(`${key}.x`, other('x'));
    await vi.advanceTimersByTimeAsync(1);
    outbox.add({ id: 'mine', text: 'later' });
    outbox.opened();
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual(['x']);
    outbox.acknowledged('x');
    expect(sent).toEqual(['x', 'mine']);
    expect(localStorage.getItem(`${key}.x`)).toBeNull();
  });

  it('stay here until this tab is told that they have arrived', () => {
    outbox.add({ id: 'a', text: 'mine' });
    elsewhere(`${key}.a`, undefined);
    expect(shown()).toEqual(['a']);
  });

  it('of another person are not touched', () => {
    elsewhere(`${key}.x`, other('x', { owner: 'alice' }));
    expect(shown()).toEqual([]);
    owner = 'alice';
    expect(open().entries.value.map(({ frame }) => frame.id)).toEqual(['x']);
  });

  it('of a tab that lives stay when somebody else signs in here, who does not see them', async () => {
    outbox.add({ id: 'mine', text: 'of the one before' });
    elsewhere(`${key}.left`, other('left'));
    elsewhere(`${key}.alive`, other('alive', { tab: 'living' }));
    elsewhere(`${key}.hers`, other('hers', { owner: 'alice' }));
    living = new Set(['living']);
    owner = 'alice';
    outbox.clear();
    expect(shown()).toEqual(['hers']);
    expect(localStorage.getItem(`${key}.mine`)).toBeNull();
    await vi.advanceTimersByTimeAsync(0);
    expect(localStorage.getItem(`${key}.left`)).toBeNull();
    expect(localStorage.getItem(`${key}.hers`)).not.toBeNull();
    owner = '';
    expect(open().entries.value.map(({ frame }) => frame.id)).toEqual(['alive']);
  });

  it('of somebody who comes back meanwhile stay, though their tab is gone', async () => {
    elsewhere(`${key}.left`, other('left'));
    let answer: (alive: Set<string>) => void = () => undefined;
    const asked = new Promise<Set<string>>((resolve) => (answer = resolve));
    owner = 'alice';
    storedOutbox<Act>(
      key,
      () => owner,
      () => asked,
    ).clear();
    owner = '';
    answer(new Set());
    await vi.advanceTimersByTimeAsync(0);
    expect(open().entries.value.map(({ frame }) => frame.id)).toEqual(['left']);
  });

  it('that cannot be read stop nothing', () => {
    localStorage.setItem(key, '{"no":"list"}');
    localStorage.setItem(`${key}.cut`, '{"frame":{"id":"cu');
    localStorage.setItem(`${key}.other`, '7');
    localStorage.setItem(`${key}.x`, other('x'));
    outbox = open();
    expect(shown()).toEqual(['x']);
  });

  it('that the version before has kept are taken over, at the start and later', () => {
    const old: Outgoing<Act>[] = [{ frame: { id: 'old', text: 'kept before the update' }, at: 1 }];
    localStorage.setItem(key, JSON.stringify(old));
    outbox = open();
    expect(shown()).toEqual(['old']);
    expect(localStorage.getItem(key)).toBeNull();
    elsewhere(key, JSON.stringify([{ frame: { id: 'older', text: 'a tab not reloaded yet' }, at: 0 }]));
    expect(shown()).toEqual(['older', 'old']);
  });

  it('that the version before keeps are nobody else’s than the first person’s', () => {
    const text = JSON.stringify([{ frame: { id: 'old', text: 'of the first one here' }, at: 1 }]);
    owner = 'alice';
    outbox = open();
    elsewhere(key, text);
    expect(shown()).toEqual([]);
    expect(open().entries.value).toEqual([]);
    expect(localStorage.getItem(key)).toBe(text);
    owner = '';
    expect(open().entries.value.map(({ frame }) => frame.id)).toEqual(['old']);
  });

  it('of this tab go at once after a reload', () => {
    online = false;
    outbox.add({ id: 'a', text: 'mine' });
    online = true;
    outbox = open();
    outbox.opened();
    expect(sent).toEqual(['a']);
  });
});

describe('drafts of two tabs', () => {
  const base = 'replyloop.test.draft';
  let living: Set<string>;
  let store: DraftStore<{ text: string }>;
  let owner: string;

  const draftOf = (tab: string, text: string, more: object = {}) =>
    localStorage.setItem(`${base}.${tab}`, JSON.stringify({ text, at: Date.now(), ...more }));
  const takenOver = async (take = true) => {
    let taken: string[] = [];
    await store.takeOver((drafts) => {
      taken = drafts.map(({ text }) => text);
      return take;
    });
    return taken;
  };

  beforeEach(() => {
    localStorage.clear();
    living = new Set();
    owner = '';
    store = new DraftStore(
      base,
      (text) => ({ text }),
      () => owner,
      () => Promise.resolve(living),
    );
  });

  it('are kept apart, and survive a reload of their tab', () => {
    store.keep({ text: 'mine' });
    draftOf('other', 'of the other');
    expect(store.own()?.text).toBe('mine');
    expect(localStorage.getItem(`${base}.${tabId()}`)).toContain('mine');
    store.keep(undefined);
    expect(store.own()).toBeUndefined();
    expect(localStorage.getItem(`${base}.other`)).toContain('of the other');
  });

  it('are left to tabs that live, and taken over from those that are gone', async () => {
    draftOf('gone', 'left behind');
    draftOf('here', 'being written');
    living = new Set(['here']);
    expect(await takenOver()).toEqual(['left behind']);
    expect(localStorage.getItem(`${base}.gone`)).toBeNull();
    expect(localStorage.getItem(`${base}.here`)).toContain('being written');
  });

  it('stay where they are while there is no room for them', async () => {
    draftOf('gone', 'left behind');
    await takenOver(false);
    expect(localStorage.getItem(`${base}.gone`)).toContain('left behind');
  });

  it('of several tabs that are gone come together, and nothing of them twice', async () => {
    draftOf('one', 'first', { at: 1 });
    draftOf('two', 'second', { at: 2 });
    draftOf('three', 'first', { at: 3 });
    expect(joined(await takenOver())).toBe('first\n\nsecond');
  });

  it('that the version before has kept are taken over', async () => {
    localStorage.setItem(base, 'typed before the update');
    expect(await takenOver()).toEqual(['typed before the update']);
    expect(localStorage.getItem(base)).toBeNull();
  });

  it('that the version before has kept are nobody else’s than the first person’s', async () => {
    localStorage.setItem(base, 'typed before the update');
    owner = 'alice';
    expect(await takenOver()).toEqual([]);
    owner = '';
    expect(await takenOver()).toEqual(['typed before the update']);
  });

  it('of somebody who comes back meanwhile stay, though their tab is gone', async () => {
    draftOf('gone', 'left behind');
    owner = 'alice';
    store.clear();
    owner = '';
    expect(await takenOver()).toEqual(['left behind']);
  });

  it('of another person are not shown', async () => {
    draftOf('gone', 'a secret', { owner: 'alice' });
    expect(await takenOver()).toEqual([]);
    owner = 'alice';
    expect(await takenOver()).toEqual(['a secret']);
  });

  it('of a tab that lives stay when somebody else signs in here', async () => {
    store.keep({ text: 'mine' });
    draftOf('gone', 'left behind');
    draftOf('here', 'being written');
    draftOf('hers', 'begun by Alice', { owner: 'alice' });
    living = new Set(['here']);
    owner = 'alice';
    store.clear();
    expect(await takenOver()).toEqual(['begun by Alice']);
    expect(Object.keys(localStorage)).toEqual([`${base}.here`]);
  });
});

describe('what an agent has begun in several tabs', () => {
  const base = 'replyloop.console.ada.draft.c';
  const draft = (text: string) => JSON.stringify({ text, mode: 'reply', at: 1 });

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is seen in the inbox, and stays where it is until the conversation is opened', async () => {
    localStorage.setItem(`${base}.gone`, draft('left behind'));
    const drafts = new Drafts('ada');
    expect(drafts.begun('c')).toBe('left behind');
    await vi.advanceTimersByTimeAsync(2_000);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(Object.keys(localStorage)).toEqual([`${base}.gone`]);
    elsewhere(`${base}.gone`, draft('left behind, and more'));
    expect(drafts.begun('c')).toBe('left behind, and more');

    drafts.of('c');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(drafts.of('c').value.text).toBe('left behind, and more');
    expect(Object.keys(localStorage)).toEqual([`${base}.${tabId()}`]);
    expect(drafts.begun('c')).toBe('left behind, and more');
    drafts.clear('c');
    expect(drafts.begun('c')).toBe('');
  });

  it.each(['{"text":"cut o', 'null', '{"text":7}'])(
    'is taken over also beside one that cannot be read: %s',
    async (broken) => {
      localStorage.setItem(base, broken);
      localStorage.setItem(`${base}.broken`, broken);
      localStorage.setItem(`${base}.gone`, draft('left behind'));
      const drafts = new Drafts('ada');
      drafts.of('c');
      await vi.advanceTimersByTimeAsync(2_000);
      expect(drafts.of('c').value.text).toBe('left behind');
    },
  );
});

describe('a browser that does not keep', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    localStorage.clear();
    remember('a', undefined);
    remember('b', undefined);
  });

  it('is told of when its room is full, until what failed has been kept', () => {
    vi.stubGlobal('localStorage', {
      length: 1,
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(remember('a', 'text')).toBe(false);
    expect(keeping.value).toBe('full');
    vi.unstubAllGlobals();
    expect(remember('b', 'text')).toBe(true);
    expect(keeping.value).toBe('full');
    expect(remember('a', 'text')).toBe(true);
    expect(keeping.value).toBe('kept');
  });

  it('is told of when it keeps nothing at all', () => {
    vi.stubGlobal('localStorage', undefined);
    expect(remember('a', 'text')).toBe(false);
    expect(keeping.value).toBe('blocked');
  });
});
