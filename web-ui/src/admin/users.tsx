import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request, type Session } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { dateAndTime, labelled } from '../shared/language';
import { Form, formValues } from '../shared/form';
import { useAct, useLoaded } from '../shared/load';
import { NewPasswordField } from '../shared/new-password';
import { ProblemNotice } from '../shared/problem-notice';
import type { User } from './rest';
import { adminTexts, personLabels } from './texts';
import { Waiting } from './waiting';

export function UsersPage({ me }: { me: Session }) {
  const t = adminTexts();
  const users = useLoaded(() => request<User[]>('/api/users'));
  const editing = useSignal<User | 'new' | undefined>(undefined);
  if (!users.value.value) return <Waiting loaded={users} />;
  return (
    <>
      <div>
        <button type="button" class="button primary" onClick={() => (editing.value = 'new')}>
          {t.addUser}
        </button>
      </div>
      <ul class="card list">
        {users.value.value.map((user) => (
          <li key={user.id}>
            <div class="grow">
              <strong>{user.name}</strong> {user.id === me.id && <span class="hint">({t.you})</span>}
              <div class="hint">
                {user.email} · {t.since} {dateAndTime(user.createdAt)}
              </div>
            </div>
            <span class={user.role === 'admin' ? 'tag accent' : 'tag'}>{t[user.role]}</span>
            {!user.active && <span class="tag bad">{t.inactive}</span>}
            <button
              type="button"
              class="button small"
              aria-label={labelled(t.edit, user.name)}
              onClick={() => (editing.value = user)}
            >
              {t.edit}
            </button>
          </li>
        ))}
      </ul>
      {editing.value && (
        <UserDialog
          user={editing.value === 'new' ? undefined : editing.value}
          closed={() => (editing.value = undefined)}
          saved={users.reload}
        />
      )}
    </>
  );
}

interface UserDialogProps {
  user?: User;
  closed: () => void;
  saved: () => Promise<void>;
}

function UserDialog({ user, closed, saved }: UserDialogProps) {
  const t = adminTexts();
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run } = useAct(personLabels);
  const save = () =>
    run(async () => {
      const values = formValues(form.current);
      const common = { name: values.get('name'), role: values.get('role') };
      const password = values.get('password') || undefined;
      if (user) {
        const json = { ...common, active: values.has('active'), password };
        await request(`/api/users/${user.id}`, { method: 'PUT', json });
      } else {
        await request('/api/users', {
          method: 'POST',
          json: { ...common, email: values.get('email'), password },
        });
      }
      await saved();
      closed();
    });
  const title = user ? labelled(t.edit, user.name) : t.addUser;
  return (
    <Dialog label={title} closed={closed}>
      <Form form={form} submitted={() => void save()}>
        <h2>{title}</h2>
        {!user && (
          <label class="field">
            <span>{t.email}</span>
            <input type="email" name="email" required autocomplete="off" />
          </label>
        )}
        <label class="field">
          <span>{t.name}</span>
          <input name="name" required maxLength={100} defaultValue={user?.name} />
          <span class="hint">{t.nameHint}</span>
        </label>
        <label class="field">
          <span>{t.role}</span>
          <select name="role">
            {(['agent', 'admin'] as const).map((role) => (
              <option key={role} value={role} selected={user?.role === role}>
                {t[role]}
              </option>
            ))}
          </select>
        </label>
        <NewPasswordField
          label={user ? t.newPassword : t.password}
          hint={user ? t.newPasswordHint : t.passwordHint}
          required={!user}
        />
        {user && (
          <label>
            <input type="checkbox" name="active" defaultChecked={user.active} /> {t.active}
          </label>
        )}
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}

export function DialogButtons({ busy }: { busy: boolean }) {
  const t = adminTexts();
  return (
    <div class="row">
      <button type="submit" class="button primary" disabled={busy}>
        {t.save}
      </button>
      <LeaveButton>{t.cancel}</LeaveButton>
    </div>
  );
}
