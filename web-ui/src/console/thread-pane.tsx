import { useSignal } from '@preact/signals';
import type { AgentEntry, AgentThread } from '../shared/agent';
import type { Session } from '../shared/api';
import { copyText } from '../shared/copy';
import { Icon } from '../shared/team-icons';
import { clockTime, labelled, withCommas } from '../shared/language';
import { Linked } from '../shared/links';
import { codeText } from '../shared/problems';
import { dropOn, MessageFiles } from '../thread/files';
import { Mark } from '../thread/mark';
import { MessageList } from '../thread/message-list';
import { Place } from '../thread/place';
import { Composer } from './composer';
import { composerTexts } from './composer-texts';
import { customerName } from './customer-name';
import { askToHandOver } from './handover';
import { handoverTexts } from './handover-texts';
import { Earlier } from './earlier';
import { actText } from './inbox-acts-texts';
import { hoursTexts } from './hours-texts';
import { keyFor } from './own-keys';
import { languageHint } from './language-hint';
import { Mentioned } from './mentioned';
import { offeredText } from './quick-replies-texts';
import { Rated } from './rated';
import { consoleTexts } from './texts';
import { toggleResolved } from './advance';
import { addressOf } from './search';
import { searchTexts } from './search-texts';
import { TriageBar } from './triage';
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
  const files = workspace.files.of(thread.id);
  return (
    <main class="thread-pane" key={thread.id} tabIndex={-1} {...dropOn(files)}>
      <Header workspace={workspace} thread={thread} />
      <Triage workspace={workspace} thread={thread} />
      <Messages workspace={workspace} thread={thread} />
      <Earlier workspace={workspace} thread={thread} />
      <Composer workspace={workspace} thread={thread} />
    </main>
  );
}

/** From what the inbox knows already, or else an empty bar: messages stay where they are when the answer comes. */
function Triage({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const summary = thread.summary.value ?? workspace.inbox.find(thread.id);
  return summary ? <TriageBar workspace={workspace} summary={summary} /> : <div class="triage" />;
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
          <span class="one-of" data-other={thread.customerOnline.value ? t.offline : t.online}>
            {thread.customerOnline.value ? t.online : t.offline}
          </span>
          {summary && ` · ${summary.assignee ? t.heldBy({ name: summary.assignee.name }) : t.nobody}`}
          {summary?.team && ` · ${summary.team.name}`}
          {others.length > 0 && (
            <span class="viewers">
              {' '}
              · {t.alsoHere({ names: withCommas(others.map(({ name }) => name)) })}
            </span>
          )}
        </p>
      </div>
      {summary && (
        <div class="row actions">
          {summary.customer.blocked && (
            <span class="tag bad">
              <Icon name="block" /> {t.blocked}
            </span>
          )}
          {summary.outsideHours && <span class="tag">{hoursTexts().outsideHours}</span>}
          {summary.status === 'resolved' && <span class="tag good">{t.statusResolved}</span>}
          {summary.status === 'resolved' && workspace.me.role === 'admin' && (
            <MakeReply conversation={thread.id} look="button small" />
          )}
          <button type="button" class="button small" onClick={() => workspace.toggleTake()}>
            {workspace.takeText(summary)}
          </button>
          <button type="button" class="button small" onClick={() => askToHandOver(workspace)}>
            {handoverTexts().handOver}
          </button>
          <button type="button" class="button small" onClick={() => toggleResolved(workspace)}>
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
  const { messages } = workspace;
  const customerTyping = thread.customerTyping.name.value;
  const agentTyping = thread.agentTyping.name.value;
  const summary = thread.summary.value;
  return (
    <MessageList
      entries={thread.entries.value}
      place={placeOf(thread.id)}
      goal={messages.goal.value?.conversation === thread.id ? messages.event : undefined}
      caughtUp={thread.caughtUp.value}
      author={({ author }) => `${author.kind} ${author.kind === 'agent' ? author.id || workspace.me.id : ''}`}
      look={({ kind, author, act }, first) =>
        kind === 'status' || kind === 'assignee' || act
          ? 'line'
          : `entry ${author.kind === 'agent' ? 'ours' : 'customer'} ${kind}${first ? ' first' : ''}`
      }
      draw={(entry, first) =>
        entryContent(entry, first, authorName(entry, thread, workspace.me), workspace, thread.id)
      }
      news={({ kind, author, act }) =>
        (kind === 'message' || (kind === 'note' && !act)) && author.id !== workspace.me.id
      }
      seen={(sequence) => thread.read(sequence)}
    >
      {/* Apart from what comes and goes with each key, so that it is read out once. */}
      <p class="typing language-hint" role="status">
        {languageHint(summary)}
      </p>
      <p class="typing" role="status">
        {customerTyping !== undefined &&
          t.typing({ name: customerTyping || (summary ? customerName(summary) : t.customer) })}
        {agentTyping !== undefined && ` ${t.typing({ name: agentTyping })}`}
      </p>
    </MessageList>
  );
}

/** Where the agent was in the conversations of this visit. */
const places = new Map<string, Place>();

function placeOf(conversation: string): Place {
  const place = places.get(conversation) ?? new Place();
  places.set(conversation, place);
  return place;
}

function authorName({ author }: AgentEntry, thread: AgentThread, me: Session): string {
  if (author.kind === 'agent') return !author.name || author.id === me.id ? me.name : author.name;
  const summary = thread.summary.value;
  return author.name || (summary ? customerName(summary) : consoleTexts().customer);
}

/** Only admins write replies, and only what is stored has a place in its conversation. */
function canBecomeReply({ kind, author, sequence, text }: AgentEntry, { me }: Workspace): boolean {
  return (
    me.role === 'admin' && kind === 'message' && author.kind === 'agent' && sequence !== undefined && !!text
  );
}

interface MakeReplyProps {
  conversation: string;
  message?: AgentEntry;
  look: string;
}

/** In a tab of its own, so that the conversation stays as it is. */
function MakeReply({ conversation, message, look }: MakeReplyProps) {
  const t = consoleTexts();
  const place = message ? `${conversation}/${String(message.sequence)}` : conversation;
  return (
    <a
      class={look}
      href={`/admin/#/knowledge/from/${place}`}
      target="_blank"
      rel="noopener"
      aria-label={message && labelled(t.makeReply, message.text ?? '')}
    >
      {t.makeReply}
    </a>
  );
}

function CopyLink({ conversation, entry }: { conversation: string; entry: AgentEntry }) {
  const t = searchTexts();
  const copied = useSignal(false);
  return (
    <button
      type="button"
      class="make-reply copy-link"
      aria-label={copied.value ? undefined : labelled(t.copyLink, entry.text ?? '')}
      onClick={() =>
        void copyText(addressOf(conversation, entry.sequence ?? 0)).then((done) => (copied.value = done))
      }
      onBlur={() => (copied.value = false)}
    >
      <span aria-live="polite">{copied.value ? t.linkCopied : t.copyLink}</span>
    </button>
  );
}

function entryContent(
  entry: AgentEntry,
  first: boolean,
  author: string,
  workspace: Workspace,
  conversation: string,
) {
  const t = consoleTexts();
  if (entry.act) {
    return (
      <>
        {actText(entry)} · <time dateTime={entry.at}>{clockTime(entry.at)}</time>
      </>
    );
  }
  if (entry.kind === 'status' || entry.kind === 'assignee') {
    return (
      <>
        {happening(entry)} · <time dateTime={entry.at}>{clockTime(entry.at)}</time>
        <Rated workspace={workspace} resolution={entry.sequence} />
      </>
    );
  }
  return (
    <>
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
      {entry.text && (
        <p class="bubble" dir="auto">
          {entry.mentions ? (
            <Mentioned text={entry.text} people={entry.mentions} me={workspace.me.id} />
          ) : (
            <Linked text={entry.text} />
          )}
        </p>
      )}
      <MessageFiles attachments={entry.attachments} files={workspace.files.of(conversation)} />
      {entry.choices && (
        <p class="hint offered" dir="auto">
          {offeredText(entry.choices)}
        </p>
      )}
      <span class="marks">
        <time dateTime={entry.at}>{clockTime(entry.at)}</time>
        {entry.held && <UndoSend entry={entry} workspace={workspace} />}
        {entry.delivery && <Mark delivery={entry.delivery} label={t[entry.delivery]} />}
        {entry.sequence !== undefined && <CopyLink conversation={conversation} entry={entry} />}
        {canBecomeReply(entry, workspace) && (
          <MakeReply conversation={conversation} message={entry} look="make-reply" />
        )}
      </span>
      {entry.refused && entry.refused.code !== 'thread-moved-on' && (
        <Refused entry={entry} workspace={workspace} />
      )}
    </>
  );
}

/** A message that waits a moment for second thoughts. */
function UndoSend({ entry, workspace }: { entry: AgentEntry; workspace: Workspace }) {
  const t = composerTexts();
  return (
    <>
      <span role="status">{t.notSentYet}</span>{' '}
      <button type="button" class="button small undo-send" onClick={() => workspace.recover(entry.key)}>
        {t.undoSend} <kbd aria-hidden="true">{keyFor('u')}</kbd>
      </button>
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
