import type { Draft } from './drafts';
import { offeredTogether, offeredWith, type Offering } from './offered';
import { typedBefore, type Origin } from './origin';

/** Text that waits for the agent's word, because there is other text in the editor. */
export interface Replacement extends Offering {
  text: string;
  origin: Origin | undefined;
}

/** What stands in the editor once the agent has said whether the wanted text takes the place of what is there. */
export function replaced(draft: Draft, wanted: Replacement, how: 'replace' | 'append'): Partial<Draft> {
  const text = how === 'replace' ? wanted.text : `${draft.text.trimEnd()}\n${wanted.text}`;
  const offered = how === 'replace' ? offeredWith(draft, wanted) : offeredTogether(draft, wanted);
  return { ...wanted, ...offered, typed: typedBefore(draft), text, mode: 'reply' };
}

/** What is done only when it is confirmed. */
export interface Question {
  about: 'take-over' | 'resolve';
  conversation: string;
}

/** A text with a word that looks like a shortcode, which is not sent before somebody has said so. */
export interface Doubt {
  conversation: string;
  text: string;
  word: string;
}
