import { useComputed, useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { composing } from '../../shared/composer';
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
  const field = useRef<HTMLInputElement>(null);
  const zones = useLoaded(() => request<TimeZone[]>('/api/training/time-zones'));
  /** What has been typed since the list is open; nothing while it is closed. */
  const typed = useSignal<string | undefined>(undefined);
  const active = useSignal(0);
  const found = useComputed(() =>
    typed.value === undefined ? [] : findZones(zones.value.value ?? [], typed.value),
  );
  const isOpen = typed.value !== undefined && zones.value.value !== undefined;
  // An offset, which the server knows without a list.
  const isListed =
    /^(?:Z|(?:UTC|GMT|UT)?[+-]\d)/.test(value) || zones.value.value?.some(({ id }) => id === value);
  const unknown = !isOpen && !!zones.value.value?.length && !isListed;
  const open = (text: string) => {
    typed.value = text;
    active.value = 0;
  };
  const close = () => (typed.value = undefined);
  const choose = (zone: string) => {
    chosen(zone);
    close();
  };
  const move = (by: number) => {
    if (typed.value === undefined) return open('');
    const count = found.value.length;
    if (count === 0) return;
    active.value = (active.value + by + count) % count;
    document.getElementById(`${id}-${String(active.value)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => {
      const zone = found.value[active.value];
      if (zone) choose(zone.id);
    },
    Escape: close,
  };
  return (
    <div class="field zone-field">
      <label for={id}>{t.timeZone}</label>
      <input
        id={id}
        ref={field}
        name="timeZone"
        value={value}
        required
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-invalid={unknown}
        aria-describedby={unknown ? `${id}-unknown` : `${id}-hint`}
        aria-activedescendant={isOpen && found.value.length > 0 ? `${id}-${String(active.value)}` : undefined}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onClick={() => typed.value === undefined && open('')}
        onInput={({ currentTarget }) => {
          chosen(currentTarget.value);
          open(currentTarget.value);
        }}
        onBlur={close}
        onKeyDown={(event) => {
          const act = keys[event.key];
          const isOnlyForList = event.key === 'Enter' || event.key === 'Escape';
          if (!act || composing(event) || (isOnlyForList && !isOpen)) return;
          event.preventDefault();
          act();
        }}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t.timeZone} class="zone-list" hidden={!isOpen}>
        {found.value.map((zone, index) => (
          <li
            key={zone.id}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === active.value}
            // Before the field loses the focus, which closes the list.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(zone.id);
            }}
          >
            <span>{zone.id.replaceAll('_', ' ')}</span>
            <span class="hint">
              {[zone.offset, zone.name, zone.id === browserZone() ? t.browserZone : '']
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
        {isOpen && found.value.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled={true} class="hint">
            {t.noZone}
          </li>
        )}
      </ul>
      {unknown && (
        <p id={`${id}-unknown`} class="notice bad" role="alert">
          {t.unknownZone(value)}
        </p>
      )}
      <span id={`${id}-hint`} class="hint">
        {t.zoneHint}
      </span>
      {value !== browserZone() && (
        <div>
          <button type="button" class="button small" onClick={() => choose(browserZone())}>
            {t.thisBrowser(browserZone())}
          </button>
        </div>
      )}
    </div>
  );
}
