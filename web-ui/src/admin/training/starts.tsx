import { named } from '../../shared/messages';
import { useSignal } from '@preact/signals';
import { dateAndTime } from '../../shared/language';
import type { ScheduleOutcome, UpcomingStart } from '../rest';
import { runTexts } from './run-texts';
import { scheduleTexts } from './schedule-texts';
import { browserZone } from './zones';

/** Of the last starts, so many are shown at first. */
const atFirst = 5;

/** A time on the clock of a zone, or on the browser's where the browser does not know that zone. */
export function inZone(at: string, timeZone: string): string {
  try {
    return dateAndTime(at, { timeZone, zone: true });
  } catch {
    return dateAndTime(at, { zone: true });
  }
}

/** The next planned starts, and what each would do as far as can be known. */
export function NextStarts({ starts, timeZone }: { starts: UpcomingStart[]; timeZone: string }) {
  const t = scheduleTexts();
  const pace = starts.some(({ withoutPace }) => withoutPace) ? t.noPace : t.pace;
  return (
    <>
      <ol class="starts">
        {starts.map((start) => (
          <li key={start.at}>
            <span>
              <time dateTime={start.at}>{inZone(start.at, timeZone)}</time>
              <Elsewhere at={start.at} timeZone={timeZone} />
            </span>
            <span class="row">
              <span class={`tag ${start.prospect === 'start' ? 'good' : ''}`}>
                {named(t.prospects, start.prospect) ?? start.prospect}
              </span>
              <span class="hint">
                {start.withoutPace
                  ? t.asNow({ number: start.newDecisions })
                  : t.byThen({ number: start.newDecisions })}
                {start.waitsUntil && ` · ${t.waits({ time: inZone(start.waitsUntil, timeZone) })}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
      <p class="hint">{pace}</p>
    </>
  );
}

function Elsewhere({ at, timeZone }: { at: string; timeZone: string }) {
  const here = dateAndTime(at, { timeZone: browserZone(), zone: true });
  if (here === inZone(at, timeZone)) return null;
  return <span class="hint"> {scheduleTexts().elsewhere({ time: here })}</span>;
}

/** What came of the last planned starts, and why. */
export function LastStarts({ outcomes, timeZone }: { outcomes: ScheduleOutcome[]; timeZone: string }) {
  const t = scheduleTexts();
  const all = useSignal(false);
  if (outcomes.length === 0) return <p class="hint">{t.noneYet}</p>;
  const shown = all.value ? outcomes : outcomes.slice(0, atFirst);
  return (
    <>
      <ol class="starts">
        {shown.map((outcome) => (
          <li key={`${outcome.plannedAt} ${outcome.lookedAt}`}>
            <time dateTime={outcome.plannedAt}>{inZone(outcome.plannedAt, timeZone)}</time>
            <span>
              {told(outcome)}
              {outcome.missed > 0 && <span class="hint"> {late(outcome, timeZone)}</span>}
            </span>
          </li>
        ))}
      </ol>
      {!all.value && outcomes.length > atFirst && (
        <div>
          <button type="button" class="button small" onClick={() => (all.value = true)}>
            {t.more({ number: outcomes.length })}
          </button>
        </div>
      )}
    </>
  );
}

function told({ outcome, runNumber, have = 0, need = 0, rule = '' }: ScheduleOutcome): string {
  const t = scheduleTexts();
  switch (outcome) {
    case 'started':
      return t.started({ run: runNumber ?? 0 });
    case 'too-few-new':
      return t.tooFewNew({ have, need });
    case 'too-little':
      return t.tooLittle({
        what: rule && runTexts().missing(rule, String(have), String(need), String(Math.max(1, need - have))),
      });
    case 'run-active':
      return runNumber === undefined ? t.someRunActive : t.runActive({ run: runNumber });
    case 'no-model':
      return t.noModel;
    case 'refused':
      return t.refused;
    case 'interrupted':
      return t.interrupted;
  }
}

function late({ missed, lookedAt }: ScheduleOutcome, timeZone: string): string {
  const t = scheduleTexts();
  const time = inZone(lookedAt, timeZone);
  return missed > 1 ? t.lateSeveral({ number: missed, time }) : t.late({ time });
}
