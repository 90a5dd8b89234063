import { useSignal } from '@preact/signals';
import { Problem, request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { useAct } from '../../shared/load';
import { knowledgeTexts } from './knowledge-texts';
import type { ImportReport } from '../rest';
import { adminTexts } from '../texts';
import { ProblemNotice } from '../waiting';

const largest = 20 * 1024 * 1024;

type Outcome = 'checked' | 'refused' | 'imported';

export function ImportDialog({ closed, imported }: { closed: () => void; imported: () => Promise<void> }) {
  const t = knowledgeTexts();
  const file = useSignal<File | undefined>(undefined);
  const publish = useSignal(true);
  const report = useSignal<ImportReport | undefined>(undefined);
  const outcome = useSignal<Outcome>('checked');
  const { busy, problem, run } = useAct();

  const send = (options: { dryRun: boolean; skipInvalid?: boolean }) =>
    run(async () => {
      const chosen = file.peek();
      if (!chosen) return;
      const format = /\.csv$/i.test(chosen.name) ? 'csv' : 'jsonl';
      try {
        report.value = await request<ImportReport>('/api/replies/import', {
          method: 'POST',
          query: { format, publish: publish.peek(), ...options },
          text: { type: format === 'csv' ? 'text/csv' : 'application/x-ndjson', body: await chosen.text() },
        });
        outcome.value = options.dryRun ? 'checked' : 'imported';
        if (!options.dryRun) await imported();
      } catch (refusal) {
        const found = reportOf(refusal);
        if (!found) throw refusal;
        report.value = found;
        outcome.value = options.dryRun ? 'checked' : 'refused';
      }
    });

  const found = report.value;
  const good = found ? found.lines - found.invalid : 0;
  return (
    <Dialog label={t.importTitle} class="wide-dialog" closed={closed}>
      <div class="stack">
        <h2>{t.importTitle}</h2>
        <p class="hint">{t.importText}</p>
        <label class="field">
          <span>{t.file}</span>
          <input
            type="file"
            accept=".jsonl,.ndjson,.csv"
            onChange={({ currentTarget: { files } }) => {
              const chosen = files?.[0];
              report.value = undefined;
              problem.value = chosen && chosen.size > largest ? t.tooLarge : undefined;
              file.value = problem.value ? undefined : chosen;
            }}
          />
        </label>
        <label>
          <input
            type="checkbox"
            checked={publish.value}
            onChange={({ currentTarget: { checked } }) => (publish.value = checked)}
          />{' '}
          {t.asPublished}
        </label>
        <ProblemNotice text={problem.value} />
        {found && <Report report={found} outcome={outcome.value} />}
        <div class="row">
          <button
            type="button"
            class={found ? 'button' : 'button primary'}
            disabled={busy.value || !file.value}
            onClick={() => void send({ dryRun: true })}
          >
            {t.check}
          </button>
          {found && outcome.value !== 'imported' && found.invalid === 0 && (
            <button
              type="button"
              class="button primary"
              disabled={busy.value}
              onClick={() => void send({ dryRun: false })}
            >
              {t.importNow}
            </button>
          )}
          {found && outcome.value !== 'imported' && found.invalid > 0 && good > 0 && (
            <button
              type="button"
              class="button"
              disabled={busy.value}
              onClick={() => void send({ dryRun: false, skipInvalid: true })}
            >
              {t.importGood}
            </button>
          )}
          <button type="button" class="button quiet" onClick={closed}>
            {adminTexts().close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** A refused import answers with the same report, in or as the problem document. */
function reportOf(refusal: unknown): ImportReport | undefined {
  if (!(refusal instanceof Problem) || typeof refusal.body !== 'object' || refusal.body === null)
    return undefined;
  const body = refusal.body as { report?: ImportReport } & Partial<ImportReport>;
  if (body.report) return body.report;
  return Array.isArray(body.results) ? (body as ImportReport) : undefined;
}

function Report({ report, outcome }: { report: ImportReport; outcome: Outcome }) {
  const t = knowledgeTexts();
  const counts = ['created', 'updated', 'merged', 'unchanged', 'invalid'] as const;
  const bad = report.results.filter(({ message }) => message);
  const notes = { checked: t.dryRunNote, refused: t.refusedNote, imported: t.doneNote };
  return (
    <section class="stack" aria-live="polite">
      <p class={`notice ${outcome === 'imported' ? 'good' : report.invalid ? 'warn' : ''}`} role="status">
        {t.report(
          report.lines,
          counts.filter((name) => report[name] > 0).map((name) => `${String(report[name])} ${t[name]}`),
        )}
        {notes[outcome]}
      </p>
      {bad.length > 0 && (
        <div class="table-box">
          <table>
            <thead>
              <tr>
                <th class="number">{t.line}</th>
                <th>{t.label}</th>
                <th>{t.message}</th>
              </tr>
            </thead>
            <tbody>
              {bad.map(({ line, label, message }, index) => (
                <tr key={index}>
                  <td class="number">{line}</td>
                  <td>{label}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
