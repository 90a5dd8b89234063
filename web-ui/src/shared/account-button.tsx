import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { changePassword, signOut, type Session } from './api';
import { Dialog, LeaveButton } from './dialog';
import { Form, formValues, passwordText } from './form';
import { Icon } from './team-icons';
import { labelled } from './language';
import { messages } from './messages';
import { useAct } from './load';
import { NewPasswordField } from './new-password';
import { OwnDevices } from './own-devices';
import { OwnSecondFactor } from './own-second-factor';
import { ProblemNotice } from './problem-notice';

const buttonTexts = messages<'team/account-button'>(
  import.meta.glob('../messages/*/team/account-button.json', { import: 'default' }),
);

interface AccountButtonProps {
  me: Session;
  /** Where there is something to do before somebody signs out. */
  leave?: () => void;
}

/** Shows who is signed in, and opens the actions for their account. */
export function AccountButton({ me, leave }: AccountButtonProps) {
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
      {open.value && <AccountDialog me={me} leave={leave} closed={() => (open.value = false)} />}
    </>
  );
}

function AccountDialog({ me, leave, closed }: AccountButtonProps & { closed: () => void }) {
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
  const goesOut = () => {
    if (!leave) return void signOut();
    closed();
    leave();
  };
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
        <OwnSecondFactor />
        <OwnDevices />
        <div class="row">
          <LeaveButton then={goesOut}>{t.signOut}</LeaveButton>
          <LeaveButton class="button quiet">{t.close}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}
