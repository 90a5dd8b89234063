import type { RequestOptions } from '../../shared/api';
import { DateRange } from '../date-range';
import { FoldedFilters } from '../folded-filters';
import { ProgramOptions } from '../programs/program-options';
import type { Program, User } from '../rest';
import { actionTexts, groupTexts } from './action-texts';
import { actorTexts, auditTexts, type ObjectKind } from './audit-texts';

export interface Filter {
  q: string;
  /** `account ` and an id, or `actor ` and a kind; empty for anybody. */
  who: string;
  /** An action, or a group of them; empty for anything. */
  action: string;
  /** Days, as the field for dates has them; of the reader's own time zone. */
  from: string;
  to: string;
  withoutSignIns: boolean;
  object?: { kind: ObjectKind; id: string; name: string };
}

export const noFilter: Filter = { q: '', who: '', action: '', from: '', to: '', withoutSignIns: false };

/** The filter as the server wants it. */
export function query({
  q,
  who,
  action,
  from,
  to,
  withoutSignIns,
  object,
}: Filter): NonNullable<RequestOptions['query']> {
  const [kind, value] = who.split(' ');
  return {
    q,
    account: kind === 'account' ? value : undefined,
    actor: kind === 'actor' ? value : undefined,
    action,
    object: object?.kind,
    id: object?.id,
    from: midnight(from, 0),
    // The whole of the last day counts.
    to: midnight(to, 1),
    signIns: withoutSignIns ? false : undefined,
  };
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

/** Of those behind the button of a narrow screen. */
function given({ who, action, from, to, withoutSignIns }: Filter): number {
  return [who, action, from, to, withoutSignIns].filter(Boolean).length;
}

export function Filters({ filter, users, programs, change }: FiltersProps) {
  const t = auditTexts();
  return (
    <search class="filters audit-filters">
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
        <label class="field">
          <span>{t.who}</span>
          <select value={filter.who} onChange={({ currentTarget: { value } }) => change({ who: value })}>
            <option value="">{t.anybody}</option>
            <optgroup label={t.people}>
              {users.map((user) => (
                <option key={user.id} value={`account ${user.id}`}>
                  {user.name}
                </option>
              ))}
            </optgroup>
            <ProgramOptions programs={programs} value={({ id }) => `account ${id}`} />
            <optgroup label={t.others}>
              {Object.entries(actorTexts()).map(([kind, name]) => (
                <option key={kind} value={`actor ${kind}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <label class="field">
          <span>{t.what}</span>
          <select
            value={filter.action}
            onChange={({ currentTarget: { value } }) => change({ action: value })}
          >
            <option value="">{t.anything}</option>
            {Object.entries(groupTexts()).map(([group, name]) => (
              <optgroup key={group} label={name}>
                <option value={group}>{t.allOf({ group: name })}</option>
                {Object.entries(actionTexts())
                  .filter(([action]) => action.startsWith(`${group}.`))
                  .map(([action, told]) => (
                    <option key={action} value={action}>
                      {told}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
        <DateRange labels={t} range={filter} change={change} />
        <label class="wide">
          <input
            type="checkbox"
            checked={filter.withoutSignIns}
            onChange={({ currentTarget: { checked } }) => change({ withoutSignIns: checked })}
          />{' '}
          {t.withoutSignIns}
        </label>
      </FoldedFilters>
    </search>
  );
}
