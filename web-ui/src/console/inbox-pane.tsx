import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Summary } from '../shared/frames';
import { Icon } from '../shared/team-icons';
import { count, duration, shortTime } from '../shared/language';
import { customerName } from './customer-name';
import { views } from './inbox';
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
            {t[view]} <span class="number">{count(inbox.counts.value?.[view] ?? 0)}</span>
          </button>
        ))}
      </div>
      <div class="lines" ref={scroller}>
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
        <button type="button" class="button small" onClick={() => void (empty ? inbox.load() : inbox.more())}>
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

function Row({ summary, workspace, now }: { summary: Summary; workspace: Workspace; now: number }) {
  const t = consoleTexts();
  const waiting = summary.status === 'open' && summary.waitingSince;
  const draft = workspace.drafts.begun(summary.id);
  return (
    <button
      type="button"
      class={waiting ? 'conversation waiting' : 'conversation'}
      aria-current={workspace.selected.value === summary.id}
      onClick={() => workspace.select(summary.id)}
    >
      <span class="who">{customerName(summary)}</span>
      <time class="when" dateTime={summary.updatedAt}>
        {shortTime(summary.updatedAt)}
      </time>
      <span class="last" dir="auto">
        {draft && <em class="draft">✎ {draft}</em>}
        {!draft && (
          <>
            {summary.lastAuthor === 'agent' && '↩ '}
            {summary.lastText}
          </>
        )}
      </span>
      <span class="tags">
        {summary.customer.blocked && (
          <span class="tag bad">
            <Icon name="block" /> {t.blocked}
          </span>
        )}
        {waiting && (
          <span class="tag warn">{t.waiting({ time: duration(secondsBetween(waiting, now)) })}</span>
        )}
        {summary.team && <span class="tag accent">{summary.team.name}</span>}
        {summary.assignee && (
          <span class="tag">{summary.assignee.id === workspace.me.id ? t.you : summary.assignee.name}</span>
        )}
      </span>
    </button>
  );
}

function secondsBetween(at: string, now: number): number {
  return Math.max(0, (now - Date.parse(at)) / 1000);
}
