import { useComputed, useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { request } from '../../shared/api';
import { Combobox } from '../../shared/combobox';
import { useLoaded } from '../../shared/load';
import type { TimeZone } from '../rest';
import { scheduleTexts } from './schedule-texts';
import { browserZone, findZones } from './zones';

interface ZoneFieldProps {
  value: string;
  chosen: (zone: string) => void;
}

/** A time zone, found among all that the server knows by what people call it. */
export function ZoneField({ value, chosen }: ZoneFieldProps) {
  const t = scheduleTexts();
  const id = useId();
  const zones = useLoaded(() => request<TimeZone[]>('/api/training/time-zones'));
  const searched = useSignal('');
  const choices = useComputed(() =>
    findZones(zones.value.value ?? [], searched.value).map(({ id, offset, name }) => ({
      value: id,
      name: id.replaceAll('_', ' '),
      detail: [offset, name, id === browserZone() ? scheduleTexts().browserZone : '']
        .filter(Boolean)
        .join(' · '),
    })),
  );
  // An offset, which the server knows without a list.
  const isListed =
    /^(?:Z|(?:UTC|GMT|UT)?[+-]\d)/.test(value) || zones.value.value?.some(({ id }) => id === value);
  const unknown = !!zones.value.value?.length && !isListed;
  return (
    <Combobox
      label={t.timeZone}
      name="timeZone"
      value={value}
      choices={choices.value}
      nothing={t.noZone}
      searched={(text) => (searched.value = text)}
      changed={chosen}
      invalid={unknown}
      describedBy={`${id}-hint`}
    >
      {(open) => (
        <>
          {unknown && !open && (
            <p class="notice bad" role="alert">
              {value.trim() === '' ? t.noZoneGiven : t.unknownZone({ zone: value })}
            </p>
          )}
          <span id={`${id}-hint`} class="hint">
            {t.zoneHint}
          </span>
          {value !== browserZone() && (
            <div>
              <button type="button" class="button small" onClick={() => chosen(browserZone())}>
                {t.thisBrowser({ zone: browserZone() })}
              </button>
            </div>
          )}
        </>
      )}
    </Combobox>
  );
}
