import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { session, sessionBegins, sessionEnded, type Problem, type Session } from './api';
import { Dialog, LeaveButton } from './dialog';
import { messages } from './messages';
import { keepsCodes, SignInForm, type SignInFormProps } from './sign-in-form';
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
  useEffect(() => () => void requestAnimationFrame(focusPage), []);
  return (
    <DoorPage title={title}>
      {reason && <p class="notice">{reason()}</p>}
      <SignInForm signedIn={signedIn} />
    </DoorPage>
  );
}

/** For what has come in place of a form that had the focus, or a reader would begin at the top. */
function focusPage(): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  document
    .querySelector<HTMLElement>('main[tabindex], [role=main][tabindex]')
    ?.focus({ preventScroll: true });
}

/** Shown above a page that keeps its content, for somebody whose session has ended in the meantime. */
export function SignInAgain({ signedIn, turnedAway }: SignInFormProps) {
  const t = accountTexts();
  // If the person wants to look at the page first, their next action asks again.
  const aside = useSignal<Problem | undefined>(undefined);
  useEffect(() => {
    // They may have signed in again in another tab.
    const lookAgain = async () => {
      const me = sessionEnded.peek() && !keepsCodes.peek() && (await session().catch(() => undefined));
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
