import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { request, type Page } from '../../shared/api';
import { useAct, useLoaded, useTyped } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { saveFile } from '../../shared/save-file';
import type { AuditEntry, Program, User } from '../rest';
import { adminTexts } from '../texts';
import { Failed, Waiting } from '../waiting';
import { auditTexts } from './audit-texts';
import { EntryRows, objectName } from './entry';
import { Filters, noFilter, query, type Filter } from './filters';

const clockEvery = 30_000;

export function AuditPage() {
  const t = auditTexts();
  const { typed, settled: filter } = useTyped<Filter>(noFilter);
  const users = useLoaded(() => request<User[]>('/api/users'));
  const programs = useLoaded(() => request<Program[]>('/api/program-tokens/accounts'));
  const entries = useLoaded(
    () => request<Page<AuditEntry>>('/api/audit', { query: query(filter.value) }),
    [filter.value],
  );
  const opened = useSignal<number | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const page = entries.value.value;
  const change = (part: Partial<Filter>) => (typed.value = { ...typed.peek(), ...part });

  const more = () =>
    run(async () => {
      const asked = filter.peek();
      const next = await request<Page<AuditEntry>>('/api/audit', {
        query: { ...query(asked), cursor: page?.next },
      });
      // Somebody may have chosen another filter meanwhile.
      if (asked === filter.peek()) {
        entries.value.value = { items: [...(page?.items ?? []), ...next.items], next: next.next };
      }
    });
  const save = (format: 'csv' | 'jsonl') =>
    run(() => saveFile('/api/audit/export', { ...query(typed.peek()), format }, `audit-log.${format}`));
  const only = (entry: AuditEntry) => {
    if (!entry.objectId) return undefined;
    const object = { kind: entry.objectKind, id: entry.objectId, name: objectName(entry) };
    return () => (typed.value = { ...noFilter, object });
  };

  return (
    <>
      <p class="hint">{t.intro}</p>
      <Filters
        filter={typed.value}
        users={users.value.value ?? []}
        programs={programs.value.value ?? []}
        change={change}
      />
      <div class="row spread">
        <div class="row">
          <button type="button" class="button" disabled={busy.value} onClick={() => void save('csv')}>
            {t.export} CSV
          </button>
          <button type="button" class="button" disabled={busy.value} onClick={() => void save('jsonl')}>
            {t.export} JSONL
          </button>
          <span class="hint">{t.exportHint}</span>
        </div>
        {typed.value !== noFilter && (
          <button type="button" class="button quiet small" onClick={() => (typed.value = noFilter)}>
            {t.clear}
          </button>
        )}
      </div>
      {typed.value.object && (
        <div class="notice row spread">
          <span>{t.onlyAbout({ what: typed.value.object.name })}</span>
          <button type="button" class="button small" onClick={() => change({ object: undefined })}>
            {t.showAll}
          </button>
        </div>
      )}
      <ProblemNotice text={problem.value} />
      {entries.problem.value === undefined && <Failed loaded={[users, programs]} />}
      {page && entries.problem.value === undefined ? (
        <EntryTable
          items={page.items}
          people={new Map(users.value.value?.map(({ id, name }) => [id, name]))}
          filtered={filter.value !== noFilter}
          opened={opened.value}
          toggle={(id) => (opened.value = opened.peek() === id ? undefined : id)}
          only={only}
        />
      ) : (
        <Waiting loaded={entries} />
      )}
      {page?.next && (
        <div>
          <button type="button" class="button" disabled={busy.value} onClick={() => void more()}>
            {adminTexts().more}
          </button>
        </div>
      )}
    </>
  );
}

interface EntryTableProps {
  items: AuditEntry[];
  people: Map<string, string>;
  filtered: boolean;
  opened: number | undefined;
  toggle: (id: number) => void;
  only: (entry: AuditEntry) => (() => void) | undefined;
}

function EntryTable({ items, people, filtered, opened, toggle, only }: EntryTableProps) {
  const t = auditTexts();
  const now = useNow();
  if (items.length === 0) {
    return (
      <p class="card hint" role="status">
        {filtered ? t.none : t.nothingYet}
      </p>
    );
  }
  return (
    <div class="card audit-card">
      <table class="audit">
        <caption class="out-of-sight">{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.when}</th>
            <th scope="col">{t.who}</th>
            <th scope="col">{t.what}</th>
            <th scope="col">{t.about}</th>
            <th scope="col">
              <span class="out-of-sight">{t.details}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <EntryRows
              key={entry.id}
              entry={entry}
              now={now}
              people={people}
              shown={opened === entry.id}
              toggle={() => toggle(entry.id)}
              only={only(entry)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Goes on while the page is open, for what says how long ago something was. */
function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), clockEvery);
    return () => clearInterval(timer);
  }, []);
  return now;
}
