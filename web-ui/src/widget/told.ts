import { effect } from '@preact/signals';
import type { CustomerClient } from '../shared/customer';
import type { Host } from './host';

/** Tells the page around what is new in the conversation, not what was there when the chat was opened. */
export function tellOf(client: CustomerClient, host: Host): void {
  let told: number | undefined;
  effect(() => {
    const events = client.log.events.value;
    if (!client.caughtUp.value) {
      // Somebody else writes from now on.
      if (events.length === 0) told = undefined;
      return;
    }
    const from = told ?? Infinity;
    told = events.at(-1)?.sequence ?? 0;
    for (const { sequence, kind, author, status } of events) {
      if (sequence <= from) continue;
      if (kind === 'message') host.happened('message', author.kind);
      if (status === 'resolved') host.happened('resolved', author.kind);
    }
  });
}
