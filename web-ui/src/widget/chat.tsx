import { signal, useComputed, type Signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { composing, fitHeight, meansSend } from '../shared/composer';
import type { CustomerClient, CustomerEntry } from '../shared/customer';
import type { CustomerEvent } from '../shared/frames';
import { Icon } from '../shared/icons';
import { clockTime, language } from '../shared/language';
import { Linked } from '../shared/links';
import { codeText } from '../shared/problems';
import { LanguageSwitch } from '../shared/switch';
import { transcriptTexts } from '../shared/transcript-texts';
import { AttachButton, dropOn, MessageFiles, pasteInto, UploadedFiles, type Files } from '../thread/files';
import { ConnectionNotice } from '../thread/connection-notice';
import { Mark } from '../thread/mark';
import { MessageList } from '../thread/message-list';
import { Place } from '../thread/place';
import type { AskedField } from './form';
import type { Host } from './host';
import type { OpenNow, SiteHours } from './hours';
import { backAt, hoursTexts, usually } from './hours-texts';
import { NotKept } from './kept';
import { placeInWords, queueTexts } from './queue-texts';
import { chooseBeside } from './speech';
import { later } from './later';
import { widgetTexts } from './texts';

/** The form could not be loaded: a message is worth more. */
const formMissing = signal(false);
const PreChatForm = later(() =>
  import('./form').then(
    (part) => part.PreChatForm,
    (failure: unknown) => {
      formMissing.value = true;
      throw failure;
    },
  ),
);
/** After most conversations only; loaded when one is resolved. */
const Rating = later(() => import('./rating').then((part) => part.Rating));

export interface SiteLook {
  name: string;
  color?: string;
  greetingEn?: string;
  greetingZh?: string;
  maxTextLength: number;
  /** Absent from an older server. */
  ratingAsked?: boolean;
  /** Absent for a site that is always open. */
  hours?: OpenNow;
  /** Within so many seconds customers usually get an answer; absent where that is not known. */
  usuallyWithinSeconds?: number;
  /** What is asked before the first message; absent where nothing is. */
  form?: { fields: AskedField[] };
}

interface ChatProps {
  client: CustomerClient;
  look: SiteLook;
  host: Host;
  draft: Signal<string>;
  hours: SiteHours;
  files: Files;
}

export function Chat(props: ChatProps) {
  const { client, look, host, files } = props;
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !composing(event)) host.close();
    };
    window.addEventListener('keydown', escape);
    return () => window.removeEventListener('keydown', escape);
  }, [host]);
  return (
    <main class="chat" aria-label={widgetTexts().chat} {...dropOn(files)}>
      <Header {...props} />
      <ConnectionBar {...props} />
      <Thread
        client={client}
        host={host}
        files={files}
        greeting={language.value === 'zh' ? look.greetingZh : look.greetingEn}
        rating={look.ratingAsked ?? false}
        hours={props.hours}
      />
      <NotKept host={host} />
      {client.blocked.value ? <Closed {...props} /> : <Writing {...props} />}
    </main>
  );
}

/** The field for a message, or what the site asks before the first. */
function Writing(props: ChatProps) {
  const { client, look, host } = props;
  const asks =
    look.form !== undefined &&
    !formMissing.value &&
    !host.identified.value &&
    client.filled.value === undefined &&
    client.isNew.value !== false &&
    client.outbox.entries.value.length === 0;
  if (!asks || look.form === undefined) return <Composer {...props} />;
  // Whoever has a conversation is not asked: that is known in a moment.
  return client.isNew.value ? <PreChatForm client={client} fields={look.form.fields} /> : null;
}

function Header(props: ChatProps) {
  const { client, look, host } = props;
  const t = widgetTexts();
  const online = client.agentsOnline.value;
  const known = client.connection.health.value === 'online';
  return (
    <header class="chat-header">
      <div class="chat-title">
        <h1>{look.name}</h1>
        {known && (
          <p class="presence">
            <span class={online && !closedNow(client, props.hours) ? 'dot online' : 'dot'} />
            {presence(props)}
          </p>
        )}
      </div>
      {client.log.last.value > 0 && (
        <button
          type="button"
          class="button quiet icon"
          aria-label={transcriptTexts().save}
          title={transcriptTexts().save}
          onClick={() => void save(client, look.name)}
        >
          <Icon name="download" />
        </button>
      )}
      <LanguageSwitch choose={(chosen) => chooseBeside(host, chosen)} />
      {host.embedded && (
        <button type="button" class="button quiet icon" aria-label={t.close} onClick={() => host.close()}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

/** Who is there, or when somebody is again. */
function presence({ client, look, hours }: ChatProps): string {
  const t = widgetTexts();
  const assignee = client.assignee.value;
  const online = client.agentsOnline.value;
  if (assignee && online) return t.withAgent({ name: assignee });
  const closed = closedNow(client, hours);
  if (closed) return closed.opensAt === undefined ? hoursTexts().closed : backAt(closed.opensAt);
  const usual = usually(look.usuallyWithinSeconds);
  return !online ? t.away : usual ? `${t.online} · ${usual}` : t.online;
}

/**
 * Undefined while the site is open. Who is online may be there for another site, and only counts for whoever is being
 * answered.
 */
function closedNow(client: CustomerClient, hours: SiteHours): OpenNow | undefined {
  const now = hours.now.value;
  const answered = client.assignee.value !== undefined && client.agentsOnline.value;
  return now?.open === false && !answered ? now : undefined;
}

/** Who has the conversation now, and from whom. */
function assigned({ kind, name: by }: Told['author'], to: string | undefined): string {
  const t = widgetTexts();
  if (!to) return t.left;
  if (kind === 'system') return queueTexts().givenTo({ name: to });
  return by && by !== to ? queueTexts().handedOver({ from: by, to }) : t.joined({ name: to });
}

type Told = Pick<CustomerEvent, 'kind' | 'author' | 'text' | 'status' | 'assignee'>;

async function save(client: CustomerClient, title: string): Promise<void> {
  const { saveTranscript } = await import('../shared/transcript');
  saveTranscript(
    title,
    client.log.events.peek().map((event) => ({ ...event, ...told(event) })),
  );
}

function told({ kind, author, text = '', status, assignee }: Told): { who?: string; text: string } {
  const t = widgetTexts();
  if (kind === 'status') return { text: status === 'resolved' ? t.resolvedLine : t.reopenedLine };
  if (kind === 'assignee') return { text: assigned(author, assignee) };
  return { who: author.kind === 'customer' ? t.you : author.name || t.team, text };
}

function ConnectionBar({ client, draft, files }: ChatProps) {
  const t = widgetTexts();
  const refusal = client.refusal.value;
  return (
    <ConnectionNotice
      connection={client.connection}
      unsent={draft.value.trim() !== '' || files.any || client.outbox.entries.value.length > 0}
      reason={
        client.blocked.value
          ? undefined
          : client.turnedAway.value
            ? t.tooManyPages
            : refusal?.code === 'not-allowed'
              ? t.signInFirst
              : refusal && codeText(refusal.code, refusal.message)
      }
    />
  );
}

/** Replaces the field once the team has blocked the customer; the text they were writing remains readable. */
function Closed({ client, draft }: ChatProps) {
  const t = widgetTexts();
  const again = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The field that had the focus is gone.
    if (document.hasFocus() && document.activeElement === document.body) again.current?.focus();
  }, []);
  const trying = client.connection.health.value === 'connecting';
  return (
    <div class="closed">
      <p role="alert">{t.blocked}</p>
      {draft.value.trim() && (
        <blockquote class="quote" dir="auto" aria-label={t.failed}>
          {draft.value}
        </blockquote>
      )}
      <div>
        <button ref={again} type="button" class="button small" onClick={() => client.tryAgain()}>
          {trying ? t.trying : t.tryNow}
        </button>
      </div>
    </div>
  );
}

interface ThreadProps {
  client: CustomerClient;
  files: Files;
  host: Host;
  greeting?: string;
  /** Whether to ask how it was. */
  rating: boolean;
  hours: SiteHours;
}

function Thread({ client, host, files, greeting, rating, hours }: ThreadProps) {
  const t = widgetTexts();
  const place = useMemo(() => new Place(), [client]);
  const typing = client.agentTyping.name.value;
  return (
    <MessageList
      entries={client.entries.value}
      place={place}
      caughtUp={client.caughtUp.value}
      shown={host.shown.value}
      author={({ author }) => `${author.kind} ${author.name ?? ''}`}
      look={({ kind, author }, first) =>
        kind === 'message'
          ? `message ${author.kind === 'customer' ? 'own' : 'theirs'}${first ? ' first' : ''}`
          : 'line'
      }
      draw={(entry, first) => entryContent(entry, first, client, files)}
      news={({ kind, author }) => kind === 'message' && author.kind !== 'customer'}
      seen={(sequence) => client.read(sequence)}
      greeting={
        greeting && (
          <li class="message theirs first">
            <p class="bubble" dir="auto">
              {greeting}
            </p>
          </li>
        )
      }
    >
      <p class="typing" role="status">
        {typing !== undefined
          ? t.typing({ name: typing || t.theTeam })
          : client.status.value !== 'resolved' && placeInWords(client.queue.value)}
      </p>
      {client.status.value === 'resolved' && <p class="resolved">{t.resolvedBanner}</p>}
      <Offline hours={hours} client={client} />
      {rating && client.caughtUp.value && client.resolution.value !== undefined && (
        <Rating key={client.resolution.value} client={client} resolution={client.resolution.value} />
      )}
    </MessageList>
  );
}

/** What the admin says while nobody is there: below the messages, where nothing moves because of it. */
function Offline({ hours, client }: { hours: SiteHours; client: CustomerClient }) {
  const now = closedNow(client, hours);
  if (!now) return null;
  const own = language.value === 'zh' ? now.offlineZh : now.offlineEn;
  return (
    <p class="offline" role="status" dir="auto">
      {own || hoursTexts().offline}
      {now.opensAt !== undefined && <span class="back">{backAt(now.opensAt)}</span>}
    </p>
  );
}

function entryContent(entry: CustomerEntry, first: boolean, client: CustomerClient, files: Files) {
  const t = widgetTexts();
  if (entry.kind === 'status' || entry.kind === 'assignee') return told(entry).text;
  const own = entry.author.kind === 'customer';
  return (
    <>
      {first && !own && <span class="author">{entry.author.name || t.team}</span>}
      {own && <span class="out-of-sight">{t.you}: </span>}
      {entry.text && (
        <p class="bubble" dir="auto">
          <Linked text={entry.text} />
        </p>
      )}
      <MessageFiles attachments={entry.attachments} files={files} />
      <span class="marks">
        <time dateTime={entry.at}>{clockTime(entry.at)}</time>
        {entry.delivery && <Mark delivery={entry.delivery} label={t[entry.delivery]} />}
      </span>
      {entry.refused && (
        <div class="refused">
          <span>{codeText(entry.refused.code, entry.refused.message)}</span>
          <button type="button" class="button small" onClick={() => client.outbox.retry(entry.key)}>
            <Icon name="retry" /> {t.retry}
          </button>
          <button type="button" class="button small" onClick={() => client.outbox.discard(entry.key)}>
            {t.discard}
          </button>
        </div>
      )}
    </>
  );
}

function Composer({ client, look, host, draft, files }: ChatProps) {
  const t = widgetTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const limit = client.connection.health.value === 'online' ? client.maxTextLength.value : look.maxTextLength;
  const left = useComputed(() => limit - draft.value.trim().length).value;
  const sendable = left >= 0 && files.settled && (draft.value.trim() !== '' || files.any);

  const send = () => {
    if (!sendable) return;
    client.send(draft.value.trim(), files.take());
    draft.value = '';
    area.current?.focus();
  };
  useEffect(() => fitHeight(area.current), [draft.value]);
  useEffect(() => {
    // The iframe gets the focus from the page, and the field gets it from the iframe. A chat that has been open since
    // the page was loaded does not have the focus, and does not take it.
    if (host.shown.value && document.hasFocus()) area.current?.focus();
  }, [host.shown.value]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <UploadedFiles files={files} />
      <AttachButton files={files} />
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        aria-label={t.write}
        aria-invalid={left < 0}
        aria-describedby="limit"
        placeholder={t.write}
        value={draft.value}
        onInput={({ currentTarget: { value } }) => {
          draft.value = value;
          if (value) client.typed();
        }}
        onPaste={(event) => pasteInto(files, event)}
        onKeyDown={(event) => {
          if (!meansSend(event)) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="button primary icon send" aria-label={t.send} disabled={!sendable}>
        <Icon name="send" />
      </button>
      <p id="limit" class={left < 0 ? 'limit over' : 'limit'} role="status">
        {left < 0 ? t.tooLong({ over: -left }) : left < limit / 10 ? t.charactersLeft({ left }) : files.said}
      </p>
    </form>
  );
}
