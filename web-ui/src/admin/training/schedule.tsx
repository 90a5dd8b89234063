import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { dateAndTime } from '../../shared/language';
import { useAct } from '../../shared/load';
import { cronInWords } from './cron';
import type { Schedule } from '../rest';
import { trainingTexts } from './training-texts';
import { ProblemNotice } from '../waiting';

export function ScheduleCard({
  schedule,
  saved,
}: {
  schedule: Schedule;
  saved: (changed: Schedule) => void;
}) {
  const t = trainingTexts();
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
      const { enabled, cron, timeZone, minimumExamples } = form.peek();
      const stored = await request<Schedule | undefined>('/api/training/schedule', {
        method: 'PUT',
        json: { enabled, cron, timeZone, minimumExamples },
      });
      const current = stored ?? (await request<Schedule>('/api/training/schedule'));
      saved(current);
      form.value = current;
      done.value = true;
    });
  const { enabled, cron, timeZone, minimumExamples, nextFireAt } = form.value;
  return (
    <section class="card stack" aria-label={t.schedule1}>
      <h2>{t.schedule1}</h2>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
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
              min={1}
              required
              value={minimumExamples}
              onInput={({ currentTarget: { valueAsNumber } }) =>
                change({ minimumExamples: Number.isNaN(valueAsNumber) ? minimumExamples : valueAsNumber })
              }
            />
          </label>
        </div>
        <p class="hint">{enabled && nextFireAt ? t.nextFire(dateAndTime(nextFireAt)) : t.never}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {t.save}
          </button>
          <span role="status" class="hint">
            {done.value && t.saved}
          </span>
        </div>
      </form>
    </section>
  );
}
