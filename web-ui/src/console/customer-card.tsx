import { useSignal } from '@preact/signals';
import { request } from '../shared/api';
import { dateAndTime } from '../shared/language';
import { useLoaded } from '../shared/load';
import type { components } from '../shared/rest';
import type { Summary } from '../shared/frames';
import { Answers } from './answers';
import { BlockCustomer } from './block';
import { CustomerFacts } from './customer-facts';
import { MergeDialog, nameOf } from './customer-merge';
import { mergeTexts } from './customer-merge-texts';
import { MergedCustomers } from './customer-merged';
import { CustomerNotes } from './customer-notes';
import { conversationsOf, OtherConversations } from './earlier';
import { EraseCustomer } from './erase';
import { NewestRating, SaveTranscript } from './rated';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';
import './customer.css';

export type CustomerProfile = components['schemas']['CustomerProfile'];

/** Whom the agent talks to. It has its place whether it is loaded or not, so that nothing beside it moves. */
export function CustomerCard({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const thread = workspace.thread.value;
  const summary = thread?.summary.value;
  // Stays when the customer becomes another one, as it does when a colleague merges the same two.
  const merging = useSignal<CustomerProfile | undefined>(undefined);
  return (
    <section class="about" aria-label={summary ? t.customer : undefined} tabIndex={-1}>
      {summary && (
        <>
          <div class="row spread">
            <h2>{t.customer}</h2>
            <span class="hint">{thread.customerOnline.value ? t.online : t.offline}</span>
          </div>
          <About
            key={summary.customer.writesAs?.id ?? summary.customer.id}
            workspace={workspace}
            summary={summary}
            merge={(profile) => (merging.value = profile)}
          />
        </>
      )}
      {merging.value && <MergeDialog profile={merging.value} closed={() => (merging.value = undefined)} />}
    </section>
  );
}

interface AboutProps {
  workspace: Workspace;
  summary: Summary;
  merge: (profile: CustomerProfile) => void;
}

/**
 * Shown once all of it is there: what comes piece by piece would push away what somebody is reading. It is not made anew when
 * the customer is merged, because somebody may be writing a note.
 */
function About({ workspace, summary, merge }: AboutProps) {
  const t = consoleTexts();
  const m = mergeTexts();
  const { id: customer, blocked = false, writesAs } = summary.customer;
  const news = workspace.thread.value?.customerNews.value;
  const loaded = useLoaded(
    async (signal) => {
      const [profile, all] = await Promise.all([
        request<CustomerProfile>(`/api/customers/${customer}/profile`, { signal }),
        conversationsOf(summary, signal),
      ]);
      return { profile, all };
    },
    [customer, summary.id, summary.earlier, news],
  );
  const known = loaded.value.value;
  const reload = loaded.reload;
  if (!known && loaded.problem.value === undefined) return <p class="hint">{t.loading}</p>;
  return (
    <>
      {loaded.problem.value !== undefined && <p class="hint">{loaded.problem.value}</p>}
      {writesAs && <p class="hint">{m.writesAs({ name: nameOf(writesAs) })}</p>}
      {known && <CustomerFacts workspace={workspace} summary={summary} {...known} reload={reload} />}
      {known && (
        <CustomerNotes me={workspace.me} conversation={summary.id} profile={known.profile} reload={reload} />
      )}
      <dl>
        <div>
          <dt>{t.since}</dt>
          <dd>{dateAndTime(summary.createdAt)}</dd>
        </div>
        <div>
          <dt>{t.status}</dt>
          <dd>{summary.status === 'open' ? t.statusOpen : t.statusResolved}</dd>
        </div>
        <div>
          <dt>{t.holder}</dt>
          <dd>{summary.assignee?.name ?? t.nobody}</dd>
        </div>
        <NewestRating workspace={workspace} />
      </dl>
      {known && (
        <>
          <OtherConversations workspace={workspace} summary={summary} all={known.all} />
          <Answers answers={known.profile.answers} />
          <MergedCustomers profile={known.profile} reload={reload} />
          <div>
            <button type="button" class="button quiet small" onClick={() => merge(known.profile)}>
              {m.merge}
            </button>
          </div>
        </>
      )}
      <SaveTranscript workspace={workspace} />
      <BlockCustomer customer={customer} marked={blocked} />
      {workspace.me.role === 'admin' && (
        <EraseCustomer customer={customer} merged={known?.profile.merged ?? []} />
      )}
    </>
  );
}
