import { useSignal } from '@preact/signals';
import { request, type Page } from '../../shared/api';
import { count, dateAndTime, labelled, withCommas } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { CurationAct, CurationEntry, Example } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { actTexts, datasetTexts } from './dataset-texts';
import type { Act } from './filters';

interface UndoProps {
  busy: boolean;
  undo: (act: string) => void;
}

function act(kind: string): string {
  return (actTexts() as Record<string, string>)[kind] ?? kind;
}

/** What was done to one example. */
export function History({ example, busy, undo }: UndoProps & { example: Example }) {
  const t = datasetTexts();
  const loaded = useLoaded(
    () => request<CurationAct[]>(`/api/examples/${String(example.id)}/acts`),
    [example],
  );
  const acts = loaded.value.value;
  if (!acts) return <Waiting loaded={loaded} />;
  if (acts.length === 0) return <p class="hint">{t.notChangedYet}</p>;
  return (
    <ul class="acts">
      {acts.map((one, index) => {
        const told = [one.by.name, act(one.kind), changed(one)].filter(Boolean).join(' · ');
        return (
          <li key={index} class="row spread">
            <span class={one.undone ? 'hint' : undefined}>
              {told}
              {one.undone && ` · ${t.undone}`}
              <span class="hint"> {dateAndTime(one.at)}</span>
              {one.comment !== undefined && <span class="said-about"> {one.comment}</span>}
            </span>
            {!one.undone && one.kind !== 'undone' && (
              <button
                type="button"
                class="button small"
                aria-label={labelled(t.undo, told)}
                disabled={busy}
                onClick={() => undo(one.act)}
              >
                {t.undo}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** From what to what, of all examples of an act together. */
function changedTogether({ kind, examples, before, after }: CurationEntry): string {
  const t = datasetTexts();
  if (!before || !after) return '';
  if (examples === 1) {
    return changed({
      labelBefore: before.fitting,
      labelAfter: after.fitting,
      excludedBefore: before.excluded > 0,
      excludedAfter: after.excluded > 0,
    });
  }
  // All that are corrected together fit, or none; but where another reply fits, one does and one does not.
  if (kind === 'corrected' && examples === 2 && after.fitting === 1) return t.anotherFits;
  const now = (number: number) =>
    number === 0 ? t.noneOfThem : number === examples ? t.allOfThem : t.someOfThem(count(number));
  return withCommas(
    [
      before.fitting !== after.fitting &&
        t.fitted(count(before.fitting), count(examples), now(after.fitting)),
      before.excluded !== after.excluded &&
        t.wereExcluded(count(before.excluded), count(examples), now(after.excluded)),
    ].filter((told) => told !== false),
  );
}

type Change = Pick<CurationAct, 'labelBefore' | 'labelAfter' | 'excludedBefore' | 'excludedAfter'>;

function changed({ labelBefore, labelAfter, excludedBefore, excludedAfter }: Change): string {
  const t = datasetTexts();
  if (labelBefore === undefined || labelAfter === undefined) return '';
  const label = (value: number) => (value >= 0.5 ? t.fits : t.doesNotFit);
  const use = (value: boolean | undefined) => (value ? t.isExcluded : t.isUsed);
  return withCommas(
    [
      labelBefore !== labelAfter && t.change(label(labelBefore), label(labelAfter)),
      excludedBefore !== excludedAfter && t.change(use(excludedBefore), use(excludedAfter)),
    ].filter((told) => told !== false),
  );
}

/** What was done lately, to whatever example: also for whoever has loaded the page again. */
export function Lately({ busy, undo, open, at }: UndoProps & { open: (act: Act) => void; at: number }) {
  const t = datasetTexts();
  const isOpen = useSignal(false);
  return (
    <section class="stack">
      <div>
        <button
          type="button"
          class="button"
          aria-expanded={isOpen.value}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          {t.done}
        </button>
      </div>
      {isOpen.value && <Entries key={at} busy={busy} undo={undo} open={open} />}
    </section>
  );
}

function Entries({ busy, undo, open }: UndoProps & { open: (act: Act) => void }) {
  const t = datasetTexts();
  const loaded = useLoaded(() => request<Page<CurationEntry>>('/api/examples/acts'));
  const act$ = useAct();
  const page = loaded.value.value;
  if (!page) return <Waiting loaded={loaded} />;
  if (page.items.length === 0) return <p class="card hint">{t.nothingDone}</p>;
  const more = () =>
    act$.run(async () => {
      const next = await request<Page<CurationEntry>>('/api/examples/acts', { query: { cursor: page.next } });
      loaded.value.value = { items: [...page.items, ...next.items], next: next.next };
    });
  return (
    <>
      <ProblemNotice text={act$.problem.value} />
      <ul class="card list entries">
        {page.items.map((entry) => {
          const told = t.entry(entry.by.name, act(entry.kind), count(entry.examples), entry.examples === 1);
          const change = changedTogether(entry);
          return (
            <li key={entry.act}>
              <div class="grow entry">
                <div>
                  {told}
                  {change && ` · ${change}`} <span class="hint">{dateAndTime(entry.at)}</span>
                </div>
                <EntryTexts entry={entry} />
              </div>
              {(entry.example !== undefined || entry.examples > 1) && (
                <button
                  type="button"
                  class="button quiet small"
                  onClick={() => open({ id: entry.act, text: withCommas([told, change].filter(Boolean)) })}
                >
                  {entry.examples === 1
                    ? t.showExample(String(entry.example?.id))
                    : t.showExamples(count(entry.examples))}
                </button>
              )}
              {entry.undone ? (
                <span class="tag">{t.undone}</span>
              ) : (
                <button
                  type="button"
                  class="button small"
                  aria-label={labelled(t.undo, told)}
                  disabled={busy}
                  onClick={() => undo(entry.act)}
                >
                  {t.undo}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {page.next && (
        <div>
          <button type="button" class="button" disabled={act$.busy.value} onClick={() => void more()}>
            {adminTexts().more}
          </button>
        </div>
      )}
    </>
  );
}

/** Which example it was, and what was said about it. */
function EntryTexts({ entry: { example, examples, otherReply, comment } }: { entry: CurationEntry }) {
  const t = datasetTexts();
  return (
    <>
      {example && (
        <>
          <div class="one-line" dir="auto">
            {labelled(t.customer, example.question)}
          </div>
          <div class="one-line" dir="auto">
            {labelled(t.reply, example.reply)}
          </div>
        </>
      )}
      {otherReply !== undefined && (
        <div class="one-line" dir="auto">
          {labelled(t.insteadOf, otherReply)}
        </div>
      )}
      {comment !== undefined && (
        <blockquote class="quote said-about" dir="auto">
          {comment}
        </blockquote>
      )}
      {examples === 1 && !example && <div class="hint">{t.exampleGone}</div>}
    </>
  );
}
