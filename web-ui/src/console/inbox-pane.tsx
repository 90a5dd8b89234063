import type { Summary } from '../shared/frames';
import { count, duration, shortTime } from '../shared/language';
import { views } from './inbox';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

export function customerName({ customer }: Summary): string {
  return customer.name ?? consoleTexts().visitor(customer.id.slice(-4).toUpperCase());
}

export function InboxPane({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const { inbox } = workspace;
  const shown = inbox.shown.value;
  return (
    <nav class="inbox" aria-label={t.inbox}>
      <div class="views" role="group" aria-label={t.inbox}>
        {views.map((view) => (
          <button
            key={view}
            type="button"
            class="view"
            aria-pressed={inbox.view.value === view}
            onClick={() => inbox.choose(view)}
          >
            {t[view]} <span class="number">{count(inbox.counts.value[view] ?? 0)}</span>
          </button>
        ))}
      </div>
      <ul class="conversations">
        {shown.map((summary) => (
          <li key={summary.id}>
            <Row summary={summary} workspace={workspace} />
          </li>
        ))}
      </ul>
      {shown.length === 0 && !inbox.loading.value && (
        <p class="hint empty">
          {inbox.failed.value ? t.loadFailed : inbox.view.value === 'open' ? t.emptyOpen : t.empty}
        </p>
      )}
      {inbox.next.value !== undefined && (
        <button type="button" class="button small more" onClick={() => void inbox.more()}>
          {t.more}
        </button>
      )}
    </nav>
  );
}

function Row({ summary, workspace }: { summary: Summary; workspace: Workspace }) {
  const t = consoleTexts();
  const waiting = summary.status === 'open' && summary.waitingSince;
  const draft = workspace.drafts.of(summary.id).value;
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
        {draft.text.trim() && <em class="draft">✎ {draft.text.trim()}</em>}
        {!draft.text.trim() && (
          <>
            {summary.lastAuthor === 'agent' && '↩ '}
            {summary.lastText}
          </>
        )}
      </span>
      <span class="tags">
        {waiting && <span class="tag warn">{t.waiting(duration(secondsSince(waiting)))}</span>}
        {summary.assignee && (
          <span class="tag">{summary.assignee.id === workspace.me.id ? t.you : summary.assignee.name}</span>
        )}
      </span>
    </button>
  );
}

function secondsSince(at: string): number {
  return Math.max(0, (Date.now() - Date.parse(at)) / 1000);
}
