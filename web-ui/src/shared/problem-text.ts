import { Problem, type Violation } from './api';
import { duration, language, sentences } from './language';
import { messages, named } from './messages';
import { alsoSays, codeText } from './problems';
import { ShapeError } from './schema';

/** A page's labels of the fields that it sends, by their names in the wire format. */
export type Labels = Record<string, string>;

/** Texts for the rules of io.replyloop.platform.FieldRule, each with the label of a field. */
export const ruleTexts = messages<'team/problem-rules'>(
  import.meta.glob('../messages/*/team/problem-rules.json', { import: 'default' }),
);

/** The formats of fields that cannot be guessed. */
const howTexts = messages<'team/problem-formats'>(
  import.meta.glob('../messages/*/team/problem-formats.json', { import: 'default' }),
);

/** More specific explanations of malformed fields, by field and reason, with the affected entry. */
const whyTexts = messages<'team/problem-reasons'>(
  import.meta.glob('../messages/*/team/problem-reasons.json', { import: 'default' }),
);

/** What only those read who sign in, by the codes of problems. */
const teamProblems = messages<'team/problems'>(
  import.meta.glob('../messages/*/team/problems.json', { import: 'default' }),
);
alsoSays(() => ({ ...teamProblems() }));

const partTexts = messages<'team/problem-parts'>(
  import.meta.glob('../messages/*/team/problem-parts.json', { import: 'default' }),
);

/** The message for any problem, in the person's language and with the labels of their page. */
export function problemText(problem: unknown, labels: Labels = {}): string {
  const t = partTexts();
  if (!(problem instanceof Problem)) {
    // A response that is not ours, such as a proxy's page instead of JSON.
    const notUnderstood = problem instanceof SyntaxError || problem instanceof ShapeError;
    return notUnderstood || language.value !== 'en' ? t.unexpected : String(problem);
  }
  const { code, message, violations, retryAfterMillis, reference } = problem;
  const told = violations.map((violation) => violationText(violation, labels)).filter(Boolean);
  if (told.length > 0) return sentences(...told);
  if (code === 'rate-limited' && retryAfterMillis !== undefined)
    return t.wait({ time: duration(Math.max(1, Math.ceil(retryAfterMillis / 1_000))) });
  return sentences(codeText(code, message), reference && t.reference({ id: reference }));
}

function violationText({ field = '', message, rule = '', values = {} }: Violation, labels: Labels): string {
  const t = partTexts();
  const label = labels[field];
  const why = named(whyTexts(), `${field} ${String(values.why)}`);
  // Some count the entry: a value of a message may be given more than it asks for.
  if (why) return why({ label: label ?? t.something, entry: values.entry as never });
  const text = named(ruleTexts(), rule);
  if (!text) return language.value === 'en' ? `${label ?? field}: ${message}` : codeText('invalid', '');
  const limit = String(rule === 'too-short' || rule === 'too-small' ? values.min : values.max);
  const how = named(howTexts(), field);
  return sentences(
    text({ label: label ?? t.something, limit }),
    rule === 'malformed' ? how : undefined,
    rule === 'taken' && typeof values.title === 'string' ? t.takenBy({ title: values.title }) : undefined,
  );
}
