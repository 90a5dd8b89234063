import type { Summary } from '../shared/frames';
import { dateAndTime } from '../shared/language';
import { Icon } from '../shared/team-icons';
import { act } from './inbox-acts';
import { inboxTexts } from './inbox-texts';
import { LabelTag } from '../shared/label-tag';
import type { Workspace } from './workspace';

/** How the open conversation is sorted, and the buttons to change that. */
export function TriageBar({ workspace, summary }: { workspace: Workspace; summary: Summary }) {
  const t = inboxTexts();
  const { labels: ids, priority, snoozedUntil, spam } = summary.triage ?? {};
  const labels = workspace.inbox.labels.of(ids);
  const only = [summary.id];
  const ask = (about: 'label' | 'priority' | 'snooze') =>
    (workspace.inbox.asking.value = { about, conversations: only });
  return (
    <div class="triage" role="group" aria-label={t.sorting} tabIndex={-1}>
      {spam && <span class="tag bad">{t.spam}</span>}
      {snoozedUntil && (
        <span class="tag accent">
          <Icon name="snooze" /> {t.until({ time: dateAndTime(snoozedUntil) })}
        </span>
      )}
      {priority && <span class={priority === 'urgent' ? 'tag bad' : 'tag'}>{t.priorities[priority]}</span>}
      {labels.map((label) => (
        <LabelTag key={label.id} label={label} />
      ))}
      <span class="triage-acts">
        <button type="button" class="button quiet small" aria-haspopup="dialog" onClick={() => ask('label')}>
          <Icon name="label" /> {t.label}
        </button>
        <button
          type="button"
          class="button quiet small"
          aria-haspopup="dialog"
          onClick={() => ask('priority')}
        >
          <Icon name="priority" /> {t.priority}
        </button>
        {snoozedUntil ? (
          <button
            type="button"
            class="button quiet small"
            onClick={() => act(workspace, only, { what: 'wake' })}
          >
            <Icon name="snooze" /> {t.wake}
          </button>
        ) : (
          summary.status === 'open' &&
          !spam && (
            <button
              type="button"
              class="button quiet small"
              aria-haspopup="dialog"
              onClick={() => ask('snooze')}
            >
              <Icon name="snooze" /> {t.snooze}
            </button>
          )
        )}
        <button
          type="button"
          class="button quiet small"
          onClick={() => act(workspace, only, { what: spam ? 'no-spam' : 'spam' })}
        >
          <Icon name="block" /> {spam ? t.noSpam : t.markSpam}
        </button>
      </span>
    </div>
  );
}
