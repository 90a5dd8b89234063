import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Connection } from '../shared/connection';
import { sentences } from '../shared/language';
import { messages } from '../shared/messages';
import { keeping } from '../shared/storage';
import { useTrouble, type Trouble } from './trouble';

const noticeTexts = messages<'thread/connection'>(
  import.meta.glob('../messages/*/thread/connection.json', { import: 'default' }),
);

interface NoticeProps {
  connection: Connection;
  /** Whether some text has not reached the server. */
  unsent: boolean;
  /** Why the server rejects everybody, if known. */
  reason?: string;
}

/** What is wrong with the connection, announced once, and what happens next. */
export function ConnectionNotice({ connection, unsent, reason }: NoticeProps) {
  const t = noticeTexts();
  const trouble = useTrouble(connection).value;
  const kept = keeping.value;
  const said = reason ?? (trouble && sentence(trouble));
  const risk = kept !== 'kept' && (unsent || said !== undefined) ? t[kept] : undefined;
  const broken = reason !== undefined || (trouble !== undefined && trouble !== 'connecting');
  return (
    <div class={broken || risk ? 'connection broken' : said ? 'connection' : undefined}>
      <div role="status">{(said ?? risk) && <p>{sentences(said, risk)}</p>}</div>
      {broken && <NextTry connection={connection} />}
    </div>
  );
}

function sentence(trouble: Trouble): string {
  const t = noticeTexts();
  if (trouble === 'connecting') return t.connecting;
  return keeping.value === 'kept' ? sentences(t[trouble], t.kept) : t[trouble];
}

/** Outside the announced text, because a screen reader must not count the seconds. */
function NextTry({ connection }: { connection: Connection }) {
  const t = noticeTexts();
  const now = useSignal(Date.now());
  const at = connection.retryAt.value;
  useEffect(() => {
    if (at === undefined) return;
    now.value = Date.now();
    const timer = setInterval(() => (now.value = Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [at]);
  const seconds = at === undefined ? 0 : Math.ceil((at - now.value) / 1_000);
  const trying = connection.health.value === 'connecting';
  return (
    <span class="next-try">
      {trying ? t.trying : seconds > 1 && t.nextTry({ seconds })}{' '}
      <button type="button" class="button small" onClick={() => connection.retryNow()}>
        {t.tryNow}
      </button>
    </span>
  );
}
