import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { DoorPage } from '../shared/account';
import { Problem, request, signIn } from '../shared/api';
import { fieldText, Form, formValues, passwordText } from '../shared/form';
import { useAct, useLoaded } from '../shared/load';
import { messages } from '../shared/messages';
import { NewPasswordField } from '../shared/new-password';
import { ProblemNotice } from '../shared/problem-notice';
import type { components } from '../shared/rest';

const joinTexts = messages<'team/join'>(
  import.meta.glob('../messages/*/team/join.json', { import: 'default' }),
);

type Target = components['schemas']['AccountLinkTarget'];

/** Why somebody has a password now and is not signed in. */
const toSignInAgain = ['second-factor-needed', 'second-factor-setup-needed'];

/** For whoever holds a link: of an invitation, or for a new password. */
export function JoinPage({ token }: { token: string }) {
  const t = joinTexts();
  const target = useLoaded(async () => {
    try {
      return await request<Target>('/api/account-links/check', { method: 'POST', json: { token } });
    } catch (problem) {
      // Only the server's own word makes a link a bad one.
      if (problem instanceof Problem && (problem.status === 404 || problem.status === 400)) return null;
      throw problem;
    }
  });
  const found = target.value.value;
  const title = found ? (found.invitation ? t.join : t.newPassword) : t.title;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <DoorPage title={title}>
      <ProblemNotice text={target.problem.value ?? (found === null ? t.bad : undefined)} />
      {found && <PasswordForm token={token} target={found} />}
    </DoorPage>
  );
}

function PasswordForm({ token, target }: { token: string; target: Target }) {
  const t = joinTexts();
  const form = useRef<HTMLFormElement>(null);
  /** Where to sign in, once there is a password. */
  const done = useSignal<string | undefined>(undefined);
  const { busy, problem, run } = useAct(() => ({ name: t.name, password: t.password }));
  const submit = () =>
    run(async () => {
      const values = formValues(form.current);
      const password = passwordText(values, 'password');
      const [path, json] = target.invitation
        ? ['join', { token, name: fieldText(values, 'name'), password }]
        : ['password', { token, password }];
      await request(`/api/account-links/${path}`, { method: 'POST', json });
      done.value = '/console/';
      try {
        const entered = await signIn(target.email, password);
        location.href = 'me' in entered && entered.me.role === 'admin' ? '/admin/' : '/console/';
      } catch (refusal) {
        if (refusal instanceof Problem && toSignInAgain.includes(refusal.code)) location.href = '/console/';
        else throw refusal;
      }
    });
  if (done.value && problem.value) {
    return (
      <>
        <p>{t.done}</p>
        <ProblemNotice text={problem.value} />
        <a href={done.value}>{t.goOn}</a>
      </>
    );
  }
  return (
    <Form form={form} submitted={() => void submit()}>
      <p>{target.invitation ? t.invited : t.forgotten}</p>
      <label class="field">
        <span>{t.email}</span>
        <input type="email" value={target.email} autocomplete="username" readOnly />
      </label>
      {target.invitation && (
        <label class="field">
          <span>{t.name}</span>
          <input name="name" autocomplete="name" required maxLength={100} defaultValue={target.name} />
          <span class="hint">{t.nameHint}</span>
        </label>
      )}
      <NewPasswordField label={t.password} required />
      <ProblemNotice text={problem.value} />
      <button type="submit" class="button primary" disabled={busy.value}>
        {target.invitation ? t.joinButton : t.passwordButton}
      </button>
    </Form>
  );
}
