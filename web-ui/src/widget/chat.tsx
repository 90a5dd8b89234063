import { signal, useComputed, type Signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { composing, fitHeight, meansSend } from '../shared/composer';
import type { CustomerClient, CustomerEntry } from '../shared/customer';
import type { CustomerEvent } from '../shared/frames';
import { EmojiButton } from '../shared/emoji';
import { Icon } from '../shared/icons';
import { clockTime, language } from '../shared/language';
import { Linked } from '../shared/links';
import { LanguageSwitch } from '../shared/switch';
import { AttachButton, dropOn, MessageFiles, pasteInto, UploadedFiles, type Files } from '../thread/files';
import { Mark } from '../thread/mark';
import { MessageList } from '../thread/message-list';
import { Place } from '../thread/place';
import { Choices } from './choices';
import type { AskedField } from './form';
import type { Host } from './host';
import type { OpenNow, SiteHours } from './hours';
import { backAt, hoursTexts, usually } from './hours-texts';
import { placeInWords, queueTexts } from './queue-texts';
import { chooseBeside } from './speech';
import { later } from './later';
import { widgetTexts } from './texts';
import { Welcome, type WelcomeLook } from './welcome';

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
/** What is not needed at the first sight; loaded right after it. */
const notices = () => import('./notices');
const ConnectionBar = later(() => notices().then((part) => part.ConnectionBar));
const Closed = later(() => notices().then((part) => part.Closed));
const NotKept = later(() => notices().then((part) => part.NotKept));
const Refused = later(() => notices().then((part) => part.Refused));
const SaveButton = later(() => notices().then((part) => part.SaveButton));
const MailButton = later(() => import('./mail').then((part) => part.MailButton));
const EarlierConversations = later(() => import('./earlier').then((part) => part.EarlierConversations));
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
  transcriptsMailed?: boolean;
  /** Absent for a site that is always open. */
  hours?: OpenNow;
  /** Within so many seconds customers usually get an answer; absent where that is not known. */
  usuallyWithinSeconds?: number;
  /** What is asked before the first message; absent where nothing is. */
  form?: { fields: AskedField[] };
  /** Absent from an older server. */
  welcome?: WelcomeLook;
}

export interface ChatProps {
  client: CustomerClient;
  look: SiteLook;
  host: Host;
  draft: Signal<string>;
  hours: SiteHours;
  files: Files;
  /** Whether there may be a conversation: the beginning is shown once that is known. */
  mayHaveWritten: boolean;
}

export function Chat(props: ChatProps) {
  const { client, host, files } = props;
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
      <Thread {...props} />
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
        <p class="presence">
          {known && (
            <>
              <span class={online && !closedNow(client, props.hours) ? 'dot online' : 'dot'} />
              {presence(props)}
            </>
          )}
        </p>
      </div>
      <span class="save">
        {client.log.last.value > 0 && <SaveButton client={client} title={look.name} told={told} />}
      </span>
      {look.transcriptsMailed && (
        // Its place is kept, so that nothing moves when the first answer comes.
        <span class="save">{client.log.last.value > 0 && <MailButton client={client} />}</span>
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

export type Told = Pick<CustomerEvent, 'kind' | 'author' | 'text' | 'status' | 'assignee'>;

function told({ kind, author, text = '', status, assignee }: Told): { who?: string; text: string } {
  const t = widgetTexts();
  if (kind === 'status') return { text: status === 'resolved' ? t.resolvedLine : t.reopenedLine };
  if (kind === 'assignee') return { text: assigned(author, assignee) };
  return { who: author.kind === 'customer' ? t.you : author.name || t.team, text };
}

function Thread({ client, host, files, look, hours, draft, mayHaveWritten }: ChatProps) {
  const t = widgetTexts();
  const isNew = client.isNew.value;
  // What would stand above a conversation is not shown before it, so that nothing moves.
  const begun = isNew === undefined && mayHaveWritten && !client.connection.failing.value;
  const isBeginning = !begun && isNew !== false && client.entries.value.length === 0;
  /** Stays above the first messages, so that nobody loses what they are reading. */
  const welcomed = useRef(false);
  welcomed.current ||= isBeginning;
  const greeting = !begun && (language.value === 'zh' ? look.greetingZh : look.greetingEn);
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
      before={
        <>
          {client.hasEarlier.value && <EarlierConversations client={client} files={files} />}
          {welcomed.current && look.welcome && <Welcome look={look.welcome} draft={draft} />}
        </>
      }
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
      {client.resolution.value !== undefined && <Resolved client={client} />}
      <Offline hours={hours} client={client} />
      {look.ratingAsked && client.caughtUp.value && client.resolution.value !== undefined && (
        <Rating key={client.resolution.value} client={client} resolution={client.resolution.value} />
      )}
    </MessageList>
  );
}

/** What comes next continues the conversation, or begins another one. */
function Resolved({ client }: { client: CustomerClient }) {
  const t = widgetTexts();
  const begins = client.begins.value;
  const choose = (anew: boolean) => {
    client.begins.value = anew;
    document.querySelector<HTMLElement>('.composer textarea')?.focus();
  };
  return (
    <div class="resolved">
      <p aria-live="polite">{begins ? t.begins : t.resolvedBanner}</p>
      <button type="button" class="button small" onClick={() => choose(!begins)}>
        {begins ? t.continueThis : t.anew}
      </button>
    </div>
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
      {entry.choices && <Choices client={client} entry={entry} />}
      <span class="marks">
        <time dateTime={entry.at}>{clockTime(entry.at)}</time>
        {entry.delivery && <Mark delivery={entry.delivery} label={t[entry.delivery]} />}
      </span>
      {entry.refused && <Refused entry={entry} client={client} />}
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
      <span class={client.isNew.value === undefined || files.limits.value ? 'tools both' : 'tools'}>
        <EmojiButton area={area} />
        <AttachButton files={files} />
      </span>
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
