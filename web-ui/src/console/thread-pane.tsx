import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AgentEntry, AgentThread } from '../shared/agent';
import { Icon } from '../shared/icons';
import { clockTime, dayName } from '../shared/language';
import { Linked } from '../shared/links';
import { codeText } from '../shared/problems';
import { Composer } from './composer';
import { customerName } from './inbox-pane';
import { consoleTexts } from './texts';
import { happening } from './warnings';
import type { Workspace } from './workspace';

export function ThreadPane({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const thread = workspace.thread.value;
  if (!thread) {
    return (
      <main class="thread-pane nothing" tabIndex={-1}>
        <Icon name="chat" />
        <h1>{t.choose}</h1>
        <p class="hint">{t.chooseHint}</p>
      </main>
    );
  }
  if (thread.problem.value) {
    return (
      <main class="thread-pane nothing" tabIndex={-1}>
        <h1>{t.notOpened}</h1>
        <p role="alert">{codeText(thread.problem.value.code, thread.problem.value.message)}</p>
        <button type="button" class="button" onClick={() => workspace.select(undefined)}>
          {t.back}
        </button>
      </main>
    );
  }
  return (
    <main class="thread-pane" key={thread.id} tabIndex={-1}>
      <Header workspace={workspace} thread={thread} />
      <Messages workspace={workspace} thread={thread} />
      <Composer workspace={workspace} thread={thread} />
    </main>
  );
}

function Header({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const t = consoleTexts();
  const summary = thread.summary.value ?? workspace.inbox.find(thread.id);
  const others = thread.viewers.value.filter(({ id }) => id !== workspace.me.id);
  const found = workspace.items.value.length;
  return (
    <header class="thread-header">
      <button
        type="button"
        class="button quiet icon narrow-only"
        aria-label={t.back}
        onClick={() => workspace.select(undefined)}
      >
        <Icon name="back" />
      </button>
      <div class="thread-title">
        <h1>{summary ? customerName(summary) : '…'}</h1>
        <p class="hint">
          <span class={thread.customerOnline.value ? 'dot online' : 'dot'} />
          {thread.customerOnline.value ? t.online : t.offline}
          {summary && ` · ${summary.assignee ? t.heldBy(summary.assignee.name) : t.nobody}`}
          {others.length > 0 && (
            <span class="viewers"> · {t.alsoHere(others.map(({ name }) => name).join(', '))}</span>
          )}
        </p>
      </div>
      {summary && (
        <div class="row actions">
          {summary.status === 'resolved' && <span class="tag good">{t.statusResolved}</span>}
          <button type="button" class="button small" onClick={() => workspace.toggleTake()}>
            {workspace.takeText(summary)}
          </button>
          <button type="button" class="button small" onClick={() => workspace.toggleResolved()}>
            {summary.status === 'open' ? t.resolve : t.reopen}
          </button>
          <button
            type="button"
            class={found ? 'button small context-toggle found' : 'button small context-toggle'}
            aria-expanded={workspace.contextShown.value}
            onClick={() => (workspace.contextShown.value = !workspace.contextShown.value)}
          >
            <Icon name="spark" /> {t.suggestions} {found > 0 && found}
          </button>
        </div>
      )}
    </header>
  );
}

function Messages({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const t = consoleTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const entries = thread.entries.value;
  const lastKey = entries.at(-1)?.key;
  const customerTyping = thread.customerTyping.name.value;
  const agentTyping = thread.agentTyping.name.value;
  const summary = thread.summary.value;

  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  const read = () => {
    if (atEnd.peek() && document.visibilityState === 'visible') thread.readAll();
  };
  useEffect(() => {
    const own = thread.entries.peek().at(-1)?.delivery === 'sending';
    if (atEnd.peek() || own) toEnd();
    read();
  }, [lastKey, customerTyping]);
  useEffect(() => {
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [thread]);

  useEffect(() => {
    // A narrower window wraps lines, which pushes the end out of sight without any scrolling.
    const sizes = new ResizeObserver(() => {
      if (atEnd.peek()) toEnd();
    });
    const box = scroller.current;
    if (box) [box, ...box.children].forEach((part) => sizes.observe(part));
    return () => sizes.disconnect();
  }, []);

  return (
    <div
      class="messages"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t.messages}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.value = scrollTop + clientHeight > scrollHeight - 40;
        read();
      }}
    >
      <div role="log" aria-live="polite" aria-relevant="additions">
        <ol class="entries">
          {entries.map((entry, index) => (
            <Entry key={entry.key} entry={entry} before={entries[index - 1]} workspace={workspace} />
          ))}
        </ol>
      </div>
      <p class="typing" role="status">
        {customerTyping !== undefined &&
          t.typing(customerTyping || (summary ? customerName(summary) : t.customer))}
        {agentTyping !== undefined && ` ${t.typing(agentTyping)}`}
      </p>
      {!atEnd.value && (
        <button type="button" class="button small to-end" onClick={toEnd}>
          <Icon name="down" /> {t.newMessages}
        </button>
      )}
    </div>
  );
}

interface EntryProps {
  entry: AgentEntry;
  before?: AgentEntry;
  workspace: Workspace;
}

function Entry({ entry, before, workspace }: EntryProps) {
  const t = consoleTexts();
  const newDay = !before || new Date(before.at).toDateString() !== new Date(entry.at).toDateString();
  const day = newDay && <li class="day">{dayName(entry.at)}</li>;
  const me = workspace.me;
  if (entry.kind === 'status' || entry.kind === 'assignee') {
    return (
      <>
        {day}
        <li class="line">
          {happening(entry)} · <time dateTime={entry.at}>{clockTime(entry.at)}</time>
        </li>
      </>
    );
  }
  const ours = entry.author.kind === 'agent';
  const summary = workspace.thread.value?.summary.value;
  const author = ours
    ? !entry.author.name || entry.author.id === me.id
      ? me.name
      : entry.author.name
    : entry.author.name || (summary ? customerName(summary) : t.customer);
  const first =
    newDay ||
    before.kind !== entry.kind ||
    before.author.kind !== entry.author.kind ||
    before.author.id !== entry.author.id;
  return (
    <>
      {day}
      <li class={`entry ${ours ? 'ours' : 'customer'} ${entry.kind}${first ? ' first' : ''}`}>
        {(first || entry.kind === 'note') && (
          <span class="author">
            {entry.kind === 'note' && (
              <span class="note-label">
                <Icon name="note" /> {t.note} ·{' '}
              </span>
            )}
            {author}
          </span>
        )}
        <p class="bubble" dir="auto">
          <Linked text={entry.text ?? ''} />
        </p>
        <span class="marks">
          <time dateTime={entry.at}>{clockTime(entry.at)}</time>
          {entry.delivery && <Mark delivery={entry.delivery} />}
        </span>
        {entry.refused && entry.refused.code !== 'thread-moved-on' && (
          <Refused entry={entry} workspace={workspace} />
        )}
      </li>
    </>
  );
}

function Refused({ entry, workspace }: { entry: AgentEntry; workspace: Workspace }) {
  const t = consoleTexts();
  const { code = '', message = '' } = entry.refused ?? {};
  return (
    <div class="refused notice warn" role="alert">
      <p>{codeText(code, message)}</p>
      <div class="row">
        <button type="button" class="button small" onClick={() => workspace.recover(entry.key)}>
          {t.backToEditor}
        </button>
        <button type="button" class="button small" onClick={() => workspace.resend(entry.key)}>
          {t.retry}
        </button>
      </div>
    </div>
  );
}

function Mark({ delivery }: { delivery: NonNullable<AgentEntry['delivery']> }) {
  const t = consoleTexts();
  const icon = { sending: 'clock', sent: 'check', read: 'checks', failed: 'alert' } as const;
  return (
    <span class={`mark ${delivery}`} title={t[delivery]}>
      <Icon name={icon[delivery]} />
      <span class="out-of-sight">{t[delivery]}</span>
    </span>
  );
}
