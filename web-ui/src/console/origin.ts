import type { AgentIn, Frame, Suggestions } from '../shared/frames';
import type { ScreenTime } from './screen-time';

type Send = Frame<AgentIn, 'send'>;

/** What a text was made from: a suggestion of that impression, a canned reply, or one that was searched for. */
export interface Origin {
  impression?: string;
  reply: string;
  title?: string;
  /** The text of the reply. Missing in drafts of older versions and in answers that were not sent. */
  text?: string;
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

// In a text of the agent's own, a few words are those of the reply by chance.
const hardlyAny = 0.2;

/** Long words, numbers and pairs of Chinese characters, as short words stand in every text; those where there is nothing else. */
function words(text: string): string[] {
  const spaced = text.match(/[^\P{L}\p{sc=Han}]{4,}|\p{N}+/gu) ?? [];
  const chinese = [...text.matchAll(/(?=(\p{sc=Han}{2}))/gu)].map(([, pair]) => String(pair));
  const found = [...spaced, ...chinese];
  return found.length > 0 ? found : (text.match(/[\p{L}\p{N}]+/gu) ?? [text]);
}

/** Parts of words count, so that a word that is being changed is still there. */
function shareOf(text: string, other: string): number {
  const all = words(text);
  return all.filter((word) => other.includes(word)).length / all.length;
}

/** Whether hardly a word is left of the reply, and hardly a word of the text is from it: a shortened reply is one yet. */
export function isOwn({ text, origin }: Pick<Written, 'text' | 'origin'>): boolean {
  if (origin?.text === undefined) return origin === undefined;
  const [here, reply] = [text, origin.text].map((some) => some.trim().toLowerCase()) as [string, string];
  return here === '' || Math.max(shareOf(here, reply), shareOf(reply, here)) < hardlyAny;
}

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

/** By which a suggestion that was turned down is known again. */
export function rejection(impression: string, reply: string): string {
  return `${impression} ${reply}`;
}
