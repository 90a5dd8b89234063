import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { signIn, type Session } from './api';
import { texts } from './language';
import { useAct } from './load';
import { LanguageSwitch } from './switch';

const accountTexts = texts(
  {
    signIn: 'Sign in',
    email: 'E-mail address',
    password: 'Password',
    signingIn: 'Signing in…',
  },
  {
    signIn: '登录',
    email: '邮箱',
    password: '密码',
    signingIn: '正在登录…',
  },
);

/** A page with one small form in its middle. */
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
  /** Why the person has to sign in although they have not asked to. */
  reason?: string;
  signedIn: (session: Session) => void;
}

export function SignInPage({ title, reason, signedIn }: SignInProps) {
  const t = accountTexts();
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useAct(() => ({ email: t.email, password: t.password }));
  const submit = () =>
    run(async () => {
      try {
        signedIn(await signIn(email.current?.value ?? '', password.current?.value ?? ''));
      } catch (refusal) {
        password.current?.select();
        throw refusal;
      }
    });

  return (
    <DoorPage title={title}>
      {reason && <p class="notice">{reason}</p>}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label class="field">
          <span>{t.email}</span>
          <input ref={email} type="email" name="email" autocomplete="username" required autofocus />
        </label>
        <label class="field">
          <span>{t.password}</span>
          <input ref={password} type="password" name="password" autocomplete="current-password" required />
        </label>
        {problem.value && (
          <p class="notice bad" role="alert">
            {problem.value}
          </p>
        )}
        <button type="submit" class="button primary" disabled={busy.value}>
          {busy.value ? t.signingIn : t.signIn}
        </button>
      </form>
    </DoorPage>
  );
}
