import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request, type Page } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { count, dateAndTime, labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Webhook, WebhookDelivery } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { DeliveryDialog } from './delivery';
import { failureText } from './failure';
import { webhookLogTexts, webhookTexts } from './texts';

const states = ['all', 'waiting', 'delivered', 'dead'] as const;
type Filter = (typeof states)[number];

const lookEvery = 3_000;

interface LogPageProps {
  webhook: Webhook;
  changed: () => Promise<void>;
}

/** What was sent to one program, and what waits; follows by itself as long as something waits. */
export function LogPage({ webhook, changed }: LogPageProps) {
  const own = webhookLogTexts();
  const filter = useSignal<Filter>('all');
  const isLong = useSignal(false);
  const opened = useSignal<string | undefined>(undefined);
  const asksForAll = useSignal(false);
  const { busy, problem, run } = useAct();
  const address = `/api/webhooks/${webhook.id}/deliveries`;
  const query = () => (filter.peek() === 'all' ? {} : { state: filter.peek() });
  const page = useLoaded(() => {
    isLong.value = false;
    return request<Page<WebhookDelivery>>(address, { query: query() });
  }, [filter.value]);
  const shown = page.value.value;
  const waits = shown?.items.some(({ state }) => state === 'waiting') && !isLong.value;
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => void page.reload(), lookEvery);
    return () => clearTimeout(timer);
  }, [waits, shown]);
  const reload = () => Promise.all([page.reload(), changed()]);
  const more = () =>
    run(async () => {
      const asked = filter.peek();
      const next = await request<Page<WebhookDelivery>>(address, {
        query: { ...query(), cursor: shown?.next },
      });
      // Somebody may have chosen another filter meanwhile.
      if (asked !== filter.peek()) return;
      isLong.value = true;
      page.value.value = { items: [...(shown?.items ?? []), ...next.items], next: next.next };
    });
  return (
    <>
      <div class="row spread">
        <h2>{own.title({ name: webhook.name })}</h2>
        <a class="button small" href="#/webhooks">
          {own.back}
        </a>
      </div>
      <p class="hint url">{webhook.url}</p>
      <div class="row spread">
        <label class="field">
          <span>{own.state}</span>
          <select
            value={filter.value}
            onChange={(event) => (filter.value = event.currentTarget.value as Filter)}
          >
            {states.map((state) => (
              <option key={state} value={state}>
                {own.states[state]}
              </option>
            ))}
          </select>
        </label>
        <div class="row">
          {webhook.dead > 0 && webhook.enabled && (
            <button type="button" class="button" onClick={() => (asksForAll.value = true)}>
              {own.againAll}
            </button>
          )}
          <button type="button" class="button" onClick={() => void reload()}>
            {own.refresh}
          </button>
        </div>
      </div>
      <ProblemNotice text={problem.value} />
      {shown && page.problem.value === undefined ? (
        <Lines
          items={shown.items}
          filtered={filter.value !== 'all'}
          open={(delivery) => (opened.value = delivery)}
        />
      ) : (
        <Waiting loaded={page} />
      )}
      {shown?.next && (
        <div>
          <button type="button" class="button" disabled={busy.value} onClick={() => void more()}>
            {adminTexts().more}
          </button>
        </div>
      )}
      <p class="hint">{own.kept}</p>
      {opened.value && (
        <DeliveryDialog
          address={`${address}/${opened.value}`}
          canRepeat={webhook.enabled}
          closed={() => (opened.value = undefined)}
          repeated={reload}
        />
      )}
      {asksForAll.value && (
        <AllDialog webhook={webhook} closed={() => (asksForAll.value = false)} done={reload} />
      )}
    </>
  );
}

interface LinesProps {
  items: WebhookDelivery[];
  filtered: boolean;
  open: (delivery: string) => void;
}

function Lines({ items, filtered, open }: LinesProps) {
  const own = webhookLogTexts();
  const words = webhookTexts();
  if (items.length === 0) {
    return (
      <p class="card hint" role="status">
        {filtered ? own.noneSuch : own.none}
      </p>
    );
  }
  return (
    <div class="card deliveries-card">
      <table class="deliveries">
        <caption class="out-of-sight">{own.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{own.when}</th>
            <th scope="col">{own.event}</th>
            <th scope="col">{own.outcome}</th>
            <th scope="col">{own.attempts}</th>
            <th scope="col">
              <span class="out-of-sight">{own.details}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((delivery) => (
            <tr key={delivery.id}>
              <td class="when">{dateAndTime(delivery.createdAt)}</td>
              <th scope="row">
                {words.type[delivery.type]}
                {delivery.conversation && (
                  <div class="hint">
                    {own.number({
                      conversation: delivery.conversation.slice(-8),
                      number: count(delivery.sequence),
                    })}
                  </div>
                )}
              </th>
              <td>
                <Outcome delivery={delivery} />
              </td>
              <td class="tries" data-label={own.attempts}>
                {count(delivery.attempts)}
              </td>
              <td class="act">
                <button
                  type="button"
                  class="button small"
                  aria-label={labelled(own.details, words.type[delivery.type])}
                  onClick={() => open(delivery.id)}
                >
                  {own.details}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const tagged = { waiting: '', delivered: 'good', dead: 'bad' } as const;

export function Outcome({ delivery }: { delivery: WebhookDelivery }) {
  const own = webhookLogTexts();
  const { type, state, status, failure, nextAt, attempts } = delivery;
  const next = nextAt ? own.next({ time: dateAndTime(nextAt) }) : attempts === 0 ? own.behind : undefined;
  return (
    <>
      <span class={`tag ${tagged[state]}`}>{type === 'ping' && failure ? own.notTaken : own.one[state]}</span>{' '}
      {!failure && status}
      {failure && <div class="hint">{failureText(failure, status)}</div>}
      {state === 'waiting' && next && <div class="hint">{next}</div>}
    </>
  );
}

interface AllDialogProps {
  webhook: Webhook;
  closed: () => void;
  done: () => Promise<unknown>;
}

function AllDialog({ webhook, closed, done }: AllDialogProps) {
  const t = adminTexts();
  const own = webhookLogTexts();
  const { busy, problem, run } = useAct();
  const repeat = () =>
    run(async () => {
      await request(`/api/webhooks/${webhook.id}/repeat-dead`, { method: 'POST' });
      await done();
      closed();
    });
  return (
    <Dialog label={own.againAllTitle} closed={closed}>
      <div class="stack">
        <h2>{own.againAllTitle}</h2>
        <p>{own.againAllText({ number: webhook.dead })}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <LeaveButton>{t.cancel}</LeaveButton>
          <button type="button" class="button primary" disabled={busy.value} onClick={() => void repeat()}>
            {own.again}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
