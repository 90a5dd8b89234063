import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { count, dateAndTime, labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { saveFile } from '../../shared/save-file';
import type { ExampleImportOutcome, ImportedExampleFile } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { address } from './acting';
import { sendable, sendExamples } from './examples-upload';
import { selectionTexts } from './selection-texts';
import { fileTexts } from './file-texts';

const formats = { jsonl: 'examples.jsonl', csv: 'examples.csv', huggingface: 'replyloop-examples.zip' };
type Format = keyof typeof formats;

/** Export, import, and the files that were imported. */
export function Files({ changed }: { changed: () => Promise<void> }) {
  const t = fileTexts();
  const open = useSignal(false);
  const { busy, problem, run } = useAct();
  const save = (format: Format) => run(() => saveFile(`${address}/export`, { format }, formats[format]));
  const names: Record<Format, string> = { jsonl: 'JSONL', csv: 'CSV', huggingface: t.huggingFace };
  return (
    <>
      <div class="row">
        <button type="button" class="button" onClick={() => (open.value = true)}>
          {t.import}
        </button>
        {(Object.keys(formats) as Format[]).map((format) => (
          <button
            key={format}
            type="button"
            class="button"
            disabled={busy.value}
            onClick={() => void save(format)}
          >
            {t.export} {names[format]}
          </button>
        ))}
      </div>
      {busy.value && (
        <p class="hint" role="status">
          {t.writing}
        </p>
      )}
      <ProblemNotice text={problem.value} />
      {open.value && <ImportExamples closed={() => (open.value = false)} changed={changed} />}
    </>
  );
}

function ImportExamples({ closed, changed }: { closed: () => void; changed: () => Promise<void> }) {
  const t = fileTexts();
  const file = useSignal<File | undefined>(undefined);
  const outcome = useSignal<ExampleImportOutcome | undefined>(undefined);
  const tooLarge = useSignal(false);
  const files = useLoaded(() => request<ImportedExampleFile[]>(`${address}/imports`));
  const { busy, problem, run, forget } = useAct();
  const send = (chosen: File, dryRun: boolean) =>
    run(async () => {
      outcome.value = undefined;
      const body = await sendable(chosen);
      tooLarge.value = body === undefined;
      if (!body) return;
      outcome.value = await sendExamples(body, chosen.name, dryRun);
      if (!dryRun) {
        await files.reload();
        await changed();
      }
    });
  const undo = (id: string, erase: boolean) =>
    run(async () => {
      await request(`${address}/imports/${id}`, { method: 'DELETE', query: { erase } });
      outcome.value = undefined;
      await files.reload();
      await changed();
    });
  const { value: told } = outcome;
  const ready = told && !told.stored && told.errors === 0 && told.added > 0;
  return (
    <Dialog label={t.importTitle} class="wide-dialog" closed={closed}>
      <div class="stack">
        <h2>{t.importTitle}</h2>
        <p class="hint">{t.importText}</p>
        <label class="field">
          <span>{t.file}</span>
          <input
            type="file"
            accept=".jsonl,.csv,.gz,.zip"
            disabled={busy.value}
            onChange={({ currentTarget: { files: chosen } }) => {
              forget();
              file.value = chosen?.[0];
              outcome.value = undefined;
              tooLarge.value = false;
              if (file.value) void send(file.value, true);
            }}
          />
        </label>
        {busy.value && (
          <div role="status">
            <span>{t.working}</span> <progress aria-label={t.working} />
          </div>
        )}
        <ProblemNotice text={tooLarge.value ? selectionTexts().tooLarge : problem.value} />
        {told && <Outcome outcome={told} />}
        <div class="row">
          {ready && (
            <button
              type="button"
              class="button primary"
              disabled={busy.value}
              onClick={() => file.value && void send(file.value, false)}
            >
              {t.importNow({ number: count(told.added) })}
            </button>
          )}
          <LeaveButton class="button quiet">{adminTexts().close}</LeaveButton>
        </div>
        <h3>{t.imported}</h3>
        {!files.value.value ? (
          <Waiting loaded={files} />
        ) : files.value.value.length === 0 ? (
          <p class="hint">{t.nothingImported}</p>
        ) : (
          <ul class="card list">
            {files.value.value.map(({ id, name, examples, at, undoneAt }) => (
              <li key={id}>
                <div class="grow">
                  <strong>{name}</strong>
                  <div class="hint">
                    {t.examples({ number: count(examples) })} · {dateAndTime(at)}
                  </div>
                </div>
                {undoneAt === undefined ? (
                  <>
                    <button
                      type="button"
                      class="button small"
                      aria-label={labelled(t.undo, name)}
                      disabled={busy.value}
                      onClick={() => void undo(id, false)}
                    >
                      {t.undo}
                    </button>
                    <button
                      type="button"
                      class="button quiet small"
                      aria-label={labelled(t.undoAndErase, name)}
                      disabled={busy.value}
                      onClick={() => void undo(id, true)}
                    >
                      {t.undoAndErase}
                    </button>
                  </>
                ) : (
                  <span class="tag">{t.undone}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function Outcome({ outcome }: { outcome: ExampleImportOutcome }) {
  const t = fileTexts();
  const { stored, lines, added, known, erased, errors, wrong } = outcome;
  if (errors > 0)
    return (
      <div class="notice bad" role="alert">
        <p>{t.hasErrors({ errors: count(errors), lines: count(lines) })}</p>
        <ul>
          {wrong.slice(0, 20).map(({ file, line, field, message }) => (
            <li key={`${file} ${String(line)}`}>
              {[file, t.line({ number: line }), field, message].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div class={stored ? 'notice good' : 'notice'} role="status">
      <p>
        {stored
          ? t.stored({ number: count(added) })
          : t.wouldStore({ number: count(added), lines: count(lines) })}
      </p>
      {known > 0 && <p>{t.known({ number: count(known) })}</p>}
      {erased > 0 && <p>{t.erased({ number: count(erased) })}</p>}
    </div>
  );
}
