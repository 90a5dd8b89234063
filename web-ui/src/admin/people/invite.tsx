import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, fieldText, formValues } from '../../shared/form';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { InvitationLink } from '../rest';
import { adminTexts, personLabels } from '../texts';
import { LinkToHandOver } from './link';
import { RoleField } from './role';
import { peopleTexts } from './texts';

interface InviteDialogProps {
  closed: () => void;
  invited: () => Promise<void>;
}

/** Somebody is to join the team: who, and the link for them. */
export function InviteDialog({ closed, invited }: InviteDialogProps) {
  const t = { ...adminTexts(), ...peopleTexts() };
  const form = useRef<HTMLFormElement>(null);
  const made = useSignal<InvitationLink | undefined>(undefined);
  const { busy, problem, run } = useAct(personLabels);
  const invite = () =>
    run(async () => {
      const values = formValues(form.current);
      made.value = await request<InvitationLink>('/api/invitations', {
        method: 'POST',
        json: { email: fieldText(values, 'email'), name: values.get('name'), role: values.get('role') },
      });
      await invited();
    });
  return (
    <Dialog label={t.addUser} closed={closed}>
      {made.value ? (
        <div class="stack">
          <h2>{t.addUser}</h2>
          <LinkToHandOver
            link={{
              name: made.value.invitation.name,
              path: made.value.path,
              until: made.value.invitation.expiresAt,
              mailed: made.value.mailed,
            }}
          />
          <ProblemNotice text={problem.value} />
          <div class="row">
            <LeaveButton>{t.close}</LeaveButton>
          </div>
        </div>
      ) : (
        <Form form={form} submitted={() => void invite()}>
          <h2>{t.addUser}</h2>
          <p class="hint">{t.inviteHint}</p>
          <label class="field">
            <span>{t.email}</span>
            <input type="email" name="email" required maxLength={254} autocomplete="off" />
          </label>
          <label class="field">
            <span>{t.name}</span>
            <input name="name" required maxLength={100} autocomplete="off" />
            <span class="hint">{t.invitedNameHint}</span>
          </label>
          <RoleField />
          <ProblemNotice text={problem.value} />
          <div class="row">
            <button type="submit" class="button primary" disabled={busy.value}>
              {t.makeLink}
            </button>
            <LeaveButton>{t.cancel}</LeaveButton>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
