import type { ComponentChildren } from 'preact';
import type { RequestOptions } from '../../shared/api';
import { DateRange } from '../date-range';
import { FoldedFilters } from '../folded-filters';
import { ProgramOptions } from '../programs/program-options';
import type { Program, User } from '../rest';
import { datasetTexts, originTexts, outcomeTexts, sideTexts } from './dataset-texts';

/** What somebody has done, with words for it. */
export interface Act {
  id: string;
  text: string;
}

export interface Filter {
  q: string;
  label: string;
  origin: string;
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
  /** Only the examples of it. */
  act?: Act;
}

export const noFilter: Filter = {
  q: '',
  label: '',
  origin: '',
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
export function query({ from, to, reply, act, ...words }: Filter): NonNullable<RequestOptions['query']> {
  // The whole of the last day counts.
  return { ...words, reply: reply?.id, act: act?.id, from: midnight(from, 0), to: midnight(to, 1) };
}

/** Of those behind the button of a narrow screen: the search, the reply and the act are always there to see. */
function given(filter: Filter): number {
  const named = { ...filter, q: '', reply: undefined, act: undefined };
  return Object.values(named).filter(Boolean).length;
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
  programs: Program[];
  change: (part: Partial<Filter>) => void;
}

export function Filters({ filter, users, programs, change }: FiltersProps) {
  const t = datasetTexts();
  const choice = (
    name: Exclude<keyof Filter, 'reply' | 'act'>,
    title: string,
    options: [string, string][],
    more?: ComponentChildren,
  ) => (
    <label class="field">
      <span>{title}</span>
      <select value={filter[name]} onChange={({ currentTarget: { value } }) => change({ [name]: value })}>
        <option value="">{t.any}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
        {more}
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
      <FoldedFilters given={given(filter)}>
        {choice('label', t.label, [
          ['fits', t.fits],
          ['does-not-fit', t.doesNotFit],
        ])}
        {choice('origin', t.origin, Object.entries(originTexts()))}
        {choice('outcome', t.outcome, Object.entries(outcomeTexts()))}
        {choice(
          'agent',
          t.agent,
          users.map(({ id, name }) => [id, name]),
          <ProgramOptions programs={programs} />,
        )}
        {choice('language', t.language, [
          ['zh', t.chinese],
          ['other', t.otherLanguage],
        ])}
        {choice('excluded', t.training, [
          ['false', t.isInUse],
          ['true', t.excluded],
        ])}
        {choice('corrected', t.correction, [
          ['true', t.corrected],
          ['false', t.untouched],
        ])}
        {choice('side', t.side, [...Object.entries(sideTexts()), ['none', t.none]])}
        <DateRange labels={t} range={filter} change={change} />
      </FoldedFilters>
    </search>
  );
}
