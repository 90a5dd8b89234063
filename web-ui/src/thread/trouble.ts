import { useComputed, useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Connection } from '../shared/connection';

export type Trouble = 'connecting' | 'offline' | 'unreachable' | 'silent';

/** Shorter interruptions are over before anybody has to read about them. */
const sayAfter = 1_000;

export function troubleOf(connection: Connection): Trouble | undefined {
  const health = connection.health.value;
  if (health === 'stopped') return undefined;
  if (health === 'online') return connection.unanswered.value ? 'silent' : undefined;
  if (connection.offline.value) return 'offline';
  // A further attempt is part of the same trouble; the text must not flicker with each.
  return health === 'waiting' || connection.failing.value ? 'unreachable' : 'connecting';
}

/** Trouble that lasts; disappears as soon as it is over. */
export function useTrouble(connection: Connection): Signal<Trouble | undefined> {
  const said = useSignal<Trouble | undefined>(undefined);
  const since = useRef<number | undefined>(undefined);
  const trouble = useComputed(() => troubleOf(connection));
  useSignalEffect(() => {
    const now = trouble.value;
    since.current = now && (since.current ?? Date.now());
    // 'silent' already includes a delay.
    const wait = now === 'silent' ? 0 : (since.current ?? 0) + sayAfter - Date.now();
    if (now === undefined || wait <= 0 || said.peek() !== undefined) {
      said.value = now;
      return;
    }
    const timer = setTimeout(() => (said.value = trouble.peek()), wait);
    return () => clearTimeout(timer);
  });
  return said;
}
