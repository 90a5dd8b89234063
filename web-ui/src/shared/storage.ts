import { signal } from '@preact/signals';
import { parsed } from './json';
import type { OutboxStore, Outgoing } from './outbox';
import { livingTabs, tabId } from './tabs';

/** Whether this browser keeps what it is given: strict settings may forbid it, and there is an end to all room. */
export const keeping = signal<'kept' | 'full' | 'blocked'>('kept');
const tryKey = 'replyloop.try';
const notKept = new Set<string>();

/** Local storage where there is some. Gives whether the value is there now. */
export function remember(key: string, value: string | undefined): boolean {
  try {
    if (value === undefined || value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    notKept.delete(key);
    notKept.delete(tryKey);
    if (notKept.size === 0) keeping.value = 'kept';
    return true;
  } catch {
    // The page works without; only a reload forgets. That much has to be said.
    notKept.add(key);
    keeping.value = recallable() ? 'full' : 'blocked';
    return false;
  }
}

function recallable(): boolean {
  try {
    return localStorage.length >= 0;
  } catch {
    return false;
  }
}

/** Finds out at the start whether anything can be kept, before somebody relies on it. */
export function tryStorage(): void {
  if (remember(tryKey, 'kept')) remember(tryKey, undefined);
}

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function recallJson<T>(key: string): T | undefined {
  return parsed<T>(recall(key));
}

/** The keys that begin like this. */
export function keysBelow(beginning: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(beginning));
  } catch {
    return [];
  }
}

/**
 * Forgets what somebody has kept who writes here no more: at once what this tab has kept, and what others have only when
 * they are gone. In a tab that lives they may be writing still.
 */
export async function forgetLeft(
  left: () => { key: string; tab: string | undefined }[],
  living: () => Promise<Set<string>>,
): Promise<void> {
  const isHere = ({ tab }: { tab: string | undefined }) => tab === undefined || tab === tabId();
  const all = left();
  for (const { key } of all.filter(isHere)) remember(key, undefined);
  const elsewhere = new Set(all.filter((each) => !isHere(each)).map(({ key }) => key));
  if (elsewhere.size === 0) return;
  const alive = await living();
  // Asked again: meanwhile the one before may have come back, whose things these are.
  for (const { key, tab } of left())
    if (elsewhere.has(key) && !alive.has(tab ?? '')) remember(key, undefined);
}

type Stored<F> = Outgoing<F> & { tab?: string; owner?: string };

/**
 * Acts that survive a reload, each under a key of its own, so that tabs do not write over each other's.
 *
 * @param key where versions before this one kept a list of all of them
 * @param owner whose acts these are; those of somebody else in the same browser are left alone
 * @param until when nobody is to hear any more of what other tabs keep
 */
export function storedOutbox<F extends { id: string }>(
  key: string,
  owner: () => string = () => '',
  living: () => Promise<Set<string>> = livingTabs,
  until?: AbortSignal,
): OutboxStore<F> {
  const keyOf = (id: string) => `${key}.${id}`;
  const read = (text: string | null | undefined): Outgoing<F> | undefined => {
    const stored = parsed<Stored<F>>(text);
    if (!stored || !isAct(stored) || (stored.owner ?? '') !== owner()) return undefined;
    const { frame, at, refused } = stored;
    return { frame, at, refused, elsewhere: stored.tab !== tabId() || undefined };
  };
  const keep = ({ frame, at, refused }: Outgoing<F>) => {
    const stored: Stored<F> = { frame, at, refused, tab: tabId(), owner: owner() || undefined };
    return remember(keyOf(frame.id), JSON.stringify(stored));
  };
  // Whoever kept a list did not say whose it is: it was the first person here.
  const isFirst = () => owner() === '';
  const moveOld = (): void => {
    const old = recall(key);
    if (old === undefined || !isFirst()) return;
    const kept = actsOf<F>(old).map((entry) => recall(keyOf(entry.frame.id)) !== undefined || keep(entry));
    if (kept.every(Boolean)) remember(key, undefined);
  };
  return {
    load() {
      moveOld();
      return keysBelow(`${key}.`)
        .flatMap((each) => read(recall(each)) ?? [])
        .sort((one, other) => one.at - other.at);
    },
    keep,
    drop: (id) => remember(keyOf(id), undefined),
    clear() {
      const left = () =>
        keysBelow(`${key}.`)
          .filter((each) => !read(recall(each)))
          .map((each) => ({ key: each, tab: recallJson<Stored<F>>(each)?.tab }));
      void forgetLeft(left, living);
      remember(key, undefined);
    },
    watch(changed) {
      const stored = (event: StorageEvent) => {
        if (event.key === key && event.newValue !== null) {
          // A tab that still runs the version before.
          if (!isFirst()) return;
          for (const entry of actsOf<F>(event.newValue))
            changed(entry.frame.id, { ...entry, elsewhere: true });
          return;
        }
        const id = event.key?.startsWith(`${key}.`) ? event.key.slice(key.length + 1) : undefined;
        if (id !== undefined) changed(id, read(event.newValue));
      };
      window.addEventListener('storage', stored, { signal: until });
    },
  };
}

/** What stands in the storage may be cut off, or be of a version that nobody remembers. */
function isAct<F extends { id: string }>(stored: Partial<Outgoing<Partial<F>>>): stored is Outgoing<F> {
  return typeof stored.frame?.id === 'string' && typeof stored.at === 'number';
}

function actsOf<F extends { id: string }>(text: string): Outgoing<F>[] {
  const list = parsed<Outgoing<F>[]>(text);
  return Array.isArray(list) ? list.filter((entry) => isAct<F>(entry)) : [];
}
