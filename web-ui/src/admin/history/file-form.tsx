import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { listed, percent } from '../../shared/language';
import { problemText } from '../../shared/problem-text';
import { ProblemNotice } from '../../shared/problem-notice';
import type { HistoryImport, HistoryPreview } from '../rest';
import { fieldsTexts, formatNames, historyTexts } from './history-texts';
import { largest, look, packed, upload, type Said } from './history-upload';
import { MappingFields, required } from './mapping';

const nothingSaid: Said = { columns: {}, roles: {} };

/** Chooses a file, says what has to be said about it, and sends it. */
export function FileForm({ begun }: { begun: (begunImport: HistoryImport) => void }) {
  const t = historyTexts();
  const file = useSignal<File | undefined>(undefined);
  const said = useSignal<Said>(nothingSaid);
  const preview = useSignal<HistoryPreview | undefined>(undefined);
  const problem = useSignal<(() => string) | undefined>(undefined);
  const work = useSignal<{ kind: 'looking' | 'sending'; sent: number } | undefined>(undefined);
  const running = useRef<AbortController>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => running.current?.abort(), []);

  const act = async (kind: 'looking' | 'sending', what: (signal: AbortSignal) => Promise<void>) => {
    running.current?.abort();
    const mine = (running.current = new AbortController());
    work.value = { kind, sent: 0 };
    problem.value = undefined;
    try {
      await what(mine.signal);
    } catch (reason) {
      if (mine.signal.aborted) return;
      const unreadable = reason instanceof DOMException;
      problem.value = () => (unreadable ? historyTexts().unreadable : problemText(reason));
    } finally {
      if (running.current === mine) work.value = undefined;
    }
  };
  const lookAt = (chosen: File) =>
    act('looking', async (signal) => {
      const found = await look(chosen, said.peek(), signal);
      if (!signal.aborted) preview.value = found;
    });
  const choose = (chosen: File | undefined) => {
    file.value = chosen;
    preview.value = undefined;
    said.value = nothingSaid;
    if (chosen) void lookAt(chosen);
  };
  const change = (now: Said) => {
    said.value = now;
    const chosen = file.peek();
    if (chosen) void lookAt(chosen);
  };
  const send = () => {
    const chosen = file.peek();
    const found = preview.peek();
    if (!chosen || !found) return;
    void act('sending', async (signal) => {
      const body = await packed(chosen);
      if (body.size > largest) {
        problem.value = () => historyTexts().tooLarge;
        return;
      }
      const taken = await upload(
        body,
        chosen.name,
        found.reading.format,
        said.peek(),
        (sent) => (work.value = { kind: 'sending', sent }),
        signal,
      );
      choose(undefined);
      if (input.current) input.current.value = '';
      begun(taken);
    });
  };

  const found = preview.value;
  const busy = work.value;
  const lacking = found ? missing(found) : [];
  return (
    <section class="card stack">
      <p>{t.explained}</p>
      <label class="field">
        <span>{t.chooseFile}</span>
        <input
          ref={input}
          type="file"
          accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt,.gz"
          onChange={({ currentTarget: { files } }) => choose(files?.[0])}
        />
        <span class="hint">{t.formats}</span>
      </label>
      <ProblemNotice text={problem.value?.()} />
      <div role="status">
        {busy && (
          <div class="stack">
            <span>{t[busy.kind]}</span>
            {busy.kind === 'sending' && busy.sent > 0 ? (
              <progress aria-label={t.sending} value={busy.sent} max={1}>
                {percent(busy.sent)}
              </progress>
            ) : (
              <progress aria-label={t[busy.kind]} />
            )}
          </div>
        )}
        {found && !busy && (
          <p class="notice">
            {t.recognised({ format: formatNames()[found.reading.format], encoding: found.reading.encoding })}
          </p>
        )}
      </div>
      {found && found.columns.length > 0 && (
        <MappingFields preview={found} said={said.value} change={change} />
      )}
      {found && (
        <div class="row">
          <button
            type="button"
            class="button primary"
            aria-describedby="history-missing"
            disabled={busy !== undefined || lacking.length > 0}
            onClick={send}
          >
            {t.readFile}
          </button>
          <span id="history-missing" class="hint" role="status">
            {lacking.length > 0 && t.missing({ what: listed(lacking) })}
          </span>
        </div>
      )}
    </section>
  );
}

/** What has to be said before the file can be read: without an agent there is nothing to learn from. */
function missing({ columns, reading, authors }: HistoryPreview): string[] {
  if (columns.length === 0) return [];
  const t = historyTexts();
  return [
    ...required
      .filter((field) => !reading.mapping?.[field])
      .map((field) => t.missingColumn({ field: fieldsTexts()[field] })),
    ...(authors.some(({ role }) => role === 'agent') ? [] : [t.missingAgent]),
  ];
}
