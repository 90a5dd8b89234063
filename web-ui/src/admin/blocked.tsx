import { useSignal } from '@preact/signals';
import { request, type Page } from '../shared/api';
import { dateAndTime, labelled } from '../shared/language';
import { useAct, useLoaded } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { BlockedCustomer } from './rest';
import { adminTexts } from './texts';
import { Waiting } from './waiting';

/** The customers from whom no more messages are taken; agents put them here from the console. */
export function BlockedCustomers() {
  const t = adminTexts();
  const limit = useSignal(20);
  const blocked = useLoaded(
    () => request<Page<BlockedCustomer>>('/api/blocked-customers', { query: { limit: limit.value } }),
    [limit.value],
  );
  const { busy, problem, run } = useAct();
  const unblock = (id: string) =>
    void run(async () => {
      await request(`/api/blocked-customers/${id}`, { method: 'DELETE' });
      await blocked.reload();
    });
  const page = blocked.value.value;
  return (
    <section class="card stack" aria-label={t.blockedCustomers}>
      <h2>{t.blockedCustomers}</h2>
      <p class="hint">{t.blockedHint}</p>
      {!page && <Waiting loaded={blocked} />}
      {page?.items.length === 0 && <p>{t.nobodyBlocked}</p>}
      <ProblemNotice text={problem.value} />
      <ul class="list">
        {page?.items.map((one) => {
          const name = one.name ?? t.visitor({ id: one.customer.slice(-4).toUpperCase() });
          return (
            <li key={one.customer}>
              <div class="grow">
                <strong>{name}</strong> {one.email && <span class="hint">{one.email}</span>}
                <div class="hint">
                  {t.blockedBy({ name: one.by, time: dateAndTime(one.at) })} {one.reason}
                </div>
              </div>
              <button
                type="button"
                class="button small"
                aria-label={labelled(t.unblock, name)}
                disabled={busy.value}
                onClick={() => unblock(one.customer)}
              >
                {t.unblock}
              </button>
            </li>
          );
        })}
      </ul>
      {page?.next && limit.value < 200 && (
        <div>
          <button type="button" class="button small" onClick={() => (limit.value = 200)}>
            {t.more}
          </button>
        </div>
      )}
    </section>
  );
}
