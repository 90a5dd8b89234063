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
 * Of a longer thread, so many of the newest are rendered without being asked for; of more, each dialog that opens and each
 * message that is sent would take the longer.
 */
const enough = 1_000;
/** Somebody who has read back and returns to the end leaves so many at most. */
const tooMany = 1_500;

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
  const history = useHistoryPart(entries, place);
  const { hidden } = history;
  const readOut = useReadOut(props.caughtUp, history.growing);

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
    if (props.goal && goal !== undefined) {
      if (keeper.current?.toEvent(goal) || (props.caughtUp && hidden === 0)) props.goal.value = undefined;
      else history.more();
    }
    look();
  });

  const following = place.following.value;
  useLayoutEffect(() => {
    if (following && props.caughtUp) history.less();
  }, [following, props.caughtUp]);
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
        onScroll={({ currentTarget: { scrollTop, clientHeight } }) => {
          keeper.current?.scrolled();
          look();
          if (scrollTop < 2 * clientHeight) history.more();
        }}
      >
        <div class="messages-content" ref={content}>
          {props.before}
          {history.offered && (
            <div class="earlier">
              <button
                type="button"
                class="button quiet small"
                onClick={() => {
                  // The button disappears with the last of them; the focus must not be lost with it.
                  box.current?.focus({ preventScroll: true });
                  history.more();
                }}
              >
                {t.earlier}
              </button>
            </div>
          )}
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

interface HistoryPart {
  /** How many of the oldest entries are not rendered. The newest are first, so that long threads open quickly. */
  hidden: number;
  /** Whether more of them are about to be rendered. */
  growing: boolean;
  /** Whether the rest comes only when it is asked for. */
  offered: boolean;
  more: () => void;
  less: () => void;
}

function useHistoryPart(entries: ListEntry[], place: Place): HistoryPart {
  const hidden = useRef<number | undefined>(undefined);
  const wanted = useRef(false);
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
  const isEnough = entries.length - now >= enough;
  const growing = now > 0 && (!isEnough || wanted.current);
  useEffect(() => {
    if (!growing) return;
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        hidden.current = Math.max(0, now - nextPart);
        wanted.current = false;
        drawAgain(undefined);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [now, growing]);
  return {
    hidden: now,
    growing,
    offered: now > 0 && isEnough,
    more: () => {
      if (wanted.current || !hidden.current) return;
      wanted.current = true;
      drawAgain(undefined);
    },
    less: () => {
      if (entries.length - now <= tooMany) return;
      hidden.current = entries.length - enough;
      drawAgain(undefined);
    },
  };
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
 * Whether additions are announced: only after the history is complete, which nobody wants to hear from its beginning,
 * and not those that are added above.
 */
function useReadOut(historyThere: boolean, growing: boolean): boolean {
  const [readOut, setReadOut] = useState(false);
  useEffect(() => {
    if (growing) setReadOut(false);
    if (growing || readOut || !historyThere) return;
    // If it became live at the same moment, the history would be announced as well.
    const timer = setTimeout(() => setReadOut(true), 500);
    return () => clearTimeout(timer);
  }, [readOut, historyThere, growing]);
  return readOut && !growing;
}
