import { signal } from '@preact/signals';
import { parsed } from '../../shared/json';
import type { Typed } from './content';

/**
 * What somebody has typed and not saved, until it is saved or discarded, in this tab alone: whoever opens another reply, goes
 * to another page or loads this one again finds it where it was.
 */
export class KeptReplies {
  /** The replies of which something is kept. */
  readonly ids = signal<ReadonlySet<string>>(new Set());
  private readonly prefix: string;

  constructor(owner: string) {
    this.prefix = `replyloop.reply.${owner}.`;
    this.ids.value = new Set(this.keys().map((key) => key.slice(this.prefix.length)));
  }

  of(reply: string): Typed | undefined {
    const kept = parsed<Partial<Typed>>(this.stored(reply));
    return kept?.fields ? { version: kept.version, fields: kept.fields } : undefined;
  }

  /** Returns whether it is kept; a browser may not have room, or not allow it. */
  keep(reply: string, typed: Typed | undefined): boolean {
    try {
      if (typed) sessionStorage.setItem(this.prefix + reply, JSON.stringify(typed));
      else sessionStorage.removeItem(this.prefix + reply);
    } catch {
      // The form has it nevertheless, and the list does not say that it could be left.
      return false;
    }
    if (this.ids.peek().has(reply) !== (typed !== undefined)) {
      const ids = new Set(this.ids.peek());
      if (typed) ids.add(reply);
      else ids.delete(reply);
      this.ids.value = ids;
    }
    return true;
  }

  private keys(): string[] {
    try {
      return Object.keys(sessionStorage).filter((key) => key.startsWith(this.prefix));
    } catch {
      // A browser without storage keeps nothing.
      return [];
    }
  }

  private stored(reply: string): string | undefined {
    try {
      return sessionStorage.getItem(this.prefix + reply) ?? undefined;
    } catch {
      return undefined;
    }
  }
}
