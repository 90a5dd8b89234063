import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { count, day, labelled, withCommas } from '../../shared/language';
import { placesToFillIn } from '../../shared/to-fill-in';
import { leftOpen } from '../../shared/variables';
import type { HistoryDraftBlank } from '../rest';
import { fillInTexts } from './fill-in-texts';

export type Blank = HistoryDraftBlank;
type Value = Blank['values'][number];

/** How often a value was written, and when last. */
function used({ times, last }: Value): string {
  const t = fillInTexts();
  return withCommas([
    times === 1 ? t.once : t.times({ number: count(times) }),
    ...(last === undefined ? [] : [t.last({ day: day(last) })]),
  ]);
}

/** A bracket with what stood there, in a line. */
export function blankInWords({ placeholder, values }: Blank): string {
  const told = values.map((value) => `${value.text} (${used(value)})`);
  return labelled(placeholder, told.length > 0 ? withCommas(told) : fillInTexts().nothing);
}

/**
 * The text with a value in place of the bracket, or of the value that was chosen for it before. What somebody has typed
 * meanwhile stays.
 */
export function filledIn(
  text: string,
  blanks: Blank[],
  chosen: (string | undefined)[],
  which: number,
  value: string,
): string {
  const { placeholder = '', before = '' } = blanks[which] ?? {};
  const earlier = chosen[which];
  if (earlier !== undefined) {
    const at = text.indexOf(earlier, Math.max(0, text.indexOf(before)));
    return at < 0 ? text : text.slice(0, at) + value + text.slice(at + earlier.length);
  }
  const same = placesToFillIn(text).filter(({ word }) => word === placeholder);
  const open = blanks
    .map((_, index) => index)
    .filter((index) => blanks[index]?.placeholder === placeholder && chosen[index] === undefined);
  // Where somebody has taken brackets out by hand, the words before tell which one it is.
  const place =
    same.length === open.length
      ? same[open.indexOf(which)]
      : same.find(({ start }) => text.slice(0, start).trimEnd().endsWith(before));
  return place ? text.slice(0, place.start) + value + text.slice(place.start + placeholder.length) : text;
}

interface FillInProps {
  blanks: Blank[];
  /** Whose text has the brackets. */
  form: RefObject<HTMLFormElement | null>;
  changed: () => void;
}

/** What stood where a draft has something in brackets, each of which can be filled in with a click. */
export function FillIn({ blanks, form, changed }: FillInProps) {
  const t = fillInTexts();
  const chosen = useSignal<(string | undefined)[]>(blanks.map(() => undefined));
  const fill = (values: (string | undefined)[]) => {
    const field = form.current?.elements.namedItem('text');
    if (!(field instanceof HTMLTextAreaElement)) return;
    values.forEach((value, index) => {
      if (value === undefined) return;
      field.value = filledIn(field.value, blanks, chosen.peek(), index, value);
      chosen.value = chosen.peek().map((one, at) => (at === index ? value : one));
    });
    changed();
  };
  const all = (pick: (values: Value[]) => Value | undefined) =>
    fill(blanks.map(({ values }) => pick(values)?.text));
  const hasNewest = blanks.some(({ values }) => values.some(({ newest }) => newest));
  const hasAny = blanks.some(({ values }) => values.length > 0);
  return (
    <section class="notice stack fill-in" aria-label={t.title}>
      <strong>{t.title}</strong>
      <span class="hint">{t.hint}</span>
      {blanks.length > 1 && hasAny && (
        <div class="row">
          {hasNewest && (
            <button
              type="button"
              class="button small"
              onClick={() => all((values) => values.find(({ newest }) => newest))}
            >
              {t.fillNewest}
            </button>
          )}
          <button type="button" class="button small" onClick={() => all(([most]) => most)}>
            {t.fillMost}
          </button>
        </div>
      )}
      <ul class="stack">
        {blanks.map(({ placeholder, before, after, values }, index) => (
          <li key={index}>
            <div dir="auto">
              {before} <mark>{placeholder}</mark> {after}
            </div>
            <div class="row">
              {values.length === 0 && <span class="hint">{t.nothing}</span>}
              {values.map((value) => (
                <span key={value.text} class="row">
                  <button
                    type="button"
                    class="button small"
                    aria-pressed={chosen.value[index] === value.text}
                    aria-label={t.fill({ placeholder, value: value.text })}
                    onClick={() => fill(blanks.map((_, at) => (at === index ? value.text : undefined)))}
                  >
                    {value.text}
                  </button>
                  <span class="hint">
                    {withCommas([used(value), ...(value.newest && values.length > 1 ? [t.newest] : [])])}
                  </span>
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LeftOpenProps {
  text: string;
  back: () => void;
  publish: () => void;
}

/** Asks before a text is published that has something left to fill in. */
export function LeftOpen({ text, back, publish }: LeftOpenProps) {
  const t = fillInTexts();
  return (
    <div class="notice warn stack" role="alert">
      <p>{t.notFilledIn({ word: leftOpen(text) ?? '' })}</p>
      <div class="row">
        <button type="button" class="button small" onClick={back}>
          {t.backToText}
        </button>
        <button type="button" class="button small" onClick={publish}>
          {t.publishAnyway}
        </button>
      </div>
    </div>
  );
}
