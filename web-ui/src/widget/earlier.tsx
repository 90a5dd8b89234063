import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Page } from '../shared/api';
import type { CustomerClient } from '../shared/customer';
import { dateAndTime } from '../shared/language';
import { Linked } from '../shared/links';
import type { components } from '../shared/rest';
import { MessageFiles, type Files } from '../thread/files';
import './earlier.css';
import { earlierTexts } from './earlier-texts';

type Own = components['schemas']['OwnConversation'];
type Message = components['schemas']['OwnMessage'];

interface EarlierProps {
  client: CustomerClient;
  files: Files;
}

/** The customer's earlier conversations, to be read; loaded when somebody wants to see them. */
export function EarlierConversations({ client, files }: EarlierProps) {
  const t = earlierTexts();
  const id = useId();
  const open = useSignal(false);
  return (
    <section class="earlier" aria-label={t.earlier}>
      <button
        type="button"
        class="button quiet small"
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => (open.value = !open.peek())}
      >
        {t.earlier}
      </button>
      <div id={id}>{open.value && <List client={client} files={files} />}</div>
    </section>
  );
}

function List({ client, files }: EarlierProps) {
  const loaded = useOwn(() => client.own<Own[]>('/api/customer/conversations'));
  if (!loaded.value) return <Waiting {...loaded} />;
  return (
    <ul class="earlier-list">
      {loaded.value
        .filter(({ current }) => !current)
        .map((one) => (
          <Conversation key={one.id} one={one} client={client} files={files} />
        ))}
    </ul>
  );
}

function Conversation({ one, client, files }: EarlierProps & { one: Own }) {
  const id = useId();
  const open = useSignal(false);
  return (
    <li>
      <button
        type="button"
        class="earlier-one"
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => (open.value = !open.peek())}
      >
        <time dateTime={one.createdAt}>{dateAndTime(one.createdAt)}</time>
        <span class="last" dir="auto">
          {one.lastText}
        </span>
      </button>
      <div id={id}>{open.value && <Messages conversation={one.id} client={client} files={files} />}</div>
    </li>
  );
}

function Messages({ conversation, client, files }: EarlierProps & { conversation: string }) {
  const t = earlierTexts();
  const loaded = useOwn(() => allMessages(client, conversation));
  if (!loaded.value) return <Waiting {...loaded} />;
  return (
    <ol class="earlier-messages">
      {loaded.value.map(({ sequence, author, name, text, attachments, at }) => (
        <li key={sequence} class={author === 'customer' ? 'message own first' : 'message theirs first'}>
          <span class="author">
            {author === 'customer' ? t.you : (name ?? t.team)}, <time dateTime={at}>{dateAndTime(at)}</time>
          </span>
          {text && (
            <p class="bubble" dir="auto">
              <Linked text={text} />
            </p>
          )}
          <MessageFiles attachments={attachments} files={files} />
        </li>
      ))}
    </ol>
  );
}

async function allMessages(client: CustomerClient, conversation: string): Promise<Message[]> {
  const all: Message[] = [];
  let after: string | undefined = '0';
  while (after !== undefined) {
    const page: Page<Message> = await client.own(
      `/api/customer/conversations/${conversation}/messages?limit=100&after=${after}`,
    );
    all.push(...page.items);
    after = page.next;
  }
  return all;
}

function Waiting({ failed, again }: { failed: boolean; again: () => void }) {
  const t = earlierTexts();
  if (!failed) return <p role="status">{t.loading}</p>;
  return (
    <p role="alert">
      {t.failed}{' '}
      <button type="button" class="button small" onClick={again}>
        {t.retry}
      </button>
    </p>
  );
}

/** Loaded once it is shown, and again when somebody asks for it. */
function useOwn<T>(load: () => Promise<T>) {
  const value = useSignal<T | undefined>(undefined);
  const failed = useSignal(false);
  const tries = useSignal(0);
  useEffect(() => {
    let shown = true;
    failed.value = false;
    load().then(
      (found) => {
        if (shown) value.value = found;
      },
      () => {
        if (shown) failed.value = true;
      },
    );
    return () => {
      shown = false;
    };
  }, [tries.value]);
  return { value: value.value, failed: failed.value, again: () => (tries.value += 1) };
}
