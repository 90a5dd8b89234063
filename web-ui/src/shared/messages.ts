import { signal } from '@preact/signals';
import type { Messages } from './message-types';

/** A language is a folder of message files; language.json of them says how it is named and written. */
export interface LanguageFacts {
  /** In the language itself, as people who look for it expect. */
  name: string;
  /** Of the page, in its lang attribute. */
  tag: string;
  /** For dates, numbers and lists. */
  locale: string;
  direction: 'ltr' | 'rtl';
}

type Table = Record<string, unknown>;

/** The files of one name by language, and what has been loaded of them. */
interface Bundle {
  files: Map<string, () => Promise<Table>>;
  loaded: Map<string, Table>;
}

/** All messages are first written in it; what another language lacks is taken from it when the pages are built. */
export const sourceLanguage = 'en';

const factsOf = byLanguage(
  import.meta.glob<LanguageFacts>('../messages/*/language.json', { eager: true, import: 'default' }),
);
const bundles: Bundle[] = [];
/** Counts what has arrived for modules that were loaded after the page had begun to speak. */
const late = signal(0);
/** Messages that were there before anybody asked for them, by file. */
const provided = new Map<string, Table>();
let asked = 0;
/** Of more languages, people would load much that they never read. */
const mostInAdvance = 3;
let inAdvance = false;

/** The direction of the page around, where that is not the language's. */
export const directionAround = signal<'rtl' | undefined>(undefined);

/** The language in use. */
export const language = signal<string>(sourceLanguage);

function fileName(path: string): string {
  return path.slice(path.indexOf('messages/'));
}

function spokenIn(path: string): string {
  return fileName(path).split('/')[1] ?? sourceLanguage;
}

function byLanguage<T>(files: Record<string, T>): Map<string, T> {
  return new Map(Object.entries(files).map(([path, file]) => [spokenIn(path), file]));
}

/** Gives messages that need not be loaded, as tests do, before the modules that declare them are loaded. */
export function provideMessages(files: Record<string, unknown>): void {
  for (const [path, table] of Object.entries(files)) provided.set(fileName(path), table as Table);
}

/** The languages that have a folder, the source language first. */
export function languages(): string[] {
  return [sourceLanguage, ...[...factsOf.keys()].filter((other) => other !== sourceLanguage).sort()];
}

export function facts(spoken: string): LanguageFacts {
  return factsOf.get(spoken) ?? { name: spoken, tag: spoken, locale: spoken, direction: 'ltr' };
}

/** Dates, numbers and lists of the page are written according to it. */
export function locale(): string {
  return facts(language.value).locale;
}

/**
 * Declares the messages of a page; the result returns those of the current language. The others are loaded
 * once the page is idle.
 *
 * @param files import.meta.glob('../messages/&#42;/page/name.json', { import: 'default' })
 */
export function messages<Name extends keyof Messages>(
  files: Record<string, () => Promise<unknown>>,
): () => Messages[Name] {
  const bundle: Bundle = {
    files: byLanguage(files as Record<string, () => Promise<Table>>),
    loaded: new Map(),
  };
  bundles.push(bundle);
  for (const path of Object.keys(files)) {
    const table = provided.get(fileName(path));
    if (table) bundle.loaded.set(spokenIn(path), table);
  }
  if (inAdvance) loadOthersWhenIdle();
  return () => (bundle.loaded.get(language.value) ?? belated(bundle)) as Messages[Name];
}

/** The message of a name that the server gives, if there is one. */
export function named<T extends object>(messages: T, name: string): T[keyof T] | undefined {
  return Object.hasOwn(messages, name) ? messages[name as keyof T] : undefined;
}

/** Loads what is declared so far, then switches; if several are asked for, the last one wins. */
export function speak(chosen: string): Promise<void> {
  const mine = ++asked;
  const begin = () => {
    if (mine !== asked) return;
    const { tag, direction } = facts(chosen);
    document.documentElement.lang = tag;
    document.documentElement.dir = directionAround.peek() ?? direction;
    language.value = chosen;
  };
  const loading = missing(chosen);
  return loading.length > 0 ? Promise.all(loading).then(begin) : Promise.resolve(begin());
}

/**
 * Loads the messages of the other languages, too, as soon as the page has nothing else to do, from now on also those of
 * modules that are loaded later: whoever is offline can choose another language.
 */
export function loadOthersWhenIdle(): void {
  if (languages().length > mostInAdvance) return;
  inAdvance = true;
  // Safari does not tell when it is idle. What fails is tried again when its language is chosen, which tells the person.
  (globalThis.requestIdleCallback ?? setTimeout)(() => void Promise.allSettled(languages().flatMap(missing)));
}

function missing(spoken: string): Promise<void>[] {
  return bundles.filter(({ loaded }) => !loaded.has(spoken)).map((bundle) => load(bundle, spoken));
}

/** For modules that are loaded later: their messages are there once this is. */
export function messagesLoaded(): Promise<void> {
  return speak(language.peek());
}

async function load({ files, loaded }: Bundle, chosen: string): Promise<void> {
  const file = files.get(chosen) ?? files.get(sourceLanguage);
  if (file) loaded.set(chosen, await file());
}

/** Nothing, whichever message is asked for, with or without values. */
const silence = new Proxy({}, { get: () => Object.assign(() => '', { toString: () => '' }) });

/** The module was loaded after the page had begun to speak: what shows its messages is rendered again with them. */
function belated(bundle: Bundle): object {
  const waiting = late.value;
  void load(bundle, language.peek()).then(() => (late.value = waiting + 1));
  return silence;
}
