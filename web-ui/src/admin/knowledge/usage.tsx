import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { count, day, sentences } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { isoDay } from '../reports/period';
import type { Reply } from '../rest';
import { usageTexts } from './usage-texts';

interface UseProps {
  reply: Reply;
  changed: (reply: Reply) => void;
}

/** Whether the review date of a reply has come. */
export function isDue({ reviewOn, state }: Reply): boolean {
  return state !== 'archived' && reviewOn !== undefined && reviewOn <= isoDay(new Date());
}

/** The same day of a later month, or its last one. */
export function inMonths(months: number, now = new Date()): string {
  const month = now.getMonth() + months;
  const last = new Date(now.getFullYear(), month + 1, 0).getDate();
  return isoDay(new Date(now.getFullYear(), month, Math.min(now.getDate(), last)));
}

/** How a reply is used, and when somebody is to look at it again. */
export function UseAndReview({ reply, changed }: UseProps) {
  const t = usageTexts();
  const { shown = 0, sent = 0, edited = 0, lastSentAt, questions, reviewOn } = reply;
  const { busy, problem, run } = useAct(() => ({ on: usageTexts().reviewOn }));
  const said = useSignal<(() => string) | undefined>(undefined);
  const set = (on: string | undefined) =>
    run(async () => {
      said.value = undefined;
      const fresh = await request<Reply>(`/api/reply-reviews/${reply.id}`, {
        method: 'PUT',
        json: { on: on ?? null },
      });
      changed(fresh);
      const { reviewOn: then } = fresh;
      said.value = () => (then ? usageTexts().willReview({ day: day(then) }) : usageTexts().noReview);
    });
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) field.current.value = reviewOn ?? '';
  }, [reviewOn]);
  // A year is a date with its first digit already: what is typed counts once it is left.
  const typed = () => {
    const { value = '', validity } = field.current ?? {};
    if (validity?.valid && value !== (reviewOn ?? '')) void set(value || undefined);
  };
  const chosen = (on: string | undefined) => {
    // Instead of what is typed, which is not asked for again when the field is left.
    if (field.current) field.current.value = on ?? '';
    void set(on);
  };
  return (
    <section class="part stack" aria-label={t.title}>
      <h3>{t.title}</h3>
      <dl class="use">
        <Figure name={t.shown} value={count(shown)} />
        <Figure name={t.sent} value={count(sent)} />
        <Figure name={t.edited} value={count(edited)} />
        <Figure name={t.lastSent} value={lastSentAt ? day(lastSentAt) : t.never} />
        <Figure name={t.answered} value={count(questions)} />
      </dl>
      <div class="row review">
        <label class="field">
          <span>{t.reviewOn}</span>
          <input
            ref={field}
            type="date"
            onBlur={typed}
            onKeyDown={({ key }) => {
              if (key === 'Enter') typed();
            }}
          />
        </label>
        {[3, 6, 12].map((months) => (
          <button
            key={months}
            type="button"
            class="button small"
            disabled={busy.value}
            onMouseDown={keepFocus}
            onClick={() => chosen(inMonths(months))}
          >
            {t.inMonths({ months })}
          </button>
        ))}
        {reviewOn && (
          <button
            type="button"
            class="button small"
            disabled={busy.value}
            onMouseDown={keepFocus}
            onClick={() => chosen(undefined)}
          >
            {t.removeReview}
          </button>
        )}
      </div>
      <ProblemNotice text={problem.value} />
      <p role="status" class="hint">
        {sentences(isDue(reply) ? t.due : undefined, said.value?.())}
      </p>
    </section>
  );
}

/** Leaving the field would set the date that is typed, and the click would find its button disabled. */
function keepFocus(event: Event) {
  event.preventDefault();
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
