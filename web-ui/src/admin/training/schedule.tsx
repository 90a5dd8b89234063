import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Form, formValues } from '../../shared/form';
import { dateAndTime } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { cronInWords } from './cron';
import type { Schedule } from '../rest';
import { trainingTexts } from './training-texts';

/** As io.replyloop.training.ScheduleService has it. */
export const mostExamples = 10_000_000;

export function ScheduleCard({
  schedule,
  saved,
}: {
  schedule: Schedule;
  saved: (changed: Schedule) => void;
}) {
  const t = trainingTexts();
  const element = useRef<HTMLFormElement>(null);
  const form = useSignal(schedule);
  const done = useSignal(false);
  const { busy, problem, run } = useAct(() => ({
    cron: t.cron,
    timeZone: t.timeZone,
    minimumExamples: t.minimum,
  }));
  const change = (part: Partial<Schedule>) => {
    form.value = { ...form.peek(), ...part };
    done.value = false;
  };
  const save = () =>
    run(async () => {
      const { enabled, cron, timeZone } = form.peek();
      const minimumExamples = Number(formValues(element.current).get('minimumExamples'));
      const stored = await request<Schedule | undefined>('/api/training/schedule', {
        method: 'PUT',
        json: { enabled, cron, timeZone, minimumExamples },
      });
      const current = stored ?? (await request<Schedule>('/api/training/schedule'));
      saved(current);
      form.value = current;
      done.value = true;
    });
  const { enabled, cron, timeZone } = form.value;
  return (
    <section class="card stack" aria-label={t.schedule1}>
      <h2>{t.schedule1}</h2>
      <Form form={element} submitted={() => void save()}>
        <label>
          <input
            type="checkbox"
            checked={enabled}
            onChange={({ currentTarget: { checked } }) => change({ enabled: checked })}
          />{' '}
          {t.enabled}
        </label>
        <div class="columns">
          <label class="field">
            <span>{t.cron}</span>
            <input
              name="cron"
              value={cron}
              required
              spellcheck={false}
              onInput={({ currentTarget: { value } }) => change({ cron: value })}
            />
            <span class="hint">{t.cronFields(cronInWords(cron))}</span>
          </label>
          <label class="field">
            <span>{t.timeZone}</span>
            <input
              name="timeZone"
              value={timeZone}
              required
              list="time-zones"
              onInput={({ currentTarget: { value } }) => change({ timeZone: value })}
            />
            <datalist id="time-zones">
              {Intl.supportedValuesOf('timeZone').map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </label>
          <label class="field">
            <span>{t.minimum}</span>
            <input
              type="number"
              name="minimumExamples"
              min={1}
              max={mostExamples}
              required
              defaultValue={schedule.minimumExamples}
              onInput={() => (done.value = false)}
            />
          </label>
        </div>
        <p class="hint">{nextStart(schedule, form.value)}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {t.save}
          </button>
          <span role="status" class="hint">
            {done.value && t.saved}
          </span>
        </div>
      </Form>
    </section>
  );
}

/** What the server has planned, on the clock that the expression is about. */
function nextStart(stored: Schedule, { enabled, cron, timeZone }: Schedule): string {
  const t = trainingTexts();
  if (!enabled) return t.never;
  if (!stored.enabled || stored.cron !== cron || stored.timeZone !== timeZone) return t.nextOnceSaved;
  const at = stored.nextFireAt;
  if (!at) return t.never;
  const here = dateAndTime(at);
  let there: string;
  try {
    there = dateAndTime(at, timeZone);
  } catch {
    // A zone that the server knows and this browser does not.
    return t.nextFire(here, browserZone());
  }
  return there === here
    ? t.nextFire(there, timeZone)
    : t.nextFireElsewhere(there, timeZone, here, browserZone());
}

const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
