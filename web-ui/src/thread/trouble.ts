import { signal, useSignalEffect, type Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Connection } from '../shared/connection';

export type Trouble = 'connecting' | 'offline' | 'unreachable' | 'silent';

/** Shorter troubles heal before anybody has to read about them. */
const sayAfter = 1_000;

export function troubleOf(connection: Connection): Trouble | undefined {
  const health = connection.health.value;
  if (health === 'stopped') return undefined;
  if (health === 'online') return connection.unanswered.value ? 'silent' : undefined;
  if (connection.offline.value) return 'offline';
  // Another attempt is part of the same trouble; its text must not come and go with each.
  return health === 'waiting' || connection.failing.value ? 'unreachable' : 'connecting';
}

/** The trouble that lasts; gone as soon as it is. */
export function useTrouble(connection: Connection): Signal<Trouble | undefined> {
  const said = useMemo(() => signal<Trouble | undefined>(undefined), [connection]);
  useSignalEffect(() => {
    const now = troubleOf(connection);
    if (now === undefined || said.peek() !== undefined) {
      said.value = now;
      return;
    }
    // Whether the server is silent has been waited for already.
    const timer = setTimeout(() => (said.value = troubleOf(connection)), now === 'silent' ? 0 : sayAfter);
    return () => clearTimeout(timer);
  });
  return said;
}
