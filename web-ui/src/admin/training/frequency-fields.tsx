import { named } from '../../shared/messages';
import { scheduleTexts } from './schedule-texts';
import { weekdayName } from './cron';
import { changed, hoursApart, type Frequency, type FrequencyKind } from './frequency';

const kinds: FrequencyKind[] = ['daily', 'weekdays', 'chosen', 'weekly', 'monthly', 'hours'];

/** From Monday to Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0];

/** When runs start, put together without knowing cron. */
export function FrequencyFields({
  frequency,
  change,
}: {
  frequency: Frequency;
  change: (frequency: Frequency) => void;
}) {
  const t = scheduleTexts();
  return (
    <>
      <label class="field">
        <span>{t.frequency}</span>
        <select
          name="frequency"
          value={frequency.kind}
          onChange={({ currentTarget: { value } }) => change(changed(frequency, value as FrequencyKind))}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {named(t.kinds, kind) ?? kind}
            </option>
          ))}
        </select>
      </label>
      <Details frequency={frequency} change={change} />
      {frequency.kind !== 'hours' && (
        <label class="field">
          <span>{t.time}</span>
          <input
            type="time"
            name="time"
            required
            value={frequency.time}
            onInput={({ currentTarget: { value: time } }) => time && change({ ...frequency, time })}
          />
        </label>
      )}
    </>
  );
}

function Details({ frequency, change }: { frequency: Frequency; change: (frequency: Frequency) => void }) {
  const t = scheduleTexts();
  switch (frequency.kind) {
    case 'daily':
    case 'weekdays':
      return null;
    case 'weekly':
      return (
        <label class="field">
          <span>{t.weekday}</span>
          <select
            name="weekday"
            value={String(frequency.day)}
            onChange={({ currentTarget: { value } }) => change({ ...frequency, day: Number(value) })}
          >
            {week.map((day) => (
              <option key={day} value={String(day)}>
                {weekdayName(day)}
              </option>
            ))}
          </select>
        </label>
      );
    case 'chosen':
      return <Weekdays chosen={frequency.days} change={(days) => change({ ...frequency, days })} />;
    case 'monthly':
      return (
        <label class="field">
          <span>{t.dayOfMonth}</span>
          <input
            type="number"
            name="day"
            min={1}
            max={31}
            required
            value={frequency.day}
            onInput={({ currentTarget: { valueAsNumber: day } }) =>
              day >= 1 && day <= 31 && change({ ...frequency, day })
            }
          />
          {frequency.day > 28 && <span class="hint">{t.dayMissing}</span>}
        </label>
      );
    case 'hours':
      return (
        <>
          <label class="field">
            <span>{t.every}</span>
            <select
              name="every"
              value={String(frequency.every)}
              onChange={({ currentTarget: { value } }) => change({ ...frequency, every: Number(value) })}
            >
              {hoursApart.map((hours) => (
                <option key={hours} value={String(hours)}>
                  {hours}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>{t.minute}</span>
            <input
              type="number"
              name="minute"
              min={0}
              max={59}
              required
              value={frequency.minute}
              onInput={({ currentTarget: { valueAsNumber: minute } }) =>
                minute >= 0 && minute <= 59 && change({ ...frequency, minute })
              }
            />
          </label>
        </>
      );
  }
}

function Weekdays({ chosen, change }: { chosen: number[]; change: (days: number[]) => void }) {
  const t = scheduleTexts();
  return (
    <fieldset class="field">
      <legend>{t.chosenDays}</legend>
      <div class="row">
        {week.map((day) => (
          <label key={day} class="day">
            <input
              type="checkbox"
              checked={chosen.includes(day)}
              // The last one stays: a schedule without a day is none.
              disabled={chosen.length === 1 && chosen.includes(day)}
              onChange={({ currentTarget: { checked } }) =>
                change(checked ? [...chosen, day] : chosen.filter((other) => other !== day))
              }
            />{' '}
            {weekdayName(day, 'short')}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
