import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Problem } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { count, listed, percent, sentences } from '../../shared/language';
import { problemText } from '../../shared/problem-text';
import { ProblemNotice } from '../../shared/problem-notice';
import { ImportOutcome } from './import-outcome';
import { EncodingField, ImportPreview } from './import-preview';
import { reasonText } from './import-reasons';
import { actions, fileProblem, formatOf, type ImportReport, type Reason, type Wishes } from './import-report';
import { Refusal, upload } from './import-upload';
import { knowledgeTexts } from './knowledge-texts';
import { adminTexts } from '../texts';

const largest = 20 * 1024 * 1024;
const asFileTells: Wishes = { html: 'keep', publish: true };

/** The bytes are read once, so that what is imported is what was seen, whatever becomes of the file meanwhile. */
interface Chosen {
  name: string;
  bytes: ArrayBuffer;
}

type Work = { kind: 'reading' | 'storing'; sent: number };

export function ImportDialog({ closed, imported }: { closed: () => void; imported: () => Promise<void> }) {
  const t = knowledgeTexts();
  const file = useSignal<Chosen | undefined>(undefined);
  const wishes = useSignal<Wishes>(asFileTells);
  const report = useSignal<ImportReport | undefined>(undefined);
  const refusal = useSignal<Reason | undefined>(undefined);
  const problem = useSignal<(() => string) | undefined>(undefined);
  const work = useSignal<Work | undefined>(undefined);
  const isOver = useSignal(false);
  const running = useRef<AbortController>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => running.current?.abort(), []);

  const send = async (options: { dryRun: boolean; skipInvalid?: boolean; confirm?: string }) => {
    const chosen = file.peek();
    if (!chosen) return;
    running.current?.abort();
    const mine = (running.current = new AbortController());
    const kind = options.dryRun ? 'reading' : 'storing';
    work.value = { kind, sent: 0 };
    problem.value = undefined;
    try {
      const found = await upload(
        { format: formatOf(chosen.name), ...wishes.peek(), ...options },
        chosen.bytes,
        (sent) => (work.value = { kind, sent }),
        mine.signal,
      );
      if (mine.signal.aborted) return;
      refusal.value = undefined;
      report.value = found;
      if (found.stored) await imported();
    } catch (reason) {
      if (mine.signal.aborted) return;
      if (reason instanceof Refusal) {
        report.value = undefined;
        refusal.value = reason.reason;
      } else if (reason instanceof Problem && reason.code === 'conflict') {
        await send({ dryRun: true });
        problem.value = () => knowledgeTexts().changedSince;
      } else {
        problem.value = () => problemText(reason);
      }
    } finally {
      if (running.current === mine) work.value = undefined;
    }
  };
  const change = (part: Partial<Wishes>) => {
    wishes.value = { ...wishes.peek(), ...part };
    if (!report.peek()?.stored) void send({ dryRun: true });
  };
  const choose = async (files: FileList | null | undefined) => {
    const chosen = files?.[0];
    if (!chosen) return;
    running.current?.abort();
    work.value = report.value = refusal.value = file.value = undefined;
    wishes.value = { ...asFileTells, publish: wishes.peek().publish };
    problem.value =
      files.length > 1
        ? () => knowledgeTexts().oneFile
        : chosen.size > largest
          ? () => knowledgeTexts().tooLarge
          : undefined;
    if (problem.peek()) return;
    try {
      file.value = { name: chosen.name, bytes: await chosen.arrayBuffer() };
    } catch {
      problem.value = () => knowledgeTexts().unreadable;
      return;
    }
    await send({ dryRun: true });
  };

  // Wherever a file is let go: beside the window, the browser would leave the page for it.
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      isOver.value = event.type === 'dragover';
    };
    const drop = (event: DragEvent) => {
      over(event);
      const dropped = event.dataTransfer?.files;
      // The field shows the name of what was chosen, wherever it came from.
      if (input.current && dropped?.length) input.current.files = dropped;
      void choose(dropped);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', over);
      removeEventListener('drop', drop);
    };
  }, []);

  const found = report.value;
  // Of a file that could not be read to its end, nothing is stored.
  const good = found?.file.complete ? found.lines - found.invalid : 0;
  const isDone = found?.stored === true;
  const hasHtml = found?.results.some(({ notes }) =>
    notes?.some(({ code }) => code === 'html' || code === 'html-converted'),
  );
  return (
    <Dialog
      label={t.importTitle}
      class="import-dialog"
      closed={closed}
      unsaved={() => wishes.peek().mapping !== undefined && !isDone}
    >
      <div class={`stack drop ${isOver.value ? 'over' : ''}`}>
        <h2>{t.importTitle}</h2>
        <p class="hint">{t.importText}</p>
        <div class="drop-zone">
          <label class="field">
            <span>{t.file}</span>
            <input
              ref={input}
              type="file"
              accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json,.md,.markdown"
              onChange={({ currentTarget: { files } }) => void choose(files)}
            />
          </label>
          {!file.value && <p class="hint">{t.dropHere}</p>}
        </div>
        <ProblemNotice text={problem.value?.()} />
        <div role="status">
          {work.value && <Progress work={work.value} />}
          {found && !work.value && <Summary report={found} />}
        </div>
        {refusal.value && (
          <>
            <ProblemNotice text={reasonText(refusal.value)} />
            {refusal.value.code.includes('encoding') && (
              <EncodingField
                chosen={wishes.value.encoding}
                choose={(encoding) => change({ encoding, mapping: undefined })}
              />
            )}
          </>
        )}
        {found && !isDone && <ImportPreview file={found.file} wishes={wishes.value} change={change} />}
        {found && !isDone && (
          <div class="row">
            <label>
              <input
                type="checkbox"
                checked={wishes.value.publish}
                onChange={({ currentTarget: { checked } }) => change({ publish: checked })}
              />{' '}
              {t.asPublished}
            </label>
            {hasHtml && (
              <label>
                <input
                  type="checkbox"
                  checked={wishes.value.html === 'text'}
                  onChange={({ currentTarget: { checked } }) => change({ html: checked ? 'text' : 'keep' })}
                />{' '}
                {t.htmlToText}
              </label>
            )}
          </div>
        )}
        {found && found.lines > 0 && !fileProblem(found) && (
          <ImportOutcome key={found.confirmation} report={found} />
        )}
        <div class="row">
          {found && !isDone && good > 0 && (
            <button
              type="button"
              class="button primary"
              disabled={work.value !== undefined}
              onClick={() =>
                void send({ dryRun: false, skipInvalid: found.invalid > 0, confirm: found.confirmation })
              }
            >
              {found.invalid > 0 ? t.importGood : t.importNow}
            </button>
          )}
          {!isDone && (
            <button
              type="button"
              class="button"
              disabled={work.value !== undefined || !file.value}
              onClick={() => void send({ dryRun: true })}
            >
              {t.check}
            </button>
          )}
          <LeaveButton class="button quiet">{adminTexts().close}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}

function Progress({ work: { kind, sent } }: { work: Work }) {
  const t = knowledgeTexts();
  const isSent = sent >= 1;
  // Screen readers hear of the phases; a figure that moves would keep them talking.
  return (
    <div class="stack">
      <span>{isSent ? t[kind] : t.uploading}</span>
      {isSent ? (
        <progress aria-label={t[kind]} />
      ) : (
        <progress aria-label={t.uploading} value={sent} max={1}>
          {percent(sent)}
        </progress>
      )}
    </div>
  );
}

function Summary({ report }: { report: ImportReport }) {
  const t = knowledgeTexts();
  const whole = fileProblem(report);
  if (whole) return <p class="notice warn">{sentences(t.dryRunNote, reasonText(whole))}</p>;
  const note = report.stored ? t.doneNote : report.dryRun ? t.dryRunNote : t.refusedNote;
  const outcomes = {
    created: t.areCreated,
    updated: t.areUpdated,
    merged: t.areMerged,
    unchanged: t.areUnchanged,
    invalid: t.areInvalid,
  };
  const single = report.lines === 1;
  const parts = actions
    .filter((name) => report[name] > 0)
    .map((name) => outcomes[name](single ? '' : count(report[name]), report[name] === 1));
  const told =
    parts.length > 0 && (single ? t.ofOneLine(listed(parts)) : t.ofLines(count(report.lines), listed(parts)));
  return (
    <p class={`notice ${report.stored ? 'good' : report.invalid ? 'warn' : ''}`}>
      {sentences(note, told || undefined, report.stored && report.invalid > 0 ? t.leftOutNote : undefined)}
    </p>
  );
}
