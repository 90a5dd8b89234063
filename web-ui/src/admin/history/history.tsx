import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { dateAndTime, labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { HistoryImport } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { blanksTexts } from './blanks-texts';
import { ForgetDialog, UndoDialog } from './dialogs';
import { Drafts } from './drafts';
import { FileForm } from './file-form';
import { formatNames, historyTexts, statesTexts } from './history-texts';
import { ImportProgress, Report } from './report';

const address = '/api/history';
const again = 1000;

export function HistoryPage() {
  const t = historyTexts();
  const loaded = useLoaded(() => request<HistoryImport[]>(address));
  const undoing = useSignal<HistoryImport | undefined>(undefined);
  const forgetting = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const found = loaded.value.value;
  const working = found?.some(({ progress }) => progress !== undefined);
  useEffect(() => {
    if (!working) return;
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    // Goes on after a request that failed: the next one may not.
    const look = async () => {
      await loaded.reload();
      if (!over) timer = setTimeout(() => void look(), again);
    };
    timer = setTimeout(() => void look(), again);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [working]);

  const changed = async () => {
    await loaded.reload();
    if (!document.activeElement || document.activeElement === document.body) heading.current?.focus();
  };
  if (!found) return <Waiting loaded={loaded} />;
  const stored = found.filter(({ undoable }) => undoable);
  return (
    <>
      <FileForm begun={() => void loaded.reload()} />
      <ProblemNotice text={loaded.problem.value} />
      <section class="stack">
        <div class="row spread">
          <h2 ref={heading} tabIndex={-1}>
            {t.imports}
          </h2>
          {stored.length > 0 && (
            <button type="button" class="button quiet small" onClick={() => (forgetting.value = true)}>
              {t.forget}
            </button>
          )}
        </div>
        {found.length === 0 && <p class="hint">{t.noImports}</p>}
        <ul class="groups">
          {found.map((one) => (
            <ImportCard key={one.id} one={one} changed={changed} undo={() => (undoing.value = one)} />
          ))}
        </ul>
      </section>
      {undoing.value && (
        <UndoDialog one={undoing.value} closed={() => (undoing.value = undefined)} saved={changed} />
      )}
      {forgetting.value && (
        <ForgetDialog imports={stored} closed={() => (forgetting.value = false)} saved={changed} />
      )}
    </>
  );
}

interface CardProps {
  one: HistoryImport;
  changed: () => Promise<void>;
  undo: () => void;
}

function ImportCard({ one, changed, undo }: CardProps) {
  const t = historyTexts();
  const { busy, problem, run } = useAct();
  const stopping = useSignal(false);
  const act = (what: string) =>
    run(async () => {
      stopping.value = what === 'cancel';
      try {
        await request<HistoryImport>(`${address}/${one.id}/${what}`, { method: 'POST' });
        await changed();
      } finally {
        stopping.value = false;
      }
    });
  const isReady = one.state === 'ready';
  const isImported = one.state === 'imported';
  const canCancel = isReady || one.state === 'reading' || one.state === 'analysing';
  return (
    <li class="card stack" aria-label={one.file}>
      <div class="row spread">
        <h3 dir="auto">{one.file}</h3>
        <span class={`tag ${isReady ? 'accent' : ''}`}>{statesTexts()[one.state]}</span>
      </div>
      <p class="hint">
        {dateAndTime(one.at)} · {formatNames()[one.reading.format]}
      </p>
      <div role="status">
        {stopping.value ? blanksTexts().stopping : one.progress && <ImportProgress progress={one.progress} />}
      </div>
      {one.state === 'failed' && <p class="notice bad">{one.problem || t.failedLog}</p>}
      {isReady && (
        <>
          <Report report={one.report} />
          <p class="notice">{one.report.conversations > 0 ? t.importHint : t.nothingFound}</p>
        </>
      )}
      {isImported && (
        <details>
          <summary>{t.report}</summary>
          <Report report={one.report} />
        </details>
      )}
      <ProblemNotice text={problem.value} />
      <div class="row">
        {isReady && one.report.conversations > 0 && (
          <button
            type="button"
            class="button primary"
            aria-label={labelled(t.importNow, one.file)}
            disabled={busy.value}
            onClick={() => void act('import')}
          >
            {t.importNow}
          </button>
        )}
        {canCancel && (
          <button
            type="button"
            class="button quiet"
            aria-label={labelled(isReady ? t.discardFile : adminTexts().cancel, one.file)}
            disabled={busy.value}
            onClick={() => void act('cancel')}
          >
            {isReady ? t.discardFile : adminTexts().cancel}
          </button>
        )}
        {one.undoable && (
          <button type="button" class="button quiet" aria-label={labelled(t.undo, one.file)} onClick={undo}>
            {t.undo}
          </button>
        )}
      </div>
      {isImported && <Drafts one={one} changed={changed} />}
    </li>
  );
}
