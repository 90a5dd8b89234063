import type { Origin } from './origin';

/** Text that waits for the agent's word, because there is other text in the editor. */
export interface Replacement {
  text: string;
  origin: Origin | undefined;
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
