import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request, type Page } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { Form, formValues } from '../shared/form';
import { messages } from '../shared/messages';
import { useAct, useLoaded } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { Workspace } from './workspace';

export const blockTexts = messages<'console/block'>(
  import.meta.glob('../messages/*/console/block.json', { import: 'default' }),
);

const asking = signal(false);

/** Asks first; the question stands in the context pane. */
export function askToBlock(workspace: Workspace): void {
  workspace.contextShown.value = true;
  asking.value = true;
}

interface BlockCustomerProps {
  customer: string;
  /** As the inbox has it; when it changes, somebody has blocked or unblocked them. */
  marked: boolean;
}

export function BlockCustomer({ customer, marked }: BlockCustomerProps) {
  const t = blockTexts();
  const form = useRef<HTMLFormElement>(null);
  const blocked = useLoaded(
    () => request<Page<unknown>>('/api/blocked-customers', { query: { customer } }),
    [customer, marked],
  );
  const { busy, problem, run } = useAct(() => ({ reason: t.reason }));
  // Asked about this customer, and not about whoever comes on screen next.
  useEffect(() => () => void (asking.value = false), []);
  const change = (method: 'PUT' | 'DELETE') =>
    void run(async () => {
      const json = method === 'PUT' ? { reason: formValues(form.current).get('reason') } : undefined;
      await request(`/api/blocked-customers/${customer}`, { method, json });
      asking.value = false;
      await blocked.reload();
    });
  // As the inbox has it until the answer is there, which is usually the same: so nothing moves.
  const isBlocked = blocked.value.value ? blocked.value.value.items.length > 0 : marked;
  const refusal = <ProblemNotice text={problem.value ?? blocked.problem.value} />;
  return (
    <div class="stack">
      {isBlocked && <p class="notice warn">{t.isBlocked}</p>}
      {!asking.value && refusal}
      <div>
        <button
          type="button"
          class="button quiet small"
          disabled={busy.value}
          onClick={() => {
            if (isBlocked) change('DELETE');
            else asking.value = true;
          }}
        >
          {isBlocked ? t.unblock : t.block}
        </button>
      </div>
      {asking.value && (
        <Dialog label={t.title} closed={() => (asking.value = false)}>
          <Form form={form} submitted={() => change('PUT')}>
            <h2>{t.title}</h2>
            <p>{t.text}</p>
            <label class="field">
              <span>{t.reason}</span>
              <input name="reason" maxLength={500} />
            </label>
            {refusal}
            <div class="row">
              <button type="submit" class="button primary" disabled={busy.value}>
                {t.yes}
              </button>
              <LeaveButton>{t.cancel}</LeaveButton>
            </div>
          </Form>
        </Dialog>
      )}
    </div>
  );
}
