import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Connection } from '../shared/connection';
import { sentences, texts } from '../shared/language';
import { keeping } from '../shared/storage';
import { useTrouble, type Trouble } from './trouble';

const noticeTexts = texts(
  {
    connecting: 'Connecting…',
    offline: 'You are offline.',
    unreachable: 'No connection.',
    silent: 'The server does not answer.',
    kept: 'What you write is kept and sent as soon as it is back.',
    full: 'This browser’s storage is full: leave this page open, or what you have written is lost.',
    blocked: 'This browser keeps nothing for this page: leave it open, or what you have written is lost.',
    nextTry: (seconds: number) => `Next try in ${String(seconds)} s`,
    trying: 'Trying…',
    tryNow: 'Try now',
  },
  {
    connecting: '正在连接…',
    offline: '您已离线。',
    unreachable: '网络已断开。',
    silent: '服务器没有响应。',
    kept: '您写的内容已保存，恢复后会自动发送。',
    full: '浏览器存储空间已满：请勿关闭此页面，否则您写的内容会丢失。',
    blocked: '此浏览器不允许本页面保存内容：请勿关闭此页面，否则您写的内容会丢失。',
    nextTry: (seconds) => `${String(seconds)} 秒后重试`,
    trying: '正在重试…',
    tryNow: '立即重试',
  },
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
      {trying ? t.trying : seconds > 1 && t.nextTry(seconds)}{' '}
      <button type="button" class="button small" onClick={() => connection.retryNow()}>
        {t.tryNow}
      </button>
    </span>
  );
}
