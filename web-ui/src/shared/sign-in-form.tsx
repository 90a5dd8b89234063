import { signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keptSession, Problem, request, sessionBegins, signIn, type Session, type SignedIn } from './api';
import { Forgotten } from './forgotten-password';
import { fieldText, Form, formValues, passwordText } from './form';
import { useAct } from './load';
import { messages } from './messages';
import { useRefusedThere, useWays } from './other-sign-in';
import { ProblemNotice } from './problem-notice';
import { RecoveryCodes } from './recovery-codes';
import { CodeField } from './second-factor-code';
import { SecretToScan } from './second-factor-secret';
import { secondFactorTexts, type SecondFactorSecret } from './second-factor-texts';

const formTexts = messages<'team/sign-in-form'>(
  import.meta.glob('../messages/*/team/sign-in-form.json', { import: 'default' }),
);

export interface SignInFormProps {
  signedIn: (session: Session) => void;
  /** Why this person cannot continue on the page, in its current language; nothing if they can. */
  turnedAway?: (session: Session) => (() => string) | undefined;
}

/** Somebody has signed in, and is looking at recovery codes that are shown only once. */
export const keepsCodes = signal(false);

/** What comes after the password, where it is not enough. */
type Step =
  | { is: 'forgotten' }
  | { is: 'code' }
  | { is: 'setup'; secret: SecondFactorSecret }
  | { is: 'codes'; codes: string[] };

const codeOf = (refusal: unknown) => (refusal instanceof Problem ? refusal.code : undefined);

export function SignInForm({ signedIn, turnedAway }: SignInFormProps) {
  const t = { ...secondFactorTexts(), ...formTexts() };
  const form = useRef<HTMLFormElement>(null);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const given = useRef({ email: '', password: '' });
  const step = useSignal<Step | undefined>(undefined);
  const reason = useSignal<(() => string) | undefined>(undefined);
  const { busy, problem, run, forget } = useAct(() => ({
    email: t.email,
    password: t.password,
    code: t.code,
  }));

  const enter = (me: Session) => {
    keepsCodes.value = false;
    step.value = undefined;
    reason.value = turnedAway?.(me);
    if (reason.peek()) {
      email.current?.select();
      return;
    }
    sessionBegins();
    signedIn(me);
  };
  const begin = (entered: SignedIn) => {
    if ('me' in entered) return enter(entered.me);
    keepsCodes.value = true;
    step.value = { is: 'codes', codes: entered.recoveryCodes };
  };
  const submit = () =>
    run(async () => {
      reason.value = undefined;
      const values = formValues(form.current);
      given.current = { email: fieldText(values, 'email'), password: passwordText(values, 'password') };
      try {
        begin(await signIn(given.current.email, given.current.password));
      } catch (refusal) {
        if (codeOf(refusal) === 'second-factor-needed') {
          step.value = { is: 'code' };
        } else if (codeOf(refusal) === 'second-factor-setup-needed') {
          const secret = await request<SecondFactorSecret>('/api/session/second-factor/at-sign-in', {
            method: 'POST',
            json: given.current,
          });
          step.value = { is: 'setup', secret };
        } else {
          password.current?.select();
          throw refusal;
        }
      }
    });
  const submitCode = () =>
    run(async () => {
      const code = fieldText(formValues(form.current), 'code');
      const isNew = step.peek()?.is === 'setup';
      keepsCodes.value = isNew;
      let entered: SignedIn;
      try {
        entered = await signIn(given.current.email, given.current.password, code);
      } catch (refusal) {
        keepsCodes.value = false;
        throw refusal;
      }
      begin(entered);
    });
  const back = () => {
    forget();
    step.value = undefined;
  };

  const ways = useWays();
  const refusedThere = useRefusedThere();
  const now = step.value;
  if (now?.is === 'forgotten') return <Forgotten email={given.current.email} back={back} />;
  if (now?.is === 'codes') {
    return (
      <>
        <RecoveryCodes codes={now.codes} kept={() => void run(async () => enter(await keptSession()))} />
        <ProblemNotice text={problem.value} />
      </>
    );
  }
  if (now) {
    return (
      <Form key={now.is} form={form} submitted={() => void submitCode()}>
        {now.is === 'setup' && (
          <>
            <p>{t.setupNeeded}</p>
            <SecretToScan secret={now.secret} />
          </>
        )}
        <CodeField orRecovery={now.is === 'code'} refused={problem.value} />
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {busy.value ? t.signingIn : t.signIn}
          </button>
          <button type="button" class="button" onClick={back}>
            {t.back}
          </button>
        </div>
      </Form>
    );
  }
  if (!ways) return null;
  const other = ways.provider && (
    <a
      class="button primary"
      href={ways.start}
      // What has been entered on the page beneath a dialog would be lost.
      target={turnedAway ? '_blank' : undefined}
      rel="noopener"
    >
      {t.withProvider({ name: ways.provider })}
      {turnedAway && <span class="out-of-sight"> ({t.inNewTab})</span>}
    </a>
  );
  const refused = refusedThere();
  const notThere = refused && (
    <p class="notice bad" role="alert">
      {refused}
    </p>
  );
  if (other && !ways.passwords) {
    return (
      <div class="stack">
        {notThere}
        {other}
      </div>
    );
  }
  return (
    <Form key="password" form={form} submitted={() => void submit()}>
      {notThere}
      {other}
      {other && <p class="hint divided">{t.orPassword}</p>}
      <label class="field">
        <span>{t.email}</span>
        <input
          ref={email}
          type="email"
          name="email"
          autocomplete="username"
          defaultValue={given.current.email}
          required
          autofocus
        />
      </label>
      <label class="field">
        <span>{t.password}</span>
        <input ref={password} type="password" name="password" autocomplete="current-password" required />
      </label>
      <ProblemNotice text={reason.value?.() ?? problem.value} />
      <button type="submit" class={other ? 'button' : 'button primary'} disabled={busy.value}>
        {busy.value ? t.signingIn : t.signIn}
      </button>
      {ways.mails && (
        <button
          type="button"
          class="button quiet small"
          onClick={() => {
            given.current.email = email.current?.value ?? '';
            forget();
            step.value = { is: 'forgotten' };
          }}
        >
          {t.forgotten}
        </button>
      )}
    </Form>
  );
}
