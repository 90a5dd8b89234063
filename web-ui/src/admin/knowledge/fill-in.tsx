import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { count, day, labelled, withCommas } from '../../shared/language';
import { placesToFillIn } from '../../shared/to-fill-in';
import { leftOpen } from '../../shared/variables';
import type { HistoryDraftBlank } from '../rest';
import { fillInTexts } from './fill-in-texts';

export type Blank = HistoryDraftBlank;
type Value = Blank['values'][number];

/** In its place comes a variable: what stood there may be what a customer was called, and is nothing to say to another. */
export function isName({ placeholder }: Blank): boolean {
  return placeholder === '[name]';
}

function nameVariable(language: string): string {
  return language.startsWith('zh') ? '{{customer.name|您}}' : '{{customer.first_name|there}}';
}

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
  /** Of the reply. */
  language: string;
  /** Whose text has the brackets. */
  form: RefObject<HTMLFormElement | null>;
  changed: () => void;
}

/** What stood where a draft has something in brackets, each of which can be filled in with a click. */
export function FillIn({ blanks, language, form, changed }: FillInProps) {
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
    fill(blanks.map((blank) => (isName(blank) ? undefined : pick(blank.values)?.text)));
  const fillOne = (which: number, value: string) =>
    fill(blanks.map((_, at) => (at === which ? value : undefined)));
  const told = blanks.filter((blank) => !isName(blank));
  const hasNewest = told.some(({ values }) => values.some(({ newest }) => newest));
  const hasAny = told.some(({ values }) => values.length > 0);
  return (
    <section class="notice stack fill-in" aria-label={t.title}>
      <strong>{t.title}</strong>
      <span class="hint">{t.hint}</span>
      {told.length > 1 && hasAny && (
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
        {blanks.map((blank, index) => (
          <li key={index}>
            <div dir="auto">
              {blank.before} <mark>{blank.placeholder}</mark> {blank.after}
            </div>
            {isName(blank) ? (
              <Choice
                {...{ blank, value: nameVariable(language), chosen: chosen.value[index] }}
                hint={t.name}
                choose={(value) => fillOne(index, value)}
              />
            ) : (
              <div class="row">
                {blank.values.length === 0 && <span class="hint">{t.nothing}</span>}
                {blank.values.map((value) => (
                  <Choice
                    key={value.text}
                    {...{ blank, value: value.text, chosen: chosen.value[index] }}
                    hint={withCommas([
                      used(value),
                      ...(value.newest && blank.values.length > 1 ? [t.newest] : []),
                    ])}
                    choose={(text) => fillOne(index, text)}
                  />
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChoiceProps {
  blank: Blank;
  value: string;
  chosen: string | undefined;
  hint: string;
  choose: (value: string) => void;
}

function Choice({ blank, value, chosen, hint, choose }: ChoiceProps) {
  return (
    <span class="row">
      <button
        type="button"
        class="button small"
        aria-pressed={chosen === value}
        aria-label={fillInTexts().fill({ placeholder: blank.placeholder, value })}
        onClick={() => choose(value)}
      >
        {value}
      </button>
      <span class="hint">{hint}</span>
    </span>
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
