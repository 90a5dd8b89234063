import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { CustomerClient } from '../shared/customer';
import { codeText } from '../shared/problems';
import { ratingTexts, scores, scoreWord } from '../shared/rating-texts';
import './rating.css';

const longestComment = 500;

interface RatingProps {
  client: CustomerClient;
  resolution: number;
}

/** Asks once for each resolution. What was said may be changed for a day; who would rather not say is left in peace. */
export function Rating({ client, resolution }: RatingProps) {
  const asking = useSignal(false);
  const known = client.rating.value?.resolution === resolution ? client.rating.value : undefined;
  const sending = client.rates.entries.value.at(-1);
  if (sending?.frame.score === undefined && sending?.frame.resolution === resolution) return null;
  if (known && known.score === undefined) return null;
  if (known?.score !== undefined && !asking.value && !sending) {
    return <Said known={known.score} until={known.changeableUntil} change={() => (asking.value = true)} />;
  }
  return <Question client={client} resolution={resolution} sent={() => (asking.value = false)} />;
}

interface SaidProps {
  known: number;
  until?: string;
  change: () => void;
}

function Said({ known, until, change }: SaidProps) {
  const t = ratingTexts();
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that was pressed is gone.
    if (document.hasFocus() && document.activeElement === document.body) words.current?.focus();
  }, []);
  return (
    <div class="rating">
      <p ref={words} role="status" tabIndex={-1}>
        {t.thanks({ word: scoreWord(known) })}
      </p>
      {until !== undefined && Date.parse(until) > Date.now() && (
        <button type="button" class="button small" onClick={change}>
          {t.change}
        </button>
      )}
    </div>
  );
}

function Question({ client, resolution, sent }: RatingProps & { sent: () => void }) {
  const t = ratingTexts();
  const id = useId();
  const before = client.rating.value?.resolution === resolution ? client.rating.value : undefined;
  const score = useSignal(before?.score);
  const comment = useSignal(before?.comment ?? '');
  const waiting = client.rates.entries.value.at(-1);
  const busy = waiting !== undefined && !waiting.refused;
  const submit = (event: Event) => {
    event.preventDefault();
    if (score.value === undefined || busy) return;
    if (waiting) client.rates.discard(waiting.frame.id);
    client.rate(resolution, score.value, comment.value.trim() || undefined);
    sent();
  };
  const dismiss = ({ currentTarget }: { currentTarget: HTMLElement }) => {
    // The button goes with the question.
    currentTarget.closest<HTMLElement>('[role="region"]')?.focus({ preventScroll: true });
    if (waiting) client.rates.discard(waiting.frame.id);
    client.rate(resolution);
  };
  return (
    <form class="rating" onSubmit={submit}>
      <fieldset class="scores">
        <legend>{t.question}</legend>
        {scores.map((each) => (
          <label key={each} class="score">
            <input
              type="radio"
              name={id}
              value={each}
              checked={score.value === each}
              aria-label={t.outOf({ score: each, word: scoreWord(each) })}
              onChange={() => (score.value = each)}
            />
            <span class="number" aria-hidden="true">
              {each}
            </span>
            <span class="word" aria-hidden="true">
              {scoreWord(each)}
            </span>
          </label>
        ))}
      </fieldset>
      {score.value !== undefined && (
        <label class="field">
          <span>{t.comment}</span>
          <textarea
            rows={2}
            maxLength={longestComment}
            dir="auto"
            value={comment.value}
            onInput={({ currentTarget: { value } }) => (comment.value = value)}
          />
        </label>
      )}
      {waiting?.refused && <p role="alert">{codeText(waiting.refused.code, waiting.refused.message)}</p>}
      <div class="row">
        {score.value !== undefined && (
          <button type="submit" class="button primary small" aria-disabled={busy}>
            {busy ? t.sending : t.send}
          </button>
        )}
        {before === undefined && (
          <button type="button" class="button quiet small" onClick={dismiss}>
            {t.notNow}
          </button>
        )}
      </div>
    </form>
  );
}
