import type { RequestOptions } from '../../shared/api';
import type { User } from '../rest';
import { datasetTexts, outcomeTexts, sideTexts } from './dataset-texts';

export interface Filter {
  q: string;
  label: string;
  outcome: string;
  agent: string;
  language: string;
  /** 'true', 'false' or empty for any. */
  excluded: string;
  corrected: string;
  side: string;
  /** Days, as the field for dates has them; of the reader's own time zone. */
  from: string;
  to: string;
  reply?: { id: string; text: string };
}

export const noFilter: Filter = {
  q: '',
  label: '',
  outcome: '',
  agent: '',
  language: '',
  excluded: '',
  corrected: '',
  side: '',
  from: '',
  to: '',
};

/** The filter as the server wants it. */
export function query({ from, to, reply, ...words }: Filter): NonNullable<RequestOptions['query']> {
  // The whole of the last day counts.
  return { ...words, reply: reply?.id, from: midnight(from, 0), to: midnight(to, 1) };
}

function midnight(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  const moment = new Date(year, month - 1, date + later);
  // Somebody who types a year is at 0002 for a moment.
  return year < 1970 || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

interface FiltersProps {
  filter: Filter;
  users: User[];
  change: (part: Partial<Filter>) => void;
}

export function Filters({ filter, users, change }: FiltersProps) {
  const t = datasetTexts();
  const choice = (name: Exclude<keyof Filter, 'reply'>, title: string, options: [string, string][]) => (
    <label class="field">
      <span>{title}</span>
      <select value={filter[name]} onChange={({ currentTarget: { value } }) => change({ [name]: value })}>
        <option value="">{t.any}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <search class="filters dataset-filters">
      <label class="field wide">
        <span>{t.search}</span>
        <input
          type="search"
          maxLength={200}
          placeholder={t.searchHint}
          value={filter.q}
          onInput={({ currentTarget: { value } }) => change({ q: value })}
        />
      </label>
      {choice('label', t.label, [
        ['fits', t.fits],
        ['does-not-fit', t.doesNotFit],
      ])}
      {choice('outcome', t.outcome, Object.entries(outcomeTexts()))}
      {choice(
        'agent',
        t.agent,
        users.map(({ id, name }) => [id, name]),
      )}
      {choice('language', t.language, [
        ['zh', t.chinese],
        ['other', t.otherLanguage],
      ])}
      {choice('excluded', t.training, [
        ['false', t.used],
        ['true', t.excluded],
      ])}
      {choice('corrected', t.correction, [
        ['true', t.corrected],
        ['false', t.untouched],
      ])}
      {choice('side', t.side, [...Object.entries(sideTexts()), ['none', t.none]])}
      <label class="field">
        <span>{t.from}</span>
        <input
          type="date"
          value={filter.from}
          max={filter.to || undefined}
          onInput={({ currentTarget: { value } }) => change({ from: value })}
        />
      </label>
      <label class="field">
        <span>{t.to}</span>
        <input
          type="date"
          value={filter.to}
          min={filter.from || undefined}
          onInput={({ currentTarget: { value } }) => change({ to: value })}
        />
      </label>
    </search>
  );
}
