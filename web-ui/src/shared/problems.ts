import { language, sentences } from './language';
import { messages } from './messages';

const problemTexts = messages<'shared/problems'>(
  import.meta.glob('../messages/*/shared/problems.json', { import: 'default' }),
);

type TextName = Exclude<keyof ReturnType<typeof problemTexts>, 'unknownAddress'>;

const told: Record<string, TextName> = {
  unreachable: 'unreachable',
  'rate-limited': 'rateLimited',
  blocked: 'blocked',
  unavailable: 'unavailable',
  'too-slow': 'tooSlow',
  'text-empty': 'textEmpty',
  'text-too-long': 'textTooLong',
  'thread-moved-on': 'movedOn',
  'token-invalid': 'beginAgain',
  'token-expired': 'beginAgain',
  conflict: 'conflict',
  internal: 'internal',
  'not-found': 'notFound',
  'too-large': 'tooLarge',
  'frame-too-large': 'tooLarge',
  'malformed-frame': 'notUnderstood',
  'unknown-type': 'notUnderstood',
  'hello-first': 'notUnderstood',
  'method-not-allowed': 'notUnderstood',
  'not-acceptable': 'notUnderstood',
  'unsupported-media-type': 'notUnderstood',
  'malformed-request': 'refused',
  invalid: 'refused',
};

/** Codes for which the server's own sentence, in English, is more specific: how many, how large, which file. */
const saysMore = new Set([
  'invalid',
  'malformed-request',
  'conflict',
  'not-found',
  'too-large',
  'frame-too-large',
  'import-invalid',
  'model-damaged',
  'too-few-examples',
  'already-running',
  'shadow-under-way',
  'model-refused',
  'malformed-frame',
  'unknown-type',
  'hello-first',
]);

/** The message for a code; the server's sentence is used only if it is in the person's language. */
export function codeText(code: string, message: string): string {
  const t = problemTexts();
  // The server treats only pages of ours under an unknown address as another site's.
  if (code === 'cross-site') return t.unknownAddress({ address: location.origin });
  const said = language.value === 'en' ? message : '';
  const name = told[code];
  const text = name === undefined ? ofPages.map((texts) => texts()[code]).find(Boolean) : t[name];
  if (text === undefined) return said || t.refused;
  if (!saysMore.has(code) || !said) return text;
  // The general sentence would add nothing to the specific one.
  return name === 'refused' || name === 'conflict' ? said : sentences(text, said);
}

type ByCode = () => Record<string, string>;

const ofPages: ByCode[] = [];

/** Adds what some pages say to codes that the others never see. */
export function alsoSays(texts: ByCode): void {
  ofPages.push(texts);
}
