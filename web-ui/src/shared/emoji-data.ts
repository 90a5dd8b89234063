import { recallJson, remember } from './storage';

export type Emoji = readonly [emoji: string, name: string, words: string];

const key = 'replyloop.emoji';
const mostRecent = 16;
const mostFound = 64;
const files: Record<string, () => Promise<{ default: Emoji[][] }>> = {
  en: () => import('virtual:emoji/en'),
  zh: () => import('virtual:emoji/zh'),
};

/** In groups, named in a language; in English where there are no names in it. */
export async function emojiIn(language: string): Promise<Emoji[][]> {
  const load = files[language] ?? files['en'];
  return load ? (await load()).default : [];
}

/** Those that have all that is looked for at the beginning of a word, or in a Chinese one; whole words of names first. */
export function found(groups: Emoji[][], looked: string): Emoji[] {
  const parts = looked.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ([emoji, name, words]: Emoji): number => {
    const [inName, inWords] = [name, words].map((text) => text.toLowerCase());
    const all = (test: (part: string) => boolean) => parts.every(test);
    if (emoji === looked.trim() || all((part) => wordsOf(inName).includes(part))) return 0;
    if (all((part) => begins(inName, part))) return 1;
    return all((part) => begins(inName, part) || begins(inWords, part)) ? 2 : 3;
  };
  const ranked = groups.flat().map((each) => [rank(each), each] as const);
  return [0, 1, 2]
    .flatMap((wanted) => ranked.flatMap(([has, each]) => (has === wanted ? [each] : [])))
    .slice(0, mostFound);
}

function wordsOf(text = ''): string[] {
  return text.split(/[^\p{L}\p{N}]+/u);
}

function begins(text = '', part: string): boolean {
  return /[a-z]/.test(part) ? wordsOf(text).some((word) => word.startsWith(part)) : text.includes(part);
}

/** The newest first. */
export function recentEmoji(): string[] {
  const kept = recallJson<unknown>(key);
  return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(0, mostRecent) : [];
}

export function rememberEmoji(emoji: string): void {
  const others = recentEmoji().filter((each) => each !== emoji);
  remember(key, JSON.stringify([emoji, ...others].slice(0, mostRecent)));
}
