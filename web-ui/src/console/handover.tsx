import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Combobox } from '../shared/combobox';
import { Dialog, LeaveButton } from '../shared/dialog';
import { fieldText, Form, formValues } from '../shared/form';
import { newId } from '../shared/ids';
import { useAct, useLoaded } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import { everybody, fitting, targets, type Target } from './colleagues';
import { handoverTexts } from './handover-texts';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

export function askToHandOver(workspace: Workspace): void {
  const conversation = workspace.thread.peek()?.summary.peek()?.id;
  if (conversation !== undefined)
    workspace.inbox.asking.value = { about: 'handover', conversations: [conversation] };
}

/** To whom, and a word about it: one act, which is stored whole or not at all. */
export function HandoverDialog({ workspace, conversation }: { workspace: Workspace; conversation: string }) {
  const t = handoverTexts();
  const form = useRef<HTMLFormElement>(null);
  const hint = useId();
  const loaded = useLoaded(everybody);
  const typed = useSignal('');
  const searched = useSignal('');
  const chosen = useSignal<Target | undefined>(undefined);
  const missing = useSignal(false);
  const { busy, problem, run } = useAct(() => ({ note: t.note }));
  const summary = workspace.thread.value?.summary.value;
  const { asking } = workspace.inbox;
  const closed = () => (asking.value = undefined);
  // It is about the conversation that is open: whoever leaves that leaves this.
  useEffect(
    () => () => {
      if (asking.peek()?.about === 'handover') closed();
    },
    [conversation],
  );
  const all = loaded.value.value && summary ? targets(loaded.value.value, summary, workspace.me.id) : [];
  const choices = fitting(all, searched.value);
  const change = (value: string) => {
    const target = all.find((each) => each.value === value);
    chosen.value = target ?? all.find(({ name }) => name.toLowerCase() === value.trim().toLowerCase());
    typed.value = target?.name ?? value;
    missing.value = false;
  };
  const handOver = () =>
    void run(() => {
      const note = fieldText(formValues(form.current), 'note') || undefined;
      const target = chosen.peek();
      if (target) {
        workspace.client.act({
          type: 'transfer',
          id: newId(),
          conversation,
          to: target.to,
          target: target.target,
          note,
        });
        closed();
      } else {
        missing.value = true;
        form.current?.querySelector('input')?.focus();
      }
      return Promise.resolve();
    });
  const absent = chosen.value?.absent;
  const name = chosen.value?.name ?? '';
  return (
    <Dialog label={t.title} closed={closed} class="handover">
      <Form form={form} submitted={handOver}>
        <h2>{t.title}</h2>
        <Combobox
          label={t.to}
          name="to"
          value={typed.value}
          choices={choices}
          nothing={loaded.value.value ? t.nobody : consoleTexts().loading}
          searched={(text) => (searched.value = text)}
          changed={change}
          invalid={missing.value}
          describedBy={hint}
        >
          {(open) => (
            <span id={hint} class="hint" role={missing.value && !open ? 'alert' : undefined}>
              {missing.value && !open && t.choose}
              {!missing.value && (absent ? t[absent]({ name }) : t.toHint)}
            </span>
          )}
        </Combobox>
        <label class="field">
          <span>{t.note}</span>
          <textarea name="note" rows={3} maxLength={workspace.client.maxTextLength.value} dir="auto" />
          <span class="hint">{t.noteHint}</span>
        </label>
        <ProblemNotice text={problem.value ?? loaded.problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {t.act}
          </button>
          <LeaveButton>{consoleTexts().cancel}</LeaveButton>
        </div>
      </Form>
    </Dialog>
  );
}
