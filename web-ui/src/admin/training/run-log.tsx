import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request, sessionEnded } from '../../shared/api';
import { clockTime } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import type { LogLine, Run } from '../rest';
import { Waiting } from '../waiting';
import { runTexts } from './run-texts';

const lookAgainAfter = 2_000;
const mostLines = 500;

/** What the worker says, followed while it goes on; asked for only once somebody opens it. */
export function RunLog({ run, active }: { run: Run; active: boolean }) {
  const t = runTexts();
  const open = useSignal(false);
  return (
    <details onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary>{t.log}</summary>
      {open.value && <Lines id={run.id} active={active} />}
    </details>
  );
}

function Lines({ id, active }: { id: string; active: boolean }) {
  const t = runTexts();
  const lines = useRef<LogLine[]>([]);
  const box = useRef<HTMLOListElement>(null);
  const log = useLoaded(async () => {
    const after = lines.current.at(-1)?.number;
    const fresh = await request<LogLine[]>(`/api/training/runs/${id}/log`, { query: { after } });
    const known = new Set(lines.current.map(({ number }) => number));
    lines.current = [...lines.current, ...fresh.filter(({ number }) => !known.has(number))].slice(-mostLines);
    return lines.current;
  }, [id]);
  const ended = sessionEnded.value !== undefined;
  useEffect(() => {
    if (!active || ended) {
      // The last lines come with the end.
      void log.reload();
      return undefined;
    }
    const timer = setInterval(() => void log.reload(), lookAgainAfter);
    return () => clearInterval(timer);
  }, [active, ended, log.reload]);
  const shown = log.value.value;
  const newest = shown?.at(-1)?.number;
  const atEnd = useRef(true);
  useEffect(() => {
    // Whoever has scrolled up reads there.
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [newest]);
  if (!shown) return <Waiting loaded={log} />;
  if (shown.length === 0) return <p class="hint">{t.noLog}</p>;
  return (
    <div class="stack">
      <ol
        ref={box}
        class="log"
        role="group"
        aria-label={t.logLines}
        tabIndex={0}
        lang="en"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          (atEnd.current = scrollHeight - scrollTop - clientHeight < 20)
        }
      >
        {shown.map(({ number, at, attempt, text }, index) => (
          <li key={number}>
            {index > 0 && shown[index - 1]?.attempt !== attempt && (
              <span class="hint">{t.attemptStarts(attempt)}</span>
            )}
            <time dateTime={at}>{clockTime(at)}</time> {text}
          </li>
        ))}
      </ol>
      <p class="hint">{t.logHint}</p>
    </div>
  );
}
