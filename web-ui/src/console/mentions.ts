import { signal } from '@preact/signals';
import { request } from '../shared/api';
import type { Colleague } from '../shared/frames';
import { fittingNames, mentionedIn, queryAt, type Named } from '../shared/mention-text';

/** Whoever may be named in a note: all of the team who may sign in. Loaded when the first @ is typed. */
export const people = signal<Named[]>([]);

const freshFor = 60_000;
const shownAtMost = 6;
let loadedAt = 0;
let loading: Promise<void> | undefined;

function areFresh(): boolean {
  return people.peek().length > 0 && Date.now() - loadedAt < freshFor;
}

/** Whether a note has to wait until it is known whom it may name. */
export function mustLoadFor(text: string): boolean {
  return /[@＠]/.test(text) && !areFresh();
}

/** Returns whether there is a list. Without it nobody is offered, which the next @ tries again. */
export async function loadPeople(): Promise<boolean> {
  if (areFresh()) return true;
  loading ??= request<Colleague[]>('/api/colleagues').then(
    (all) => {
      people.value = all.map(({ id, name }) => ({ id, name }));
      loadedAt = Date.now();
    },
    () => undefined,
  );
  await loading;
  loading = undefined;
  return people.peek().length > 0;
}

export interface Mentionable extends Named {
  /** The text with the name in place of what was typed, and where the caret is then. */
  put: (text: string, caret: number) => { text: string; caret: number };
}

/** Colleagues who can be put where somebody types after an @. */
export function mentionable(text: string, caret: number, me: string): Mentionable[] {
  const query = queryAt(text, caret);
  if (!query) return [];
  const fitting = fittingNames(
    people.value.filter(({ id }) => id !== me),
    query.words,
  );
  // Whose name stands there whole is not offered again, as long as nobody has a longer one.
  if (fitting.length > 0 && fitting.every(({ name }) => query.words === name)) return [];
  return fitting.slice(0, shownAtMost).map(({ id, name }) => ({
    id,
    name,
    put: (from, to) => {
      const begin = `${from.slice(0, query.from)}@${name} `;
      return { text: begin + from.slice(to).replace(/^ /, ''), caret: begin.length };
    },
  }));
}

/** What goes with a note: the server takes those who are still there. */
export function mentionsOf(text: string): { mentions?: string[] } {
  const named = mentionedIn(text, people.peek());
  return named.length > 0 ? { mentions: named.map(({ id }) => id).slice(0, mostMentions) } : {};
}

/** As the server has it. */
const mostMentions = 20;
