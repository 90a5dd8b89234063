import { useComputed, useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { composing, fitHeight, meansSend } from '../shared/composer';
import type { CustomerClient, CustomerEntry } from '../shared/customer';
import { Icon } from '../shared/icons';
import { clockTime, dayName, language } from '../shared/language';
import { Linked } from '../shared/links';
import { codeText } from '../shared/problems';
import { LanguageSwitch } from '../shared/switch';
import type { Host } from './host';
import { widgetTexts } from './texts';

export interface SiteLook {
  name: string;
  color?: string;
  greetingEn?: string;
  greetingZh?: string;
  maxTextLength: number;
}

interface ChatProps {
  client: CustomerClient;
  look: SiteLook;
  host: Host;
  draft: Signal<string>;
}

export function Chat(props: ChatProps) {
  const { client, look, host } = props;
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !composing(event)) host.close();
    };
    window.addEventListener('keydown', escape);
    return () => window.removeEventListener('keydown', escape);
  }, [host]);
  return (
    <main class="chat">
      <Header {...props} />
      <ConnectionBar client={client} />
      <Thread
        client={client}
        host={host}
        greeting={language.value === 'zh' ? look.greetingZh : look.greetingEn}
      />
      <Composer {...props} />
    </main>
  );
}

function Header({ client, look, host }: ChatProps) {
  const t = widgetTexts();
  const online = client.agentsOnline.value;
  const assignee = client.assignee.value;
  const known = client.connection.health.value === 'online';
  return (
    <header class="chat-header">
      <div class="chat-title">
        <h1>{look.name}</h1>
        {known && (
          <p class="presence">
            <span class={online ? 'dot online' : 'dot'} />
            {assignee && online ? t.withAgent(assignee) : online ? t.online : t.away}
          </p>
        )}
      </div>
      <LanguageSwitch />
      {host.embedded && (
        <button type="button" class="button quiet icon" aria-label={t.close} onClick={() => host.close()}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function ConnectionBar({ client }: { client: CustomerClient }) {
  const t = widgetTexts();
  const health = client.connection.health.value;
  // Stays as it is while another attempt is made, so that it is read out once.
  const blocked = client.blocked.value;
  const crowded = client.turnedAway.value || blocked;
  return (
    <div role="status">
      {health === 'connecting' && !crowded && <p class="connection late">{t.connecting}</p>}
      {(health === 'waiting' || crowded) && (
        <p class={crowded ? 'connection broken' : 'connection broken late'}>
          <span>{blocked ? t.blocked : crowded ? t.tooManyPages : t.noConnection}</span>
          <button type="button" class="button small" onClick={() => client.connection.retryNow()}>
            {t.tryNow}
          </button>
        </p>
      )}
    </div>
  );
}

interface ThreadProps {
  client: CustomerClient;
  host: Host;
  greeting?: string;
}

function Thread({ client, host, greeting }: ThreadProps) {
  const t = widgetTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const visible = usePageVisible();
  const entries = client.entries.value;
  const typing = client.agentTyping.name.value;

  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  const lastKey = entries.at(-1)?.key;
  const lastIsOwn = entries.at(-1)?.author.kind === 'customer';
  useEffect(() => {
    if (atEnd.peek() || lastIsOwn) toEnd();
  }, [lastKey, lastIsOwn, typing, greeting, host.shown.value]);

  useSignalEffect(() => {
    const online = client.connection.health.value === 'online';
    const seen = client.log.last.value > 0 && host.shown.value && visible.value && atEnd.value;
    if (online && seen) client.readAll();
  });

  return (
    <div
      class="scroller"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t.messages}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.value = scrollTop + clientHeight > scrollHeight - 40;
      }}
    >
      <div role="log" aria-live="polite" aria-relevant="additions">
        <ol class="thread">
          {greeting && (
            <li class="message theirs first">
              <p class="bubble" dir="auto">
                {greeting}
              </p>
            </li>
          )}
          {entries.map((entry, index) => (
            <Entry key={entry.key} entry={entry} before={entries[index - 1]} client={client} />
          ))}
        </ol>
      </div>
      <p class="typing" role="status">
        {typing !== undefined && t.typing(typing)}
      </p>
      {client.status.value === 'resolved' && <p class="resolved">{t.resolvedBanner}</p>}
      {!atEnd.value && client.unread.value > 0 && (
        <button type="button" class="button small to-end" onClick={toEnd}>
          <Icon name="down" /> {t.newMessages}
        </button>
      )}
    </div>
  );
}

interface EntryProps {
  entry: CustomerEntry;
  before?: CustomerEntry;
  client: CustomerClient;
}

function Entry({ entry, before, client }: EntryProps) {
  const t = widgetTexts();
  const newDay = !before || new Date(before.at).toDateString() !== new Date(entry.at).toDateString();
  const day = newDay && <li class="day">{dayName(entry.at)}</li>;
  if (entry.kind !== 'message') {
    const line =
      entry.kind === 'status'
        ? entry.status === 'resolved'
          ? t.resolvedLine
          : t.reopenedLine
        : entry.assignee
          ? t.joined(entry.assignee)
          : t.left;
    return (
      <>
        {day}
        <li class="line">{line}</li>
      </>
    );
  }
  const own = entry.author.kind === 'customer';
  const first = newDay || before?.kind !== 'message' || before.author.kind !== entry.author.kind;
  return (
    <>
      {day}
      <li class={`message ${own ? 'own' : 'theirs'}${first ? ' first' : ''}`}>
        {first && !own && <span class="author">{entry.author.name || t.team}</span>}
        {own && <span class="out-of-sight">{t.you}: </span>}
        <p class="bubble" dir="auto">
          <Linked text={entry.text ?? ''} />
        </p>
        <span class="marks">
          <time dateTime={entry.at}>{clockTime(entry.at)}</time>
          {entry.delivery && <Mark delivery={entry.delivery} />}
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
      </li>
    </>
  );
}

function Mark({ delivery }: { delivery: NonNullable<CustomerEntry['delivery']> }) {
  const t = widgetTexts();
  const icon = { sending: 'clock', sent: 'check', read: 'checks', failed: 'alert' } as const;
  return (
    <span class={`mark ${delivery}`} title={t[delivery]}>
      <Icon name={icon[delivery]} />
      <span class="out-of-sight">{t[delivery]}</span>
    </span>
  );
}

function Composer({ client, look, host, draft }: ChatProps) {
  const t = widgetTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const limit = client.connection.health.value === 'online' ? client.maxTextLength.value : look.maxTextLength;
  const left = useComputed(() => limit - draft.value.trim().length).value;
  const sendable = draft.value.trim() !== '' && left >= 0;

  const send = () => {
    if (!sendable) return;
    client.send(draft.value.trim());
    draft.value = '';
    area.current?.focus();
  };
  useEffect(() => fitHeight(area.current), [draft.value]);
  useEffect(() => {
    // The iframe gets the focus from the page; the field gets it from the iframe.
    if (host.shown.value) area.current?.focus();
  }, [host.shown.value]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
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
        {left < 0 ? t.tooLong(-left) : left < limit / 10 ? t.charactersLeft(left) : ''}
      </p>
    </form>
  );
}

function usePageVisible() {
  const visible = useSignal(document.visibilityState === 'visible');
  useEffect(() => {
    const changed = () => {
      visible.value = document.visibilityState === 'visible';
    };
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, [visible]);
  return visible;
}
