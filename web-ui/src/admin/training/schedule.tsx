import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Form, formValues } from '../../shared/form';
import { labelled } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Outlook, Schedule, UpcomingStart } from '../rest';
import { cronInWords } from './cron';
import { fromCron, toCron, type Frequency } from './frequency';
import { FrequencyFields } from './frequency-fields';
import { scheduleTexts } from './schedule-texts';
import { LastStarts, NextStarts } from './starts';
import { browserZone } from './zones';
import { ZoneField } from './zone-field';

/** As io.replyloop.training.ScheduleSettings has them. */
export const mostDecisions = 1_000_000;
const mostMinutes = 7 * 24 * 60;
const mostCores = 1_024;

/** Business hours, to begin with. */
const usualQuietHours = { quietFrom: '08:00', quietUntil: '18:00' };

/** What is asked while somebody types waits until they rest. */
const restMillis = 350;

interface ScheduleCardProps {
  schedule: Schedule;
  outlook?: Outlook;
  saved: (changed: Schedule) => void;
}

export function ScheduleCard({ schedule, outlook, saved }: ScheduleCardProps) {
  const t = scheduleTexts();
  const element = useRef<HTMLFormElement>(null);
  const form = useSignal(offered(schedule));
  const frequency = useSignal<Frequency>(fromCron(schedule.cron) ?? { kind: 'daily', time: '03:00' });
  const advanced = useSignal(fromCron(schedule.cron) === undefined);
  const done = useSignal(false);
  const { busy, problem, run } = useAct(() => ({
    cron: t.cron,
    timeZone: t.timeZone,
    minimumDecisions: t.minimum,
    quietFrom: labelled(t.quiet, t.quietFrom),
    quietUntil: labelled(t.quiet, t.quietUntil),
    maximumMinutes: t.maximumMinutes,
    cores: t.cores,
  }));
  const change = (part: Partial<Schedule>) => {
    form.value = { ...form.peek(), ...part };
    done.value = false;
  };
  const save = () =>
    run(async () => {
      formValues(element.current);
      const stored = await request<Schedule>('/api/training/schedule', { method: 'PUT', json: form.peek() });
      saved(stored);
      form.value = stored;
      done.value = true;
    });
  const { enabled, cron, timeZone, minimumDecisions } = form.value;
  const words = cronInWords(cron);
  return (
    <section class="card stack" aria-label={t.title}>
      <h2>{t.title}</h2>
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
          {advanced.value ? (
            <label class="field">
              <span>{t.cron}</span>
              <input
                name="cron"
                value={cron}
                required
                spellcheck={false}
                onInput={({ currentTarget: { value } }) => change({ cron: value })}
              />
              <span class="hint">{t.cronFields}</span>
            </label>
          ) : (
            <FrequencyFields
              frequency={frequency.value}
              change={(chosen) => {
                frequency.value = chosen;
                change({ cron: toCron(chosen) });
              }}
            />
          )}
          <label class="field">
            <span>{t.minimum}</span>
            <input
              type="number"
              name="minimumDecisions"
              min={1}
              max={mostDecisions}
              required
              defaultValue={minimumDecisions}
              onInput={({ currentTarget: { valueAsNumber } }) =>
                change(Number.isInteger(valueAsNumber) ? { minimumDecisions: valueAsNumber } : {})
              }
            />
            <span class="hint">{t.minimumHint}</span>
          </label>
          <ZoneField value={timeZone} chosen={(zone) => change({ timeZone: zone })} />
        </div>
        <CronSwitch cron={cron} advanced={advanced} simple={(chosen) => (frequency.value = chosen)} />
        <p>
          <strong>
            {words &&
              t.summary({
                when: capital(words),
                zone: timeZone,
                decisions: t.decisions({ number: minimumDecisions }),
              })}
          </strong>
        </p>
        <QuietHours form={form.value} change={change} />
        <Limits form={form.value} change={change} availableCores={outlook?.availableCores} />
        <Preview form={form.value} stored={schedule} outlook={outlook} />
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
      {outlook && (
        <>
          <h3>{t.last}</h3>
          <LastStarts outcomes={outlook.outcomes} timeZone={schedule.timeZone} />
        </>
      )}
    </section>
  );
}

/** Nobody has saved it yet: then what fits whoever looks at it is offered, and only kept when they save it. */
function offered(schedule: Schedule): Schedule {
  return schedule.changedAt === undefined && !schedule.enabled && schedule.timeZone === 'UTC'
    ? { ...schedule, timeZone: browserZone() }
    : schedule;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

interface CronSwitchProps {
  cron: string;
  advanced: Signal<boolean>;
  simple: (frequency: Frequency) => void;
}

/** Cron for those who want it; back only where the fields can say the same. */
function CronSwitch({ cron, advanced, simple }: CronSwitchProps) {
  const t = scheduleTexts();
  const frequency = fromCron(cron);
  return (
    <div>
      <label>
        <input
          type="checkbox"
          checked={advanced.value}
          disabled={advanced.value && !frequency}
          onChange={({ currentTarget: { checked } }) => {
            if (frequency) simple(frequency);
            advanced.value = checked;
          }}
        />{' '}
        {t.advanced}
      </label>
      {advanced.value && !frequency && <p class="hint">{t.notSimple}</p>}
    </div>
  );
}

interface PartProps {
  form: Schedule;
  change: (part: Partial<Schedule>) => void;
}

function QuietHours({ form: { quietFrom, quietUntil }, change }: PartProps) {
  const t = scheduleTexts();
  const kept = quietFrom !== undefined || quietUntil !== undefined;
  return (
    <fieldset class="stack">
      <legend>
        <strong>{t.quiet}</strong>
      </legend>
      <label>
        <input
          type="checkbox"
          checked={kept}
          onChange={({ currentTarget: { checked } }) =>
            change(checked ? usualQuietHours : { quietFrom: undefined, quietUntil: undefined })
          }
        />{' '}
        {t.quietOn}
      </label>
      {kept && (
        <div class="columns">
          <label class="field">
            <span>{t.quietFrom}</span>
            <input
              type="time"
              name="quietFrom"
              required
              value={quietFrom}
              onInput={({ currentTarget: { value } }) => change({ quietFrom: value })}
            />
          </label>
          <label class="field">
            <span>{t.quietUntil}</span>
            <input
              type="time"
              name="quietUntil"
              required
              value={quietUntil}
              onInput={({ currentTarget: { value } }) => change({ quietUntil: value })}
            />
          </label>
        </div>
      )}
      <p class="hint">{t.quietHint}</p>
    </fieldset>
  );
}

function Limits({ form, change, availableCores }: PartProps & { availableCores?: number }) {
  const t = scheduleTexts();
  const orNone = (value: number) => (Number.isInteger(value) ? value : undefined);
  return (
    <fieldset class="stack">
      <legend>
        <strong>{t.limits}</strong>
      </legend>
      <div class="columns">
        <label class="field">
          <span>{t.maximumMinutes}</span>
          <input
            type="number"
            name="maximumMinutes"
            min={1}
            max={mostMinutes}
            defaultValue={form.maximumMinutes}
            onInput={({ currentTarget: { valueAsNumber } }) =>
              change({ maximumMinutes: orNone(valueAsNumber) })
            }
          />
          <span class="hint">{t.maximumMinutesHint}</span>
        </label>
        <label class="field">
          <span>{t.cores}</span>
          <input
            type="number"
            name="cores"
            min={1}
            max={mostCores}
            defaultValue={form.cores}
            onInput={({ currentTarget: { valueAsNumber } }) => change({ cores: orNone(valueAsNumber) })}
          />
          <span class="hint">
            {availableCores !== undefined && t.coresHint({ available: availableCores })}
          </span>
        </label>
      </div>
      <p class="hint">{t.limitsFor}</p>
    </fieldset>
  );
}

/** The next starts of what the form says, also before it is saved. */
function Preview({ form, stored, outlook }: { form: Schedule; stored: Schedule; outlook?: Outlook }) {
  const t = scheduleTexts();
  const { enabled, cron, timeZone, minimumDecisions, quietFrom, quietUntil } = form;
  const starts = useSignal<UpcomingStart[] | undefined | 'unknown'>(undefined);
  useEffect(() => {
    if (!enabled) return undefined;
    let wanted = true;
    const query = { cron, timeZone, minimumDecisions, quietFrom, quietUntil };
    const timer = setTimeout(() => {
      request<UpcomingStart[]>('/api/training/schedule/preview', { query })
        .then((next) => wanted && (starts.value = next))
        // What is wrong with a field is told on saving; somebody may still be typing it.
        .catch(() => wanted && (starts.value = 'unknown'));
    }, restMillis);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [enabled, cron, timeZone, minimumDecisions, quietFrom, quietUntil, outlook?.newDecisions]);
  if (!enabled) return <p class="hint">{t.off}</p>;
  const isStored = stored.enabled && stored.cron === cron && stored.timeZone === timeZone;
  const next = starts.value;
  return (
    <div class="stack">
      <h3>{isStored ? t.next : t.nextUnsaved}</h3>
      {outlook && <p>{t.now({ have: outlook.newDecisions, want: minimumDecisions })}</p>}
      {next === undefined ? (
        <p class="hint">{t.loading}</p>
      ) : next === 'unknown' ? (
        <p class="hint">{t.notKnown}</p>
      ) : (
        <NextStarts starts={next} timeZone={timeZone} />
      )}
    </div>
  );
}
