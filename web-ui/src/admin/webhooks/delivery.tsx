import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { dateAndTime } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { WebhookDeliveryDetails } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { took } from './failure';
import { Outcome } from './log';
import { webhookLogTexts, webhookTexts } from './texts';

interface DeliveryDialogProps {
  address: string;
  canRepeat: boolean;
  closed: () => void;
  repeated: () => Promise<unknown>;
}

/** One event, with what is sent and what was answered. */
export function DeliveryDialog({ address, canRepeat, closed, repeated }: DeliveryDialogProps) {
  const t = adminTexts();
  const own = webhookLogTexts();
  const words = webhookTexts();
  const details = useLoaded(() => request<WebhookDeliveryDetails>(address), [address]);
  const isQueued = useSignal(false);
  const { busy, problem, run } = useAct();
  const repeat = () =>
    run(async () => {
      details.value.value = await request<WebhookDeliveryDetails>(`${address}/repeat`, { method: 'POST' });
      isQueued.value = true;
      await repeated();
    });
  const shown = details.value.value;
  const title = shown ? words.type[shown.delivery.type] : own.details;
  return (
    <Dialog label={title} class="webhook-dialog" closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        {shown ? <Details shown={shown} /> : <Waiting loaded={details} />}
        <ProblemNotice text={problem.value} />
        {isQueued.value && <p role="status">{own.queued}</p>}
        <div class="row">
          <LeaveButton>{t.close}</LeaveButton>
          {shown && canRepeat && shown.delivery.state !== 'waiting' && shown.delivery.type !== 'ping' && (
            <button type="button" class="button" disabled={busy.value} onClick={() => void repeat()}>
              {own.again}
            </button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Details({ shown: { delivery, body, answer } }: { shown: WebhookDeliveryDetails }) {
  const own = webhookLogTexts();
  const { id, conversation, attempts, triedAt, millis } = delivery;
  return (
    <>
      <div>
        <Outcome delivery={delivery} />
        <div class="hint">
          {own.tried({ number: attempts, time: triedAt ? dateAndTime(triedAt) : '' })}
          {millis !== undefined && ` · ${own.took({ time: took(millis) })}`}
        </div>
      </div>
      <dl class="ids">
        <dt>{own.id}</dt>
        <dd>
          <code>{id}</code>
        </dd>
        {conversation && (
          <>
            <dt>{own.conversation}</dt>
            <dd>
              <a href={`/console/#/c/${conversation}`}>
                <code>{conversation}</code>
              </a>
            </dd>
          </>
        )}
      </dl>
      <h3>{own.body}</h3>
      <pre class="raw" tabIndex={0} aria-label={own.body}>
        {pretty(body)}
      </pre>
      {answer && (
        <>
          <h3>{own.answer}</h3>
          <pre class="raw" tabIndex={0} aria-label={own.answer}>
            {answer}
          </pre>
        </>
      )}
    </>
  );
}

/** As people read it; what is sent has no spaces. */
function pretty(body: string): string {
  return JSON.stringify(JSON.parse(body), undefined, 2);
}
