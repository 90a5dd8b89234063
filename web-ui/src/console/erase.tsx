import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { Form, formValues } from '../shared/form';
import { texts } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import { exportTexts } from './export-texts';
import type { Workspace } from './workspace';

export const eraseTexts = texts(
  {
    exportData: 'Export their data',
    erase: 'Erase this customer…',
    title: 'Erase this customer for good?',
    text: 'The conversation, its notes, and everything that was learned from it are deleted on all servers. Their chat begins anew. This cannot be undone; export the data first if it may be needed. Models that have learned from it keep what they learned until they are replaced, and are marked.',
    reason: 'Reason, without personal data (may stay empty)',
    sure: 'I understand that this cannot be undone',
    yes: 'Erase for good',
    cancel: 'Cancel',
    gone: 'This conversation was erased.',
  },
  {
    exportData: '导出其数据',
    erase: '彻底删除此客户…',
    title: '彻底删除此客户？',
    text: '会话、备注以及从中学到的一切都会在所有服务器上删除，对方的聊天将重新开始。此操作无法撤销；如有需要，请先导出数据。已从中学习的模型在被替换之前仍保留所学内容，并会被标记。',
    reason: '原因，不要包含个人信息（可不填）',
    sure: '我明白此操作无法撤销',
    yes: '彻底删除',
    cancel: '取消',
    gone: '此会话已被彻底删除。',
  },
);

/** A conversation that was erased: nothing of it stays in this browser. */
export function forget(workspace: Workspace, conversation: string): void {
  workspace.inbox.erased(conversation);
  workspace.drafts.clear(conversation);
  if (workspace.selected.peek() !== conversation) return;
  workspace.select(undefined);
  workspace.notice.value = { say: () => eraseTexts().gone, settledBy: () => false };
}

/** For admins. The console forgets the conversation when the server says that it is gone. */
export function EraseCustomer({ customer }: { customer: string }) {
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
