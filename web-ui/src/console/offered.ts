import type { Draft } from './drafts';
import { mostChoices } from './drafts';

/** A reply that may offer short answers. */
export interface Offering {
  choices?: string[];
}

type Offered = Pick<Draft, 'choices' | 'cameAlong'>;

/**
 * The answers that go with a text in whose place a reply was put: the reply's. Where it has none, those that the agent has
 * offered stay, unless they came with another reply.
 */
export function offeredWith(
  { choices = [], origin, cameAlong }: Pick<Draft, 'choices' | 'origin' | 'cameAlong'>,
  reply: Offering,
): Offered {
  if (reply.choices?.length) return { choices: reply.choices, cameAlong: reply.choices };
  // Of a draft of another device it is not known whose they are.
  const theirs = origin ? (cameAlong ?? choices) : [];
  const own = choices.filter((choice) => !theirs.includes(choice));
  return { choices: own.length > 0 ? own : undefined, cameAlong: [] };
}

/** Those of a draft behind which a reply was put, and the reply's, as many as can be offered. */
export function offeredTogether(
  { choices = [], cameAlong = [] }: Pick<Draft, 'choices' | 'cameAlong'>,
  reply: Offering,
): Offered {
  const all = [...new Set([...choices, ...(reply.choices ?? [])])].slice(0, mostChoices);
  return { choices: all.length > 0 ? all : undefined, cameAlong: [...cameAlong, ...(reply.choices ?? [])] };
}
