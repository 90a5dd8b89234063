import { signal } from '@preact/signals';
import { render } from 'preact';
import { SignInAgain, SignInPage } from '../shared/account';
import { session, type Session } from '../shared/api';
import { whenReadable } from '../shared/browser';
import { startLanguage } from '../shared/language';
import { problemText } from '../shared/problem-text';
import '../shared/theme.css';
import '../shared/typeface.css';
import { Admin } from './admin';
import './admin.css';
import './audit/audit.css';
import './dataset/dataset.css';
import './figures.css';
import './gate.css';
import './history/history.css';
import './unanswered/unanswered.css';
import './tables.css';
import { adminTexts } from './texts';

const me = signal<Session | undefined>(undefined);
const reason = signal<(() => string) | undefined>(undefined);
const asked = signal(false);

function turnedAway(someone: Session): (() => string) | undefined {
  return someone.role === 'admin' ? undefined : () => adminTexts().forAdmins;
}

function enter(someone: Session | undefined): void {
  reason.value = someone && turnedAway(someone);
  me.value = reason.peek() ? undefined : someone;
}

function Page() {
  if (!asked.value) return null;
  if (!me.value) return <SignInPage title={adminTexts().title} reason={reason.value} signedIn={enter} />;
  return (
    <>
      <Admin me={me.value} />
      <SignInAgain signedIn={enter} turnedAway={turnedAway} />
    </>
  );
}

session()
  .then(enter, (problem: unknown) => {
    reason.value = () => problemText(problem);
  })
  .finally(() => {
    asked.value = true;
  });
whenReadable(startLanguage(), (app) => render(<Page />, app));
