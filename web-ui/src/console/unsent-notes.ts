import { signal } from '@preact/signals';
import type { components } from '../shared/rest';

export type Note = components['schemas']['CustomerNote'];

/** Words about a customer that are neither added nor saved. */
export interface Unsent {
  text: string;
  /** Beside which they were typed: they go with it. */
  conversation: string;
  /** The note that is being changed, as it was read; absent for a new one. */
  note?: Note;
}

/** In this page alone, each under its agent, customer and note. */
const kept = signal<ReadonlyMap<string, Unsent>>(new Map());

/**
 * What an agent has typed about a customer: looking at another conversation meanwhile loses nothing, nor does signing in
 * again, and whoever else signs in in this page finds none of it.
 */
export function unsentNotes(agent: string, customer: string) {
  const own = `${agent} ${customer} `;
  return {
    of: (note = ''): Unsent | undefined => kept.value.get(own + note),
    put(unsent: Unsent): void {
      kept.value = new Map(kept.peek()).set(own + (unsent.note?.id ?? ''), unsent);
    },
    /** The customer of a conversation has become another one, by merging or separating: words begun beside it go along. */
    follow(conversation: string): void {
      const rest = new Map(kept.peek());
      for (const [key, unsent] of rest) {
        const isMine = key.startsWith(`${agent} `) && !key.startsWith(own);
        if (!isMine || unsent.conversation !== conversation) continue;
        const moved = own + (unsent.note?.id ?? '');
        const there = rest.get(moved);
        rest.delete(key);
        rest.set(moved, there ? { ...there, text: `${there.text}\n${unsent.text}` } : unsent);
        kept.value = rest;
      }
    },
    drop(note = ''): void {
      const rest = new Map(kept.peek());
      if (rest.delete(own + note)) kept.value = rest;
    },
    /** Those notes that are being changed. */
    begun: (): Note[] =>
      [...kept.value].flatMap(([key, { note }]) => (note && key.startsWith(own) ? [note] : [])),
  };
}

/** The conversation is gone. */
export function forgetUnsent(conversation: string): void {
  kept.value = new Map([...kept.peek()].filter(([, unsent]) => unsent.conversation !== conversation));
}
