import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { Form, formValues } from '../../shared/form';
import { labelled } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { PasswordLink, User } from '../rest';
import { adminTexts, personLabels } from '../texts';
import { DialogButtons } from '../dialog-buttons';
import { DevicesOf } from './devices';
import { LinkToHandOver } from './link';
import { RoleField } from './role';
import { SecondFactorOf } from './second-factor';
import { LinkThere } from './single-sign-on';
import { peopleTexts } from './texts';

interface EditDialogProps {
  user: User;
  /** One's own password is changed under "Your account". */
  isSelf: boolean;
  hasSecondFactor: boolean;
  secondFactorRemoved: () => Promise<void>;
  closed: () => void;
  saved: () => Promise<void>;
}

export function EditDialog({
  user,
  isSelf,
  hasSecondFactor,
  secondFactorRemoved,
  closed,
  saved,
}: EditDialogProps) {
  const t = { ...adminTexts(), ...peopleTexts() };
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run } = useAct(personLabels);
  const save = () =>
    run(async () => {
      const values = formValues(form.current);
      const json = { name: values.get('name'), role: values.get('role'), active: values.has('active') };
      await request(`/api/users/${user.id}`, { method: 'PUT', json });
      await saved();
      closed();
    });
  const title = labelled(t.edit, user.name);
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <Form form={form} submitted={() => void save()}>
          <h2>{title}</h2>
          <label class="field">
            <span>{t.name}</span>
            <input name="name" required maxLength={100} defaultValue={user.name} />
            <span class="hint">{t.nameHint}</span>
          </label>
          <RoleField role={user.role} />
          <label>
            <input type="checkbox" name="active" defaultChecked={user.active} /> {t.active}
          </label>
          <ProblemNotice text={problem.value} />
          <DialogButtons busy={busy.value} />
        </Form>
        {user.active && (
          <section class="stack matter" aria-label={t.access}>
            <h3>{t.access}</h3>
            <DevicesOf user={user} />
            {hasSecondFactor && <SecondFactorOf user={user} removed={secondFactorRemoved} />}
            <LinkThere user={user} />
            {!isSelf && <ForgottenPassword user={user} />}
          </section>
        )}
      </div>
    </Dialog>
  );
}

function ForgottenPassword({ user }: { user: User }) {
  const t = peopleTexts();
  const link = useSignal<PasswordLink | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const make = () =>
    void run(async () => {
      link.value = await request<PasswordLink>(`/api/users/${user.id}/password-link`, { method: 'POST' });
    });
  return (
    <>
      <h4>{t.forgotten}</h4>
      <p class="hint">{t.passwordLinkHint}</p>
      <ProblemNotice text={problem.value} />
      {link.value ? (
        <LinkToHandOver
          link={{
            name: user.name,
            path: link.value.path,
            until: link.value.expiresAt,
            mailed: link.value.mailed,
          }}
        />
      ) : (
        <div>
          <button type="button" class="button small" disabled={busy.value} onClick={make}>
            {t.passwordLink}
          </button>
        </div>
      )}
    </>
  );
}
