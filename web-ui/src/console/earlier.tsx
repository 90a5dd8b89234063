import type { AgentThread } from '../shared/agent';
import { request } from '../shared/api';
import type { Summary } from '../shared/frames';
import { dateAndTime } from '../shared/language';
import { useLoaded } from '../shared/load';
import { earlierTexts } from './earlier-texts';
import type { Workspace } from './workspace';

export function conversationsOf({ customer }: Summary, signal: AbortSignal): Promise<Summary[]> {
  return request<Summary[]>(`/api/conversations/of-customer/${customer.id}`, { signal });
}

/** Of a person who was merged, the customer who writes there. */
function whoWrites({ customer }: Summary): string {
  return customer.writesAs?.id ?? customer.id;
}

interface OtherConversationsProps {
  workspace: Workspace;
  summary: Summary;
  all: Summary[];
}

/** The customer's other conversations, the newest first; nothing for one who has this one only. */
export function OtherConversations({ workspace, summary, all }: OtherConversationsProps) {
  const t = earlierTexts();
  const others = all.filter(({ id }) => id !== summary.id);
  if (others.length === 0) return null;
  return (
    <section aria-label={t.others}>
      <h3>{t.others}</h3>
      <ul class="other-conversations">
        {others.map((other) => (
          <li key={other.id}>
            <button type="button" class="button quiet small" onClick={() => workspace.select(other.id)}>
              <time dateTime={other.createdAt}>{dateAndTime(other.createdAt)}</time>
              {!other.earlier && <span class="tag accent">{t.newest}</span>}
              <span class="last" dir="auto">
                {other.lastText}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Says in an earlier conversation that the customer is elsewhere. */
export function Earlier({ workspace, thread }: { workspace: Workspace; thread: AgentThread }) {
  const summary = thread.summary.value;
  return summary?.earlier ? <Notice workspace={workspace} summary={summary} /> : null;
}

function Notice({ workspace, summary }: { workspace: Workspace; summary: Summary }) {
  const t = earlierTexts();
  const loaded = useLoaded(
    (signal) => conversationsOf(summary, signal),
    [summary.id, summary.customer.id, summary.earlier],
  );
  const newest = loaded.value.value?.find(
    (other) => !other.earlier && whoWrites(other) === whoWrites(summary),
  );
  return (
    <div class="notice warn row spread" role="status">
      <span>{t.since}</span>
      {newest && (
        <button type="button" class="button small" onClick={() => workspace.select(newest.id)}>
          {t.open}
        </button>
      )}
    </div>
  );
}
