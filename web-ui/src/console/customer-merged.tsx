import { useSignal } from '@preact/signals';
import { request } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { dateAndTime } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { CustomerProfile } from './customer-card';
import { nameOf } from './customer-merge';
import { mergeTexts } from './customer-merge-texts';

type Merged = CustomerProfile['merged'][number];

interface MergedCustomersProps {
  profile: CustomerProfile;
  reload: () => Promise<void>;
}

/** Other customers who are the same person; nothing for somebody who is one. */
export function MergedCustomers({ profile, reload }: MergedCustomersProps) {
  const t = mergeTexts();
  const asking = useSignal<Merged | undefined>(undefined);
  if (profile.merged.length === 0) return null;
  return (
    <section aria-label={t.merged} class="merged-customers" tabIndex={-1}>
      <h3>{t.merged}</h3>
      <ul class="plain">
        {profile.merged.map((one) => (
          <li key={one.id}>
            <span dir="auto">
              <strong>{nameOf(one)}</strong> {one.email}
            </span>
            <span class="hint">{t.by({ name: one.by, time: dateAndTime(one.at) })}</span>
            <div>
              <button
                type="button"
                class="button quiet small"
                aria-label={t.separateFrom({ name: nameOf(one) })}
                onClick={() => (asking.value = one)}
              >
                {t.separate}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {asking.value && (
        <Separate
          kept={profile.id}
          other={asking.value}
          reload={reload}
          closed={() => (asking.value = undefined)}
        />
      )}
    </section>
  );
}

interface SeparateProps {
  kept: string;
  other: Merged;
  reload: () => Promise<void>;
  closed: () => void;
}

function Separate({ kept, other, reload, closed }: SeparateProps) {
  const t = mergeTexts();
  const { busy, problem, run } = useAct();
  const name = nameOf(other);
  const title = t.separateTitle({ name });
  const separate = () =>
    void run(async () => {
      await request(`/api/customers/${kept}/merged/${other.id}`, { method: 'DELETE' });
      closed();
      await reload();
    });
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        <p>{t.separateText({ name })}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="button" class="button primary" disabled={busy.value} onClick={separate}>
            {t.separateDo}
          </button>
          <LeaveButton>{t.cancel}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}
