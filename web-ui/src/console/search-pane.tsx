import { useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { composing } from '../shared/composer';
import { Icon } from '../shared/team-icons';
import { shortTime } from '../shared/language';
import type { Summary } from '../shared/frames';
import { customerName } from './customer-name';
import { type FoundMessage, goTo, longest, periods, searchField, type Source, sources } from './search';
import { searchTexts } from './search-texts';
import './search.css';
import type { Workspace } from './workspace';

export function SearchField({ workspace }: { workspace: Workspace }) {
  const t = searchTexts();
  const { messages } = workspace;
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      role="search"
      class="message-search"
      onSubmit={(event) => {
        event.preventDefault();
        if (messages.words.value.trim()) void messages.find();
      }}
    >
      <Icon name="search" />
      <input
        id={searchField}
        ref={field}
        type="search"
        aria-label={t.search}
        placeholder={t.placeholder}
        maxLength={longest}
        autocomplete="off"
        value={messages.words.value}
        onInput={({ currentTarget: { value } }) => messages.look({ words: value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || composing(event) || !messages.words.value) return;
          event.preventDefault();
          messages.look({ words: '' });
        }}
      />
      {messages.words.value && (
        <button
          type="button"
          class="button quiet icon small"
          aria-label={t.clear}
          onClick={() => {
            messages.look({ words: '' });
            // The button goes; the focus must not be lost with it.
            field.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </form>
  );
}

/** In place of the inbox while there is something to look for. */
export function SearchResults({ workspace }: { workspace: Workspace }) {
  const t = searchTexts();
  const { messages } = workspace;
  const found = messages.found.value;
  const state = messages.state.value;
  const isEmpty = found !== undefined && found.customers.length + found.items.length === 0;
  return (
    <>
      <div class="search-filters">
        <select
          aria-label={t.source}
          value={messages.source.value}
          onChange={({ currentTarget: { value } }) => messages.look({ source: value as Source })}
        >
          {sources.map((source) => (
            <option key={source} value={source}>
              {t[source]}
            </option>
          ))}
        </select>
        <select
          aria-label={t.period}
          value={messages.period.value}
          onChange={({ currentTarget: { value } }) => messages.look({ period: Number(value) })}
        >
          {periods.map((days) => (
            <option key={days} value={days}>
              {days ? t.lastDays({ days }) : t.anyTime}
            </option>
          ))}
        </select>
      </div>
      <div class="lines" aria-busy={state === 'looking'}>
        <p class="out-of-sight" role="status">
          {state === 'looking' && t.looking}
          {state === 'found' &&
            found &&
            (found.next === undefined ? t.counted : t.countedSoFar)({ count: found.items.length })}
        </p>
        {found && !found.complete && <p class="hint empty">{t.incomplete}</p>}
        {state === 'looking' && !found && (
          <p class="hint empty" aria-hidden="true">
            {t.looking}
          </p>
        )}
        {state === 'failed' && (
          <div class="empty stack" role="alert">
            <p>{t.failed}</p>
            <button type="button" class="button small" onClick={() => void messages.find()}>
              {t.retry}
            </button>
          </div>
        )}
        {state === 'found' && isEmpty && (
          <div class="empty stack">
            <p>{t.nothing}</p>
            <p class="hint">{t.nothingHint}</p>
          </div>
        )}
        {found && found.customers.length > 0 && (
          <section aria-label={t.customers}>
            <h3 class="search-heading">{t.customers}</h3>
            <ul>
              {found.customers.map((summary) => (
                <li key={summary.id}>
                  <Hit workspace={workspace} conversation={summary}>
                    <span class="last" dir="auto">
                      {summary.lastText}
                    </span>
                  </Hit>
                </li>
              ))}
            </ul>
          </section>
        )}
        {found && found.items.length > 0 && (
          <section aria-label={t.messages}>
            <h3 class="search-heading">{t.messages}</h3>
            <ul>
              {found.items.map((message) => (
                <li key={`${message.conversation.id} ${String(message.sequence)}`}>
                  <Hit workspace={workspace} conversation={message.conversation} message={message}>
                    <Found message={message} />
                  </Hit>
                </li>
              ))}
            </ul>
          </section>
        )}
        {found?.next !== undefined && state === 'found' && (
          <button type="button" class="button small more" onClick={() => void messages.more()}>
            {t.more}
          </button>
        )}
      </div>
    </>
  );
}

interface HitProps {
  workspace: Workspace;
  conversation: Pick<Summary, 'id' | 'customer' | 'updatedAt'>;
  message?: FoundMessage;
  children: ComponentChildren;
}

function Hit({ workspace, conversation, message, children }: HitProps) {
  const { selected, messages } = workspace;
  const goal = messages.goal.value;
  const isHere = message
    ? goal?.conversation === conversation.id && goal.sequence === message.sequence
    : selected.value === conversation.id && goal === undefined;
  return (
    <button
      type="button"
      class="conversation hit"
      aria-current={isHere}
      onClick={() => goTo(workspace, conversation.id, message?.sequence)}
    >
      <span class="who">{customerName(conversation)}</span>
      <time class="when" dateTime={message?.at ?? conversation.updatedAt}>
        {shortTime(message?.at ?? conversation.updatedAt)}
      </time>
      {children}
    </button>
  );
}

function Found({ message }: { message: FoundMessage }) {
  const t = searchTexts();
  const { excerpt, marks, author, kind } = message;
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    parts.push(excerpt.slice(at, from), <mark key={from}>{excerpt.slice(from, to)}</mark>);
    at = to;
  }
  parts.push(excerpt.slice(at));
  return (
    <span class="last excerpt" dir="auto">
      {kind === 'note' && <span class="note-label">{t.noteLabel} · </span>}
      {author.kind === 'agent' && `${author.name ?? ''}: `}
      {parts}
    </span>
  );
}
