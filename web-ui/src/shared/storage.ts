import type { OutboxStore, Outgoing } from './outbox';

/** Local storage where there is some: private windows and strict settings may forbid it. */
export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined || value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // The page works without; only a reload forgets.
  }
}

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function recallJson<T>(key: string): T | undefined {
  const text = recall(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Acts that survive a reload. */
export function storedOutbox<F extends { id: string }>(key: string): OutboxStore<F> {
  return {
    load: () => recallJson<Outgoing<F>[]>(key) ?? [],
    save: (entries) => remember(key, entries.length ? JSON.stringify(entries) : undefined),
  };
}
