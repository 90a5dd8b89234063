import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { session, sessionBegins, sessionEnded, signIn, type Problem, type Session } from './api';
import { Dialog, LeaveButton } from './dialog';
import { fieldText, Form, formValues, passwordText } from './form';
import { messages } from './messages';
import { useAct } from './load';
import { ProblemNotice } from './problem-notice';
import { LanguageSwitch } from './switch';

const accountTexts = messages<'team/account'>(
  import.meta.glob('../messages/*/team/account.json', { import: 'default' }),
);

/** A page with one small form in the centre. */
export function DoorPage({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="centre-page">
      <main class="card stack">
        <div class="row spread">
          <img src="/favicon.svg" alt="" width="36" height="36" />
          <LanguageSwitch />
        </div>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}

interface SignInProps {
  title: string;
  /** Why the person has to sign in again, in the current language of the page. */
  reason?: () => string;
  signedIn: (session: Session) => void;
}

export function SignInPage({ title, reason, signedIn }: SignInProps) {
  return (
    <DoorPage title={title}>
      {reason && <p class="notice">{reason()}</p>}
      <SignInForm signedIn={signedIn} />
    </DoorPage>
  );
}

interface SignInFormProps extends Pick<SignInProps, 'signedIn'> {
  /** Why this person cannot continue on the page, in its current language; nothing if they can. */
  turnedAway?: (session: Session) => (() => string) | undefined;
}

/** Shown above a page that keeps its content, for somebody whose session has ended in the meantime. */
export function SignInAgain({ signedIn, turnedAway }: SignInFormProps) {
  const t = accountTexts();
  // If the person wants to look at the page first, their next action asks again.
  const aside = useSignal<Problem | undefined>(undefined);
  useEffect(() => {
    // They may have signed in again in another tab.
    const lookAgain = async () => {
      const me = sessionEnded.peek() && (await session().catch(() => undefined));
      if (!me || !sessionEnded.peek() || turnedAway?.(me)) return;
      sessionBegins();
      signedIn(me);
    };
    const listener = () => void lookAgain();
    addEventListener('focus', listener);
    return () => removeEventListener('focus', listener);
  }, [signedIn, turnedAway]);
  if (!sessionEnded.value || sessionEnded.value === aside.value) return null;
  return (
    <Dialog label={t.signIn} closed={() => (aside.value = sessionEnded.peek())}>
      <div class="stack">
        <h2>{t.signIn}</h2>
        <p>{t.again}</p>
        <SignInForm signedIn={signedIn} turnedAway={turnedAway} />
        <LeaveButton class="button quiet">{t.notNow}</LeaveButton>
      </div>
    </Dialog>
  );
}

function SignInForm({ signedIn, turnedAway }: SignInFormProps) {
  const t = accountTexts();
  const form = useRef<HTMLFormElement>(null);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const reason = useSignal<(() => string) | undefined>(undefined);
  const { busy, problem, run } = useAct(() => ({ email: t.email, password: t.password }));
  const submit = () =>
    run(async () => {
      reason.value = undefined;
      const values = formValues(form.current);
      let me: Session;
      try {
        me = await signIn(fieldText(values, 'email'), passwordText(values, 'password'));
      } catch (refusal) {
        password.current?.select();
        throw refusal;
      }
      reason.value = turnedAway?.(me);
      if (reason.peek()) {
        email.current?.select();
        return;
      }
      sessionBegins();
      signedIn(me);
    });

  return (
    <Form form={form} submitted={() => void submit()}>
      <label class="field">
        <span>{t.email}</span>
        <input ref={email} type="email" name="email" autocomplete="username" required autofocus />
      </label>
      <label class="field">
        <span>{t.password}</span>
        <input ref={password} type="password" name="password" autocomplete="current-password" required />
      </label>
      <ProblemNotice text={reason.value?.() ?? problem.value} />
      <button type="submit" class="button primary" disabled={busy.value}>
        {busy.value ? t.signingIn : t.signIn}
      </button>
    </Form>
  );
}
