import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { Form, formValues } from '../shared/form';
import { listed } from '../shared/language';
import { messages } from '../shared/messages';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import { nameOf } from './customer-merge';
import { exportTexts } from './export-texts';
import { forgetUnsent } from './unsent-notes';
import type { Workspace } from './workspace';

export const eraseTexts = messages<'console/erase'>(
  import.meta.glob('../messages/*/console/erase.json', { import: 'default' }),
);

/** A conversation that was erased: nothing of it stays in this browser. */
export function forget(workspace: Workspace, conversation: string): void {
  workspace.inbox.erased(conversation);
  workspace.drafts.forget(conversation);
  forgetUnsent(conversation);
  if (workspace.selected.peek() !== conversation) return;
  workspace.select(undefined);
  workspace.notice.value = { say: () => eraseTexts().gone, settledBy: () => false };
}

interface EraseCustomerProps {
  customer: string;
  /** Who are erased along. */
  merged: { id: string; name?: string }[];
}

/** For admins. The console forgets the conversation when the server says that it is gone. */
export function EraseCustomer({ customer, merged }: EraseCustomerProps) {
  const t = eraseTexts();
  const form = useRef<HTMLFormElement>(null);
  const asking = useSignal(false);
  const { busy, problem, run } = useAct(() => ({ reason: t.reason }));
  const erase = () =>
    void run(async () => {
      const reason = formValues(form.current).get('reason');
      await request(`/api/customers/${customer}/erase`, { method: 'POST', json: { reason } });
      asking.value = false;
    });
  return (
    <div class="row">
      <a class="button quiet small" href={`/api/customers/${customer}/export`} download>
        {t.exportData}
      </a>
      <a class="button quiet small" href={`/api/customers/${customer}/export/files`} download>
        {exportTexts().withFiles}
      </a>
      <button type="button" class="button quiet small" onClick={() => (asking.value = true)}>
        {t.erase}
      </button>
      {asking.value && (
        <Dialog label={t.title} closed={() => (asking.value = false)}>
          <Form form={form} submitted={erase}>
            <h2>{t.title}</h2>
            <p>{t.text}</p>
            {merged.length > 0 && (
              <p class="notice warn">{t.merged({ names: listed(merged.map(nameOf)) })}</p>
            )}
            <label class="field">
              <span>{t.reason}</span>
              <input name="reason" maxLength={500} />
            </label>
            <label>
              <input type="checkbox" name="sure" required /> {t.sure}
            </label>
            <ProblemNotice text={problem.value} />
            <div class="row">
              <button type="submit" class="button danger" disabled={busy.value}>
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
