import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { MadeWebhook, Webhook, WebhookTest } from '../rest';
import { adminTexts } from '../texts';
import { failureText, took } from './failure';
import { Secret } from './secret';
import { webhookTexts } from './texts';

interface ChangeProps {
  webhook: Webhook;
  closed: () => void;
  done: () => Promise<void>;
}

export function RenewDialog({ webhook, closed, done }: ChangeProps) {
  const t = adminTexts();
  const own = webhookTexts();
  const made = useSignal<MadeWebhook | undefined>(undefined);
  const copied = useSignal(false);
  const keepsPrevious = useSignal(true);
  const { busy, problem, run } = useAct();
  const renew = () =>
    run(async () => {
      made.value = await request<MadeWebhook>(`/api/webhooks/${webhook.id}/renew`, {
        method: 'POST',
        json: { keepsPrevious: keepsPrevious.value },
      });
      await done();
    });
  const title = own.renewTitle({ name: webhook.name });
  return (
    <Dialog label={title} closed={closed} unsaved={() => made.value !== undefined && !copied.value}>
      <div class="stack">
        <h2>{title}</h2>
        <ProblemNotice text={problem.value} />
        {made.value ? (
          <Secret made={made.value} copied={() => (copied.value = true)} />
        ) : (
          <>
            <p>{own.renewText}</p>
            <label class="choice">
              <input
                type="checkbox"
                checked={keepsPrevious.value}
                onChange={(event) => (keepsPrevious.value = event.currentTarget.checked)}
              />
              <span>{own.keepOld}</span>
            </label>
            <div class="row">
              <LeaveButton>{t.cancel}</LeaveButton>
              <button type="button" class="button primary" disabled={busy.value} onClick={() => void renew()}>
                {own.renewNow}
              </button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

export function DeleteDialog({ webhook, closed, done }: ChangeProps) {
  const t = adminTexts();
  const own = webhookTexts();
  const { busy, problem, run } = useAct();
  const remove = () =>
    run(async () => {
      await request(`/api/webhooks/${webhook.id}`, { method: 'DELETE' });
      await done();
      closed();
    });
  const title = own.deleteTitle({ name: webhook.name });
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        <p>{own.deleteText}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <LeaveButton>{t.cancel}</LeaveButton>
          <button type="button" class="button danger" disabled={busy.value} onClick={() => void remove()}>
            {own.delete}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** Sends a test as soon as it is open, and says what came of it. */
export function TestDialog({ webhook, closed, done }: ChangeProps) {
  const t = adminTexts();
  const own = webhookTexts();
  const result = useSignal<WebhookTest | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const begun = useRef(false);
  const test = () =>
    run(async () => {
      result.value = undefined;
      result.value = await request<WebhookTest>(`/api/webhooks/${webhook.id}/test`, { method: 'POST' });
      await done();
    });
  useEffect(() => {
    if (!begun.current) void test();
    begun.current = true;
  }, []);
  const title = own.testTitle({ name: webhook.name });
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        <p class="hint url">{webhook.url}</p>
        <div role="status" class="stack">
          {busy.value && <p>{own.testing}</p>}
          {result.value && <Outcome result={result.value} />}
        </div>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <LeaveButton>{t.close}</LeaveButton>
          <button type="button" class="button" disabled={busy.value} onClick={() => void test()}>
            {own.testAgain}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function Outcome({ result: { delivered, status, failure, millis, answer } }: { result: WebhookTest }) {
  const own = webhookTexts();
  const time = took(millis);
  return (
    <>
      <p class={delivered ? 'notice good' : 'notice bad'}>
        {failure
          ? own.notTaken({ time, why: failureText(failure, status) })
          : own.taken({ time, status: String(status) })}
      </p>
      {answer && (
        <>
          <p class="hint">{own.answer}</p>
          <pre class="raw">{answer}</pre>
        </>
      )}
    </>
  );
}
