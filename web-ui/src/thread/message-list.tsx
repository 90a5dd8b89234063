import type { ComponentChildren } from 'preact';
import type { Signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Delivery } from '../shared/customer';
import { Icon } from '../shared/icons';
import { dayName, language } from '../shared/language';
import { type Place, PlaceKeeper } from './place';
import { threadTexts } from './texts';
import './thread.css';

export interface ListEntry {
  key: string;
  /** Undefined while it is being sent. */
  sequence?: number;
  at: string;
  kind: string;
  delivery?: Delivery;
  elsewhere?: true;
}

export interface MessageListProps<E extends ListEntry> {
  entries: E[];
  place: Place;
  /** Whether the history is complete, so that further entries are new. */
  caughtUp: boolean;
  /** Whether the list is neither covered nor collapsed. */
  shown?: boolean;
  /** Adjacent entries of the same kind and author form a group. */
  author: (entry: E) => string;
  /** The class of an entry's list item; the first one of a group may look different. */
  look: (entry: E, first: boolean) => string;
  draw: (entry: E, first: boolean) => ComponentChildren;
  /** Whether it is new to the person: a message by somebody else. */
  news: (entry: E) => boolean;
  /** The person has seen all entries up to this event. */
  seen: (sequence: number) => void;
  /** An event to show, once it is there; cleared then. */
  goal?: Signal<number | undefined>;
  /** Above all entries, and none of them. */
  before?: ComponentChildren;
  /** Above the first entry. */
  greeting?: ComponentChildren;
  /** Below the last entry. */
  children?: ComponentChildren;
}

/** The number of entries rendered initially, and the number added above them in each of the following frames. */
const firstPart = 100;
const nextPart = 300;

/**
 * The messages of a conversation: opens at its end or at the person's previous position, follows new messages while
 * they are at the end, and keeps its position while they read above.
 */
export function MessageList<E extends ListEntry>(props: MessageListProps<E>) {
  const { entries, place, seen, shown = true } = props;
  const t = threadTexts();
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const keeper = useRef<PlaceKeeper | undefined>(undefined);
  const newest = useRef(props);
  newest.current = props;
  const hidden = useHistoryPart(entries, place);
  const readOut = useReadOut(props.caughtUp && hidden === 0);

  const look = () => {
    if (!shown || document.visibilityState !== 'visible' || !document.hasFocus()) return;
    const sequence = keeper.current?.newestOnScreen() ?? 0;
    if (sequence <= place.seen.peek()) return;
    place.seen.value = sequence;
    seen(sequence);
  };
  const looking = useRef(look);
  looking.current = look;

  useLayoutEffect(() => {
    if (!box.current || !content.current || !list.current) return;
    const made = new PlaceKeeper(box.current, list.current, place);
    keeper.current = made;
    const settle = () => {
      made.settle();
      looking.current();
    };
    const looked = () => looking.current();
    // The box shrinks with its window and for a keyboard; the content grows with messages, fonts and pictures.
    const sizes = new ResizeObserver(settle);
    sizes.observe(box.current);
    sizes.observe(content.current);
    window.addEventListener('focus', looked);
    document.addEventListener('visibilitychange', looked);
    return () => {
      sizes.disconnect();
      window.removeEventListener('focus', looked);
      document.removeEventListener('visibilitychange', looked);
    };
  }, [place]);

  const empty = entries.length === 0;
  const emptyBefore = useRef(true);
  useLayoutEffect(() => {
    // A different person's thread from now on.
    if (empty && !emptyBefore.current) place.reset();
    emptyBefore.current = empty;
  }, [empty]);

  const own = entries.findLast(({ delivery, elsewhere }) => delivery === 'sending' && !elsewhere)?.key;
  const ownBefore = useRef(own);
  useLayoutEffect(() => {
    if (own !== undefined && own !== ownBefore.current) keeper.current?.toEnd();
    ownBefore.current = own;
    keeper.current?.settle();
    const goal = props.goal?.value;
    const isEnd = props.caughtUp && hidden === 0;
    if (props.goal && goal !== undefined && (keeper.current?.toEvent(goal) || isEnd))
      props.goal.value = undefined;
    look();
  });

  const following = place.following.value;
  const unseen =
    !following && entries.some((entry) => (entry.sequence ?? 0) > place.seen.value && props.news(entry));
  return (
    <div class="message-list">
      <div
        class="messages"
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={t.messages}
        onScroll={() => {
          keeper.current?.scrolled();
          look();
        }}
      >
        <div class="messages-content" ref={content}>
          {props.before}
          <div role="log" aria-live={readOut ? 'polite' : 'off'} aria-relevant="additions">
            <ol class="entries" ref={list}>
              {hidden === 0 && props.greeting}
              {entries.slice(hidden).map((entry, index) => (
                <Row key={entry.key} entry={entry} before={entries[hidden + index - 1]} list={newest} />
              ))}
            </ol>
          </div>
          {props.children}
        </div>
      </div>
      {!following && (
        <button
          type="button"
          class={unseen ? 'button small to-end unseen' : 'button small icon to-end'}
          aria-label={unseen ? undefined : t.toEnd}
          onClick={() => {
            keeper.current?.toEnd();
            // The button disappears; the focus must not be lost with it.
            box.current?.focus({ preventScroll: true });
          }}
        >
          <Icon name="down" /> {unseen && t.newMessages}
        </button>
      )}
    </div>
  );
}

/** How many of the oldest entries are not rendered yet. The newest are first, so that long threads open quickly. */
function useHistoryPart(entries: ListEntry[], place: Place): number {
  const hidden = useRef<number | undefined>(undefined);
  // A counter, because the last part ends at 0, possibly where it began, and must be rendered nevertheless.
  const [, drawAgain] = useReducer((drawn: number) => drawn + 1, 0);
  if (entries.length === 0) hidden.current = undefined;
  else if (hidden.current === undefined || hidden.current >= entries.length) {
    const anchored = place.following.peek()
      ? entries.length
      : entries.findIndex(({ key }) => key === place.anchor?.key);
    hidden.current = Math.max(0, Math.min(entries.length - firstPart, anchored - 10));
  }
  const now = hidden.current ?? 0;
  useEffect(() => {
    if (now === 0) return;
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        hidden.current = Math.max(0, now - nextPart);
        drawAgain(undefined);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [now]);
  return now;
}

interface RowProps<E extends ListEntry> {
  entry: E;
  before: E | undefined;
  list: { readonly current: MessageListProps<E> };
}

/** Reads a signal, so it is rendered again only when one of its properties or the signal changes. */
function Row<E extends ListEntry>({ entry, before, list }: RowProps<E>) {
  const { author, look, draw } = list.current;
  void language.value;
  const newDay = !before || new Date(before.at).toDateString() !== new Date(entry.at).toDateString();
  const first = newDay || before.kind !== entry.kind || author(before) !== author(entry);
  return (
    <>
      {newDay && <li class="day">{dayName(entry.at)}</li>}
      <li class={look(entry, first)} data-key={entry.key} data-sequence={entry.sequence}>
        {draw(entry, first)}
      </li>
    </>
  );
}

/**
 * Whether additions are announced: only after the history is complete, which nobody wants to hear from its beginning.
 */
function useReadOut(historyThere: boolean): boolean {
  const [readOut, startReading] = useState(false);
  useEffect(() => {
    if (readOut || !historyThere) return;
    // If it became live at the same moment, the history would be announced as well.
    const timer = setTimeout(() => startReading(true), 500);
    return () => clearTimeout(timer);
  }, [readOut, historyThere]);
  return readOut;
}
