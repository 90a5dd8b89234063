import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { request, type Page } from '../../shared/api';
import { count, labelled, withCommas } from '../../shared/language';
import { useAct, useLoaded, useTyped } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Example, ExampleCounts, Program, User } from '../rest';
import { adminTexts } from '../texts';
import { Failed, Waiting } from '../waiting';
import { address, useActing } from './acting';
import { datasetTexts } from './dataset-texts';
import { ExampleCard } from './example';
import { Files } from './files';
import { Filters, noFilter, query, type Act, type Filter } from './filters';
import { Lately } from './history';
import { selectionTexts } from './selection-texts';

const mostAtOnce = 500;

/**
 * All examples, with a filter.
 *
 * @param only the examples of an act, to begin with
 */
export function AllExamples({ only }: { only?: Act }) {
  const t = datasetTexts();
  const first = only ? { ...noFilter, act: only } : noFilter;
  const { typed, settled: filter } = useTyped<Filter>(first);
  const users = useLoaded(() => request<User[]>('/api/users'));
  const programs = useLoaded(() => request<Program[]>('/api/program-tokens/accounts'));
  const counts = useLoaded(
    () => request<ExampleCounts>(`${address}/counts`, { query: query(filter.value) }),
    [filter.value],
  );
  const examples = useLoaded(
    () => request<Page<Example>>(address, { query: query(filter.value) }),
    [filter.value],
  );
  const selected = useSignal<ReadonlySet<number>>(new Set());
  const selection = useRef<HTMLDivElement>(null);
  useEffect(() => {
    selected.value = new Set();
  }, [filter.value]);
  const page = examples.value.value;
  const change = (part: Partial<Filter>) => (typed.value = { ...typed.peek(), ...part });

  /** They stay where they are, even if the filter would not find them any more: nobody loses the place. */
  const acting = useActing(async (changed) => {
    const before = examples.value.peek();
    const byId = new Map(changed.map((example) => [example.id, example]));
    if (before) {
      const items = before.items.map((example) => byId.get(example.id) ?? example);
      examples.value.value = { ...before, items };
    }
    await counts.reload();
  });
  const { acts } = acting;
  const { busy, problem, run } = useAct();
  const more = () =>
    run(async () => {
      const asked = filter.peek();
      const next = await request<Page<Example>>(address, { query: { ...query(asked), cursor: page?.next } });
      // Somebody may have chosen another filter meanwhile.
      if (asked === filter.peek()) {
        examples.value.value = { items: [...(page?.items ?? []), ...next.items], next: next.next };
      }
    });
  const excludeSelected = async (excluded: boolean) => {
    await acting.exclude([...selected.peek()], excluded);
    selected.value = new Set();
  };
  const { reply, act } = typed.value;
  const ofAct = useRef<HTMLDivElement>(null);
  // What was asked for is further down than the button.
  useEffect(() => {
    if (act) ofAct.current?.focus();
  }, [act]);
  return (
    <>
      <Files
        changed={async () => {
          await examples.reload();
          await counts.reload();
        }}
      />
      <Lately
        busy={acts.busy}
        undo={acts.undo}
        open={(one) => (typed.value = { ...noFilter, act: one })}
        at={acting.acted}
      />
      <Filters
        filter={typed.value}
        users={users.value.value ?? []}
        programs={programs.value.value ?? []}
        change={change}
      />
      {act && (
        <div
          class="notice row spread"
          ref={ofAct}
          tabIndex={-1}
          role="group"
          aria-label={t.onlyOfAct(act.text)}
        >
          <span dir="auto">{t.onlyOfAct(act.text)}</span>
          <button type="button" class="button small" onClick={() => change({ act: undefined })}>
            {t.showAllAgain}
          </button>
        </div>
      )}
      {reply && (
        <div class="notice row spread">
          <span dir="auto">{labelled(t.reply, reply.text)}</span>
          <button type="button" class="button small" onClick={() => change({ reply: undefined })}>
            {t.showAllAgain}
          </button>
        </div>
      )}
      <div class="row spread">
        {counts.value.value && <Counts counts={counts.value.value} />}
        {typed.value !== noFilter && (
          <button type="button" class="button quiet small" onClick={() => (typed.value = noFilter)}>
            {t.clear}
          </button>
        )}
      </div>
      <ProblemNotice text={problem.value} />
      {examples.problem.value === undefined && <Failed loaded={[users, programs, counts]} />}
      {acting.said}
      {page && page.items.length > 0 && (
        <Selection
          place={selection}
          items={page.items}
          selected={selected.value}
          busy={acts.busy}
          select={(ids) => (selected.value = new Set(ids.slice(0, mostAtOnce)))}
          exclude={(excluded) => void excludeSelected(excluded)}
        />
      )}
      {!page || examples.problem.value !== undefined ? (
        <Waiting loaded={examples} />
      ) : page.items.length === 0 ? (
        <p class="card hint" role="status">
          {filter.value === noFilter ? t.nothingYet : t.nothing}
        </p>
      ) : (
        <ol class="examples" aria-label={t.caption}>
          {page.items.map((example) => (
            <ExampleCard
              key={example.id}
              example={example}
              acts={acts}
              selected={selected.value.has(example.id)}
              select={(isSelected) => {
                const all = new Set(selected.peek());
                if (isSelected) all.add(example.id);
                else all.delete(example.id);
                selected.value = all;
              }}
              toSelection={() => selection.current?.focus()}
              onlyReply={() => change({ reply: { id: example.replyId ?? '', text: example.reply } })}
            />
          ))}
        </ol>
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

function Counts({ counts }: { counts: ExampleCounts }) {
  const t = datasetTexts();
  const { total, fitting, notFitting, excluded, corrected, ofFiles, ofHistory } = counts;
  const origins = withCommas(
    [ofHistory > 0 && t.ofHistory(count(ofHistory)), ofFiles > 0 && t.ofFiles(count(ofFiles))].filter(
      (told) => told !== false,
    ),
  );
  return (
    <div>
      <h2 class="large-number">
        {t.total(count(total), total === 1)}
        {origins !== '' && <span class="hint"> · {origins}</span>}
      </h2>
      <p class="hint">{t.counts(count(fitting), count(notFitting), count(excluded), count(corrected))}</p>
      {excluded > 0 && <p class="hint">{t.used(count(total - excluded))}</p>}
    </div>
  );
}

interface SelectionProps {
  place: RefObject<HTMLDivElement | null>;
  items: Example[];
  selected: ReadonlySet<number>;
  busy: boolean;
  select: (ids: number[]) => void;
  exclude: (excluded: boolean) => void;
}

function Selection({ place, items, selected, busy, select, exclude }: SelectionProps) {
  const t = datasetTexts();
  const none = selected.size === 0;
  return (
    <div class="row selection" ref={place} tabIndex={-1} role="group" aria-label={selectionTexts().bar}>
      <button type="button" class="button small" onClick={() => select(items.map(({ id }) => id))}>
        {t.selectAll}
      </button>
      {!none && (
        <>
          <span class="hint" role="status">
            {t.selected(count(selected.size))}
          </span>
          <button type="button" class="button small" disabled={busy} onClick={() => exclude(true)}>
            {t.excludeSelected}
          </button>
          <button type="button" class="button small" disabled={busy} onClick={() => exclude(false)}>
            {t.includeSelected}
          </button>
          <button type="button" class="button quiet small" onClick={() => select([])}>
            {t.selectNone}
          </button>
        </>
      )}
    </div>
  );
}
