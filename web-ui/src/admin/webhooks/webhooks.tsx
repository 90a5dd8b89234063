import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request } from '../../shared/api';
import { count, dateAndTime, labelled } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import type { Webhook } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { DeleteDialog, RenewDialog, TestDialog } from './change';
import { EditDialog } from './edit';
import { LogPage } from './log';
import { webhookTexts } from './texts';
import './webhooks.css';

type Act = 'edit' | 'test' | 'renew' | 'delete';
type Open = { act: 'make' } | { act: Act; webhook: Webhook } | undefined;

const here = '#/webhooks';

function inAddress(): string | undefined {
  return /^#\/webhooks\/([\da-f-]+)$/.exec(location.hash)?.[1];
}

/** Which programs are told what happens here, and how that goes; or the log of one of them. */
export function WebhooksPage() {
  const shown = useSignal(inAddress());
  const webhooks = useLoaded(() => request<Webhook[]>('/api/webhooks'));
  useEffect(() => {
    const follow = () => {
      if (location.hash.startsWith(here)) shown.value = inAddress();
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  if (!webhooks.value.value) return <Waiting loaded={webhooks} />;
  const one = webhooks.value.value.find(({ id }) => id === shown.value);
  return one ? (
    <LogPage key={one.id} webhook={one} changed={webhooks.reload} />
  ) : (
    <List webhooks={webhooks.value.value} reload={webhooks.reload} />
  );
}

function List({ webhooks, reload }: { webhooks: Webhook[]; reload: () => Promise<void> }) {
  const own = webhookTexts();
  const open = useSignal<Open>(undefined);
  const closed = () => (open.value = undefined);
  const now = open.value;
  return (
    <>
      <p class="hint">{own.intro}</p>
      <div>
        <button type="button" class="button primary" onClick={() => (open.value = { act: 'make' })}>
          {own.make}
        </button>
      </div>
      {webhooks.length === 0 ? (
        <section class="card stack">
          <p>{own.none}</p>
          <p class="hint">{own.howTo}</p>
        </section>
      ) : (
        <ul class="card list webhooks">
          {webhooks.map((webhook) => (
            <Line key={webhook.id} webhook={webhook} does={(act) => (open.value = { act, webhook })} />
          ))}
        </ul>
      )}
      {now?.act === 'make' && <EditDialog webhook={undefined} closed={closed} saved={reload} />}
      {now?.act === 'edit' && <EditDialog webhook={now.webhook} closed={closed} saved={reload} />}
      {now?.act === 'test' && <TestDialog webhook={now.webhook} closed={closed} done={reload} />}
      {now?.act === 'renew' && <RenewDialog webhook={now.webhook} closed={closed} done={reload} />}
      {now?.act === 'delete' && <DeleteDialog webhook={now.webhook} closed={closed} done={reload} />}
    </>
  );
}

const tagged = { unused: '', delivering: 'good', failing: 'bad', off: '', 'given-up': 'bad' } as const;

function Line({ webhook, does }: { webhook: Webhook; does: (act: Act) => void }) {
  const t = adminTexts();
  const own = webhookTexts();
  const { name, url, state, types, texts, failingSince, deliveredAt, waiting, dead, previousSecretUntil } =
    webhook;
  const facts = [
    own.events({ number: types.length }),
    texts !== 'none' && own.text[texts],
    deliveredAt ? own.delivered({ time: dateAndTime(deliveredAt) }) : own.neverDelivered,
    waiting > 0 && own.waiting({ number: waiting }),
    previousSecretUntil && own.bothSecrets({ time: dateAndTime(previousSecretUntil) }),
  ].filter(Boolean);
  const button = (act: Act, text: string) => (
    <button type="button" class="button small" aria-label={labelled(text, name)} onClick={() => does(act)}>
      {text}
    </button>
  );
  return (
    <li>
      <div class="grow">
        <div class="row">
          <strong>{name}</strong>
          <span class={`tag ${tagged[state]}`}>{own.state[state]}</span>
          {dead > 0 && (
            <a class="tag warn" href={`${here}/${webhook.id}`} title={count(dead)}>
              {own.dead({ number: dead })}
            </a>
          )}
        </div>
        <div class="hint url">{url}</div>
        <div class="hint">{facts.join(' · ')}</div>
        {failingSince && state === 'failing' && (
          <p class="notice warn">{own.failingSince({ time: dateAndTime(failingSince) })}</p>
        )}
        {failingSince && state === 'given-up' && (
          <p class="notice bad">{own.givenUp({ time: dateAndTime(failingSince) })}</p>
        )}
      </div>
      <div class="row webhook-acts">
        <a class="button small" href={`${here}/${webhook.id}`} aria-label={labelled(own.log, name)}>
          {own.log}
        </a>
        {button('test', own.test)}
        {button('edit', t.edit)}
        {button('renew', own.renew)}
        {button('delete', own.delete)}
      </div>
    </li>
  );
}
