import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { changePassword, signOut, type Session } from './api';
import { Dialog, LeaveButton } from './dialog';
import { Form, formValues, passwordText } from './form';
import { Icon } from './icons';
import { labelled, texts } from './language';
import { useAct } from './load';
import { NewPasswordField } from './new-password';
import { ProblemNotice } from './problem-notice';

const buttonTexts = texts(
  {
    account: 'Your account',
    signOut: 'Sign out',
    changePassword: 'Change the password',
    current: 'Present password',
    next: 'New password',
    change: 'Change it',
    changed: 'Your password has been changed. Wherever else you were signed in, you are signed out.',
    close: 'Close',
  },
  {
    account: '您的账号',
    signOut: '退出登录',
    changePassword: '修改密码',
    current: '当前密码',
    next: '新密码',
    change: '修改',
    changed: '密码已修改。您在其他设备上的登录已全部退出。',
    close: '关闭',
  },
);

/** Shows who is signed in, and opens the actions for their account. */
export function AccountButton({ me }: { me: Session }) {
  const t = buttonTexts();
  const open = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="button quiet small"
        aria-haspopup="dialog"
        aria-label={labelled(t.account, me.name)}
        onClick={() => (open.value = true)}
      >
        <Icon name="person" /> <span class="account-name">{me.name}</span>
      </button>
      {open.value && <AccountDialog me={me} closed={() => (open.value = false)} />}
    </>
  );
}

function AccountDialog({ me, closed }: { me: Session; closed: () => void }) {
  const t = buttonTexts();
  const form = useRef<HTMLFormElement>(null);
  const done = useSignal(false);
  const { busy, problem, run } = useAct(() => ({ current: t.current, password: t.next }));
  const change = () =>
    run(async () => {
      done.value = false;
      const values = formValues(form.current);
      await changePassword(passwordText(values, 'current'), passwordText(values, 'password'));
      form.current?.reset();
      done.value = true;
    });
  return (
    <Dialog label={t.account} closed={closed}>
      <div class="stack">
        <div>
          <h2>{t.account}</h2>
          <p>
            {me.name} <span class="hint">{me.email}</span>
          </p>
        </div>
        <Form form={form} submitted={() => void change()}>
          <h3>{t.changePassword}</h3>
          {/* Tells password managers which account the password belongs to. */}
          <input type="hidden" autocomplete="username" value={me.email} />
          <label class="field">
            <span>{t.current}</span>
            <input type="password" name="current" autocomplete="current-password" required />
          </label>
          <NewPasswordField label={t.next} required />
          <ProblemNotice text={problem.value} />
          <div role="status">{done.value && <p class="notice good">{t.changed}</p>}</div>
          <div>
            <button type="submit" class="button primary" disabled={busy.value}>
              {t.change}
            </button>
          </div>
        </Form>
        <div class="row">
          <LeaveButton then={() => void signOut()}>{t.signOut}</LeaveButton>
          <LeaveButton class="button quiet">{t.close}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}
