import type { Summary } from './frames';

/** Somebody whom a text may name after an @. */
export interface Named {
  id: string;
  name: string;
}

/** Whether a note mentions this agent, who has not seen it. */
export function mentions(agent: string, triage: Summary['triage']): boolean {
  return triage?.mentionUnread?.includes(agent) ?? false;
}

const wordEnds = /[\p{L}\p{N}_]/u;
const isHan = /\p{sc=Han}/u;

/** Where an @ stands that begins a name and no mail address. */
const at = /(?<![\p{L}\p{N}._%+/-])[@＠]|(?<=\p{sc=Han})[@＠]/gu;

/** The parts of a text, those that name somebody with who that is. Of two names, the longer one is meant. */
export function mentionParts(text: string, people: Named[]): (string | Named)[] {
  const longestFirst = [...people].sort((one, other) => other.name.length - one.name.length);
  const parts: (string | Named)[] = [];
  let from = 0;
  for (const { index } of text.matchAll(at)) {
    const rest = text.slice(index + 1);
    const meant = longestFirst.find(({ name }) => names(rest, name));
    if (!meant || index < from) continue;
    parts.push(text.slice(from, index), meant);
    from = index + 1 + meant.name.length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== '');
}

/** Everybody whom the text names; whoever shares a name is named with it. */
export function mentionedIn<P extends Named>(text: string, people: P[]): P[] {
  const named = new Set(
    mentionParts(text, people).flatMap((part) => (typeof part === 'string' ? [] : [part.name])),
  );
  return people.filter(({ name }) => named.has(name));
}

/** Whether the text begins with the name, and not with a longer word. */
function names(text: string, name: string): boolean {
  if (!name || !text.startsWith(name)) return false;
  const next = [...text.slice(name.length)][0] ?? '';
  // Chinese has no spaces between words.
  return !wordEnds.test(next) || isHan.test(next) || isHan.test([...name].at(-1) ?? '');
}

export interface MentionQuery {
  /** Where the @ stands. */
  from: number;
  words: string;
}

const longestQuery = 40;

/** What is being typed after an @ before the caret; undefined where nobody is being looked for. */
export function queryAt(text: string, caret: number): MentionQuery | undefined {
  const before = text.slice(0, caret);
  const last = [...before.matchAll(at)].at(-1);
  if (!last) return undefined;
  const words = before.slice(last.index + 1);
  return words.length > longestQuery || /[\n@＠]/.test(words) ? undefined : { from: last.index, words };
}

/** Those whose name, or a part of it, begins like that. */
export function fittingNames<P extends Named>(people: P[], words: string): P[] {
  const wanted = words.toLocaleLowerCase();
  return people.filter(({ name }) => {
    const own = name.toLocaleLowerCase();
    // A part of a Chinese name begins anywhere.
    return (
      own.startsWith(wanted) ||
      own.split(/[\s·-]+/).some((part) => part.startsWith(wanted)) ||
      (isHan.test(wanted) && own.includes(wanted))
    );
  });
}
