import type { Draft } from './drafts';
import { mostChoices } from './drafts';

/** A reply that may offer short answers. */
export interface Offering {
  choices?: string[];
}

/**
 * The answers that go with a text in whose place a reply was put: the reply's. Where it has none, those that the agent has
 * offered stay, unless they came with another reply.
 */
export function offeredWith(
  { choices, origin }: Pick<Draft, 'choices' | 'origin'>,
  reply: Offering,
): Offering {
  if (reply.choices?.length) return { choices: reply.choices };
  return { choices: origin ? undefined : choices };
}

/** Those of a draft behind which a reply was put, and the reply's, as many as can be offered. */
export function offeredTogether({ choices = [] }: Pick<Draft, 'choices'>, reply: Offering): Offering {
  const all = [...new Set([...choices, ...(reply.choices ?? [])])].slice(0, mostChoices);
  return { choices: all.length > 0 ? all : undefined };
}
