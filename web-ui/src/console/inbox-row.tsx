import type { Summary } from '../shared/frames';
import { dateAndTime, duration, labelled, shortTime } from '../shared/language';
import { mentions } from '../shared/mention-text';
import { Icon } from '../shared/team-icons';
import { customerName } from './customer-name';
import { inboxTexts } from './inbox-texts';
import { mentionsTexts } from './mentions-texts';
import { LabelTag } from '../shared/label-tag';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

/** More than these do not fit beside each other. */
const labelsShown = 2;

interface RowProps {
  summary: Summary;
  workspace: Workspace;
  now: number;
}

export function Row({ summary, workspace, now }: RowProps) {
  const { inbox } = workspace;
  const { selection } = inbox;
  const shownIds = () => inbox.shown.peek().map(({ id }) => id);
  const look = [
    'conversation',
    summary.status === 'open' && summary.waitingSince ? 'waiting' : '',
    summary.triage?.unread || mentions(workspace.me.id, summary.triage) ? 'unread' : '',
    inbox.isLeaving(summary) ? 'leaving' : '',
  ];
  return (
    <div class={selection.on.value ? 'line-of choosing' : 'line-of'}>
      {selection.on.value && (
        <input
          type="checkbox"
          class="pick"
          aria-label={labelled(inboxTexts().choose, customerName(summary))}
          checked={selection.chosen.value.has(summary.id)}
          onClick={(event) => {
            if (event.shiftKey) selection.extend(summary.id, shownIds());
            else selection.toggle(summary.id);
          }}
        />
      )}
      <button
        type="button"
        class={look.filter(Boolean).join(' ')}
        aria-current={workspace.selected.value === summary.id}
        onClick={(event) => {
          if (event.shiftKey) selection.extend(summary.id, shownIds());
          else if (event.ctrlKey || event.metaKey) selection.toggle(summary.id);
          else workspace.select(summary.id);
        }}
      >
        <Content summary={summary} workspace={workspace} now={now} />
      </button>
    </div>
  );
}

function Content({ summary, workspace, now }: RowProps) {
  const t = consoleTexts();
  const own = inboxTexts();
  const draft = workspace.drafts.begun(summary.id);
  return (
    <>
      <span class="who">
        {summary.triage?.unread && (
          <span class="unread-dot" role="img" aria-label={own.unread} title={own.unread} />
        )}
        {customerName(summary)}
      </span>
      <time class="when" dateTime={summary.updatedAt}>
        {shortTime(summary.updatedAt)}
      </time>
      <span class="last" dir="auto">
        {draft && <em class="draft">✎ {draft}</em>}
        {!draft && (
          <>
            {summary.lastAuthor === 'agent' && <Icon name="answered" />} {summary.lastText}
          </>
        )}
      </span>
      <span class="tags">
        <Tags summary={summary} workspace={workspace} now={now} />
        {summary.customer.blocked && (
          <span class="tag bad">
            <Icon name="block" /> {t.blocked}
          </span>
        )}
      </span>
    </>
  );
}

function Tags({ summary, workspace, now }: RowProps) {
  const t = consoleTexts();
  const own = inboxTexts();
  const { labels: ids, priority, snoozedUntil, spam, language } = summary.triage ?? {};
  const labels = workspace.inbox.labels.of(ids);
  const waiting = summary.status === 'open' && !spam && summary.waitingSince;
  return (
    <>
      {mentions(workspace.me.id, summary.triage) && (
        <span class="tag accent mentions-you">@ {mentionsTexts().you}</span>
      )}
      {priority && <span class={priority === 'urgent' ? 'tag bad' : 'tag'}>{own.priorities[priority]}</span>}
      {snoozedUntil && !spam && (
        <span class="tag accent">{own.until({ time: dateAndTime(snoozedUntil) })}</span>
      )}
      {waiting && <span class="tag warn">{t.waiting({ time: duration(secondsBetween(waiting, now)) })}</span>}
      {summary.team && <span class="tag accent">{summary.team.name}</span>}
      {summary.assignee && (
        <span class="tag">{summary.assignee.id === workspace.me.id ? t.you : summary.assignee.name}</span>
      )}
      {language === 'zh' && (
        <span class="tag" lang="zh">
          中文
        </span>
      )}
      {labels.slice(0, labelsShown).map((label) => (
        <LabelTag key={label.id} label={label} />
      ))}
      {labels.length > labelsShown && (
        <span class="tag">{own.moreLabels({ number: labels.length - labelsShown })}</span>
      )}
    </>
  );
}

function secondsBetween(at: string, now: number): number {
  return Math.max(0, (now - Date.parse(at)) / 1000);
}
