import { signal } from '@preact/signals';
import { render } from 'preact';
import { SignInAgain, SignInPage } from '../shared/account';
import { session, type Session } from '../shared/api';
import { startLanguage } from '../shared/language';
import { problemText } from '../shared/problem-text';
import '../shared/theme.css';
import { Admin } from './admin';
import './admin.css';
import { adminTexts } from './texts';

const me = signal<Session | undefined>(undefined);
const reason = signal<(() => string) | undefined>(undefined);
const asked = signal(false);

function enter(someone: Session | undefined): void {
  if (someone && someone.role !== 'admin') reason.value = () => adminTexts().forAdmins;
  me.value = someone?.role === 'admin' ? someone : undefined;
}

function Page() {
  if (!asked.value) return null;
  if (!me.value) return <SignInPage title={adminTexts().title} reason={reason.value} signedIn={enter} />;
  return (
    <>
      <Admin me={me.value} />
      <SignInAgain signedIn={enter} />
    </>
  );
}

startLanguage();
session()
  .then(enter, (problem: unknown) => {
    reason.value = () => problemText(problem);
  })
  .finally(() => {
    asked.value = true;
  });
const app = document.getElementById('app');
if (app) render(<Page />, app);
