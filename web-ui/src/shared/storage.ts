import { signal } from '@preact/signals';
import { parsed } from './json';
import type { OutboxStore, Outgoing } from './outbox';
import { livingTabs, tabId } from './tabs';

/** Whether this browser stores data: strict settings may forbid it, and space is limited. */
export const keeping = signal<'kept' | 'full' | 'blocked'>('kept');
const tryKey = 'replyloop.try';
const notKept = new Set<string>();

/** Writes to local storage, if available. Returns whether the value is stored. */
export function remember(key: string, value: string | undefined): boolean {
  try {
    if (value === undefined || value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    notKept.delete(key);
    notKept.delete(tryKey);
    if (notKept.size === 0) keeping.value = 'kept';
    return true;
  } catch {
    // The page works without storage, except that a reload loses the value, which the person must know.
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

/** Checks at the start whether storage works, before somebody relies on it. */
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

/** The keys with this prefix. */
export function keysBelow(beginning: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(beginning));
  } catch {
    return [];
  }
}

/**
 * Deletes the data of somebody who no longer writes here: that of this tab immediately, that of other tabs only once
 * they are closed, because somebody may still be writing in an open tab.
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
  // Checked again, because the owner of the data may have come back in the meantime.
  for (const { key, tab } of left())
    if (elsewhere.has(key) && !alive.has(tab ?? '')) remember(key, undefined);
}

type Stored<F> = Outgoing<F> & { tab?: string; owner?: string };

/**
 * Actions that survive a reload, each under its own key, so that tabs do not overwrite each other's.
 *
 * @param key under which previous versions stored a list of all actions
 * @param owner whose actions these are; those of others in the same browser are ignored
 * @param until ends the notifications about other tabs
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
    const { frame, at, refused, heldUntil } = stored;
    return { frame, at, refused, heldUntil, elsewhere: stored.tab !== tabId() || undefined };
  };
  const keep = ({ frame, at, refused, heldUntil }: Outgoing<F>) => {
    const stored: Stored<F> = { frame, at, refused, heldUntil, tab: tabId(), owner: owner() || undefined };
    return remember(keyOf(frame.id), JSON.stringify(stored));
  };
  // Previous versions did not store an owner, who was the first person here.
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
          // From a tab that still runs the previous version.
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

/** Stored data may be truncated, or from an unknown version. */
function isAct<F extends { id: string }>(stored: Partial<Outgoing<Partial<F>>>): stored is Outgoing<F> {
  return typeof stored.frame?.id === 'string' && typeof stored.at === 'number';
}

function actsOf<F extends { id: string }>(text: string): Outgoing<F>[] {
  const list = parsed<Outgoing<F>[]>(text);
  return Array.isArray(list) ? list.filter((entry) => isAct<F>(entry)) : [];
}
