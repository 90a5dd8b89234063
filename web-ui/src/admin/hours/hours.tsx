import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { Form, formValues } from '../../shared/form';
import { count, labelled, withCommas } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { BesidePreview } from '../preview/beside';
import { HoursPreview } from '../preview/hours-preview';
import { lookSaved } from '../preview/look';
import type { OpeningHoliday, OpeningHours, Site } from '../rest';
import { ZoneField } from '../training/zone-field';
import { browserZone } from '../training/zones';
import { DialogButtons } from '../dialog-buttons';
import './hours.css';
import { hoursTexts } from './hours-texts';
import { dayName, days, likeMonday, office, spansOf, weekInWords, withSpans, type Span } from './week';

/** When the team of a website is there, and what the chat says while it is not. */
export function SiteHours({ site }: { site: Site }) {
  const t = hoursTexts();
  const path = `/api/sites/${site.id}/hours`;
  const loaded = useLoaded(() => request<OpeningHours>(path), [path]);
  const editing = useSignal(false);
  const hours = loaded.value.value;
  return (
    <div class="stack">
      <div class="row spread">
        <h3>{t.hours}</h3>
        <button
          type="button"
          class="button small"
          disabled={!hours}
          aria-label={labelled(`${t.edit} · ${t.hours}`, site.name)}
          onClick={() => (editing.value = true)}
        >
          {t.edit}
        </button>
      </div>
      <ProblemNotice text={loaded.problem.value} />
      {hours && <p>{summary(hours)}</p>}
      {hours && editing.value && (
        <HoursDialog
          title={labelled(t.hours, site.name)}
          path={path}
          site={site.key}
          stored={hours}
          closed={() => (editing.value = false)}
          saved={loaded.reload}
        />
      )}
    </div>
  );
}

function summary(hours: OpeningHours): string {
  const t = hoursTexts();
  if (!hours.limited) return t.always;
  const week = weekInWords(hours);
  const holidays =
    hours.holidays.length > 0 ? [t.countOfHolidays({ number: count(hours.holidays.length) })] : [];
  return [week.length > 0 ? withCommas(week) : t.noDay, hours.timeZone, ...holidays].join(' · ');
}

interface HoursDialogProps {
  title: string;
  path: string;
  /** Its key. */
  site: string;
  stored: OpeningHours;
  closed: () => void;
  saved: () => Promise<void>;
}

function HoursDialog({ title, path, site, stored, closed, saved }: HoursDialogProps) {
  const t = hoursTexts();
  const form = useRef<HTMLFormElement>(null);
  const hours = useSignal(stored);
  const { busy, problem, run } = useAct(() => ({
    timeZone: t.timeZone,
    weekly: t.week,
    holidays: t.holidays,
    offlineEn: t.offlineEn,
    offlineZh: t.offlineZh,
  }));
  const change = (part: Partial<OpeningHours>) => (hours.value = { ...hours.peek(), ...part });
  const limit = (limited: boolean) => {
    const fresh = limited && hours.peek().weekly.length === 0 && !stored.limited;
    change(fresh ? { limited, weekly: office, timeZone: browserZone() } : { limited });
  };
  const save = () =>
    run(async () => {
      formValues(form.current);
      await request(path, { method: 'PUT', json: hours.peek() });
      await saved();
      lookSaved();
      closed();
    });
  const { limited, weekly, holidays, timeZone, offlineEn, offlineZh } = hours.value;
  return (
    <Dialog
      label={title}
      class="with-preview"
      closed={closed}
      unsaved={() => JSON.stringify(hours.peek()) !== JSON.stringify(stored)}
    >
      <Form form={form} submitted={() => void save()}>
        <BesidePreview preview={() => <HoursPreview site={site} hours={hours.value} />}>
          <h2>{title}</h2>
          <label>
            <input
              type="checkbox"
              checked={limited}
              onChange={({ currentTarget: { checked } }) => limit(checked)}
            />{' '}
            {t.limited}
          </label>
          <p class="hint">{t.limitedHint}</p>
          {limited && (
            <>
              <ZoneField value={timeZone} chosen={(zone) => change({ timeZone: zone })} />
              <section class="stack" aria-label={t.week}>
                <h3>{t.week}</h3>
                <p class="hint">{t.weekHint}</p>
                {days.map((day) => (
                  <Spans
                    key={day}
                    name="weekly"
                    title={dayName(day)}
                    spans={spansOf(weekly, day)}
                    change={(spans) => change({ weekly: withSpans(weekly, day, spans) })}
                  />
                ))}
                <div>
                  <button
                    type="button"
                    class="button small"
                    onClick={() => change({ weekly: likeMonday(weekly) })}
                  >
                    {t.likeMonday}
                  </button>
                </div>
                {weekly.length === 0 && (
                  <p class="notice warn" role="status">
                    {t.noDay}
                  </p>
                )}
              </section>
              <Holidays holidays={holidays} change={(changed) => change({ holidays: changed })} />
              <section class="stack" aria-label={t.offline}>
                <h3>{t.offline}</h3>
                <label class="field">
                  <span>{t.offlineEn}</span>
                  <textarea
                    name="offlineEn"
                    rows={2}
                    maxLength={500}
                    value={offlineEn ?? ''}
                    onInput={({ currentTarget: { value } }) => change({ offlineEn: value })}
                  />
                </label>
                <label class="field">
                  <span>{t.offlineZh}</span>
                  <textarea
                    name="offlineZh"
                    rows={2}
                    maxLength={500}
                    lang="zh-CN"
                    value={offlineZh ?? ''}
                    onInput={({ currentTarget: { value } }) => change({ offlineZh: value })}
                  />
                </label>
                <p class="hint">{t.offlineHint}</p>
              </section>
            </>
          )}
        </BesidePreview>
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}

interface SpansProps {
  /** Of the field, as the server calls it. */
  name: string;
  title: string;
  spans: Span[];
  change: (spans: Span[]) => void;
}

/** The hours of one day. */
function Spans({ name, title, spans, change }: SpansProps) {
  const t = hoursTexts();
  const box = useRef<HTMLFieldSetElement>(null);
  const set = (index: number, part: Partial<Span>) =>
    change(spans.map((span, each) => (each === index ? { ...span, ...part } : span)));
  const remove = (index: number) => {
    change(spans.filter((_, each) => each !== index));
    // The button that was pressed goes with its line.
    box.current?.querySelector<HTMLElement>('.add-hours')?.focus();
  };
  return (
    <fieldset class="day-hours" ref={box}>
      <legend>{title}</legend>
      {spans.length === 0 && <span class="hint">{t.closed}</span>}
      {spans.map(({ from, to }, index) => (
        <span class="row" key={index}>
          <input
            type="time"
            name={name}
            required
            aria-label={t.from({ day: title, number: index + 1 })}
            value={from}
            onInput={({ currentTarget: { value } }) => set(index, { from: value })}
          />
          –
          <input
            type="time"
            name={name}
            required
            aria-label={t.to({ day: title, number: index + 1 })}
            value={to}
            onInput={({ currentTarget: { value } }) => set(index, { to: value })}
          />
          <button
            type="button"
            class="button quiet small"
            aria-label={t.removeHours({ day: title, number: index + 1 })}
            onClick={() => remove(index)}
          >
            {t.remove}
          </button>
        </span>
      ))}
      <button
        type="button"
        class="button quiet small add-hours"
        aria-label={labelled(t.addHours, title)}
        onClick={() => change([...spans, next(spans)])}
      >
        {t.addHours}
      </button>
    </fieldset>
  );
}

function next(spans: Span[]): Span {
  return spans.length === 0 ? { from: '09:00', to: '17:00' } : { from: '', to: '' };
}

interface HolidaysProps {
  holidays: OpeningHoliday[];
  change: (holidays: OpeningHoliday[]) => void;
}

function Holidays({ holidays, change }: HolidaysProps) {
  const t = hoursTexts();
  const box = useRef<HTMLElement>(null);
  const set = (index: number, part: Partial<OpeningHoliday>) =>
    change(holidays.map((day, each) => (each === index ? { ...day, ...part } : day)));
  return (
    <section class="stack" aria-label={t.holidays} ref={box}>
      <h3>{t.holidays}</h3>
      <p class="hint">{t.holidaysHint}</p>
      {holidays.map(({ date, name, spans }, index) => {
        const title = name || date || t.holiday({ number: index + 1 });
        return (
          <div class="holiday stack" role="group" aria-label={title} key={index}>
            <div class="row">
              <label class="field">
                <span>{t.date}</span>
                <input
                  type="date"
                  name="holidays"
                  required
                  min="2000-01-01"
                  max="2199-12-31"
                  value={date}
                  onInput={({ currentTarget: { value } }) => set(index, { date: value })}
                />
              </label>
              <label class="field">
                <span>{t.holidayName}</span>
                <input
                  maxLength={100}
                  value={name}
                  onInput={({ currentTarget: { value } }) => set(index, { name: value })}
                />
              </label>
              <button
                type="button"
                class="button quiet small"
                aria-label={labelled(t.remove, title)}
                onClick={() => {
                  change(holidays.filter((_, each) => each !== index));
                  box.current?.querySelector<HTMLElement>('.add-holiday')?.focus();
                }}
              >
                {t.remove}
              </button>
            </div>
            <Spans
              name="holidays"
              title={title}
              spans={spans}
              change={(changed) => set(index, { spans: changed })}
            />
          </div>
        );
      })}
      <div>
        <button
          type="button"
          class="button small add-holiday"
          onClick={() => change([...holidays, { date: '', name: '', spans: [] }])}
        >
          {t.addHoliday}
        </button>
      </div>
    </section>
  );
}
