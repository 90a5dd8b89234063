import type { AgentIn, Frame, Suggestions } from '../shared/frames';
import type { ScreenTime } from './screen-time';

type Send = Frame<AgentIn, 'send'>;

/** What a text was made from: a suggestion of that impression, a canned reply, or one that was searched for. */
export interface Origin {
  impression?: string;
  reply: string;
  title?: string;
  /** Missing in drafts of older versions. */
  source?: 'suggestion' | 'canned' | 'search';
  /** What was typed to find it. */
  search?: string;
}

interface Written {
  text: string;
  mode: 'reply' | 'note';
  origin?: Origin;
  /** What the agent had typed before taking the reply. */
  typed?: string;
}

// The server refuses more.
const longestTyped = 2_000;
const longestSearch = 200;

function cut(text: string | undefined, longest: number): string | undefined {
  return text === undefined ? undefined : [...text].slice(0, longest).join('') || undefined;
}

/** What stands in the editor of the agent's own words when a reply is taken. */
export function typedBefore({ text, mode, origin, typed }: Written): string | undefined {
  if (mode === 'note') return undefined;
  return origin ? typed : cut(text.trim(), longestTyped);
}

/**
 * How an answer came about, from which the product learns. Own words, too, are an answer to what was on the screen.
 *
 * @param shown what is on the screen
 */
export function told(
  { origin, typed }: Pick<Written, 'origin' | 'typed'>,
  shown: Suggestions | 'looking' | undefined,
  screen: ScreenTime,
): Pick<Send, 'impression' | 'reply' | 'source' | 'typed' | 'search' | 'onScreenMillis'> {
  const impression = origin?.impression ?? (typeof shown === 'object' ? shown.impression : undefined);
  return {
    impression,
    reply: origin?.reply,
    source: origin ? (origin.source ?? (origin.impression === undefined ? 'canned' : 'suggestion')) : 'own',
    typed: origin && cut(typed, longestTyped),
    search: cut(origin?.search, longestSearch),
    onScreenMillis: screen.millis(impression),
  };
}

/** What an answer that was not sent had been made from. */
export function originOf({ impression, reply, source, search }: Send): Origin | undefined {
  if (reply === undefined) return undefined;
  // The impression of another reply is only that of the moment.
  const own = source === undefined || source === 'suggestion' ? impression : undefined;
  return { impression: own, reply, source: source === 'own' ? undefined : source, search };
}
