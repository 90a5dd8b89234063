import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { count } from '../shared/language';
import { BulkBar } from './bulk-bar';
import { Filters } from './inbox-filters';
import { views } from './inbox-order';
import { Row } from './inbox-row';
import { viewName } from './inbox-texts';
import { SearchField, SearchResults } from './search-pane';
import { consoleTexts } from './texts';
import { useVirtualList } from './virtual-list';
import type { Workspace } from './workspace';

const rowHeight = 84;
const loadMoreWithin = 20;

/** @param alone on a screen that has no room for a thread beside it */
export function InboxPane({ workspace, alone }: { workspace: Workspace; alone: boolean }) {
  const t = consoleTexts();
  return (
    <div class="inbox" role={alone ? 'main' : 'navigation'} aria-label={t.inbox} tabIndex={-1}>
      {alone ? <h1 class="out-of-sight">{t.inbox}</h1> : <h2 class="out-of-sight">{t.inbox}</h2>}
      <SearchField workspace={workspace} />
      {workspace.messages.state.value === 'none' ? (
        <Views workspace={workspace} />
      ) : (
        <SearchResults workspace={workspace} />
      )}
    </div>
  );
}

function Views({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const { inbox } = workspace;
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <>
      <div class="views" role="group" aria-label={t.inbox}>
        {views.map((view) => (
          <button
            key={view}
            type="button"
            class="view"
            aria-pressed={inbox.view.value === view}
            onClick={() => {
              scroller.current?.scrollTo({ top: 0 });
              inbox.choose(view);
            }}
          >
            {viewName(view)} <span class="number">{count(inbox.counts.value?.[view] ?? 0)}</span>
          </button>
        ))}
      </div>
      <Filters workspace={workspace} />
      <BulkBar workspace={workspace} />
      <div
        class="lines"
        ref={scroller}
        onPointerMove={({ pointerType }) => pointerType === 'mouse' && inbox.hold()}
        onPointerLeave={() => inbox.release()}
      >
        <Conversations workspace={workspace} scroller={() => scroller.current} />
        <ListState workspace={workspace} />
      </div>
    </>
  );
}

function Conversations({
  workspace,
  scroller,
}: {
  workspace: Workspace;
  scroller: () => HTMLElement | null;
}) {
  const { inbox } = workspace;
  const shown = inbox.shown.value;
  const selected = workspace.selected.value;
  const focused = useSignal<string | undefined>(undefined);
  useEffect(() => void (inbox.reading.value = selected), [selected]);
  const now = useNow();
  const selectedAt = selected === undefined ? -1 : shown.findIndex(({ id }) => id === selected);
  const focusedAt = focused.value === undefined ? -1 : shown.findIndex(({ id }) => id === focused.value);
  const list = useVirtualList({
    count: shown.length,
    keyOf: (index) => shown[index]?.id ?? String(index),
    scroller,
    rowHeight,
    kept: [selectedAt, focusedAt].filter((at) => at >= 0),
  });

  useEffect(() => {
    if (selectedAt >= 0) list.scrollToIndex(selectedAt, { align: 'auto' });
    // Not when only its place changes: the list must not run away under the reader.
  }, [selected]);
  const rows = list.getVirtualItems();
  const last = list.range?.endIndex ?? 0;
  const more = inbox.next.value;
  useEffect(() => {
    if (more !== undefined && !inbox.failed.peek() && last > shown.length - loadMoreWithin) void inbox.more();
  }, [more, last, shown.length]);

  return (
    <ul class="conversations" style={{ height: `${String(list.getTotalSize())}px` }}>
      {rows.map(({ index, key, start }) => {
        const summary = shown[index];
        return (
          summary && (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              aria-setsize={more === undefined ? shown.length : -1}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${String(start)}px)` }}
              onFocusIn={() => (focused.value = summary.id)}
              onFocusOut={() => (focused.value = undefined)}
            >
              <Row summary={summary} workspace={workspace} now={now} />
            </li>
          )
        );
      })}
    </ul>
  );
}

function ListState({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const { inbox } = workspace;
  const empty = inbox.shown.value.length === 0;
  if (inbox.failed.value) {
    return (
      <div class="empty stack" role="alert">
        <p class="hint">{t.loadFailed}</p>
        <button type="button" class="button small" onClick={() => void inbox.load()}>
          {t.retry}
        </button>
      </div>
    );
  }
  if (inbox.loading.value) return empty ? <p class="hint empty">{t.loading}</p> : null;
  if (empty) return <p class="hint empty">{inbox.view.value === 'open' ? t.emptyOpen : t.empty}</p>;
  if (inbox.next.value === undefined) return null;
  return (
    <button type="button" class="button small more" onClick={() => void inbox.more()}>
      {t.more}
    </button>
  );
}

/** The time, which goes on: how long somebody waits is true for a second. */
function useNow(): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const ticking = setInterval(() => (now.value = Date.now()), 1_000);
    return () => clearInterval(ticking);
  }, []);
  return now.value;
}
