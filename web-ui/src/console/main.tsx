import { signal } from '@preact/signals';
import { render } from 'preact';
import { SignInPage } from '../shared/account';
import { session, type Session } from '../shared/api';
import { saysWhatIsMissing, whenReadable } from '../shared/browser';
import { startLanguage } from '../shared/language';
import { problemText } from '../shared/problem-text';
import { tryStorage } from '../shared/storage';
import '../shared/theme.css';
import '../shared/typeface.css';
import { followKeyboard } from '../shared/viewport';
import { Console } from './console';
import './console.css';
import './inbox.css';
import './inbox-tools.css';
import './thread-pane.css';
import './composer.css';
import './context.css';
import './overlays.css';
import './supervision.css';
import './narrow.css';
import { consoleTexts } from './texts';
import { Workspace } from './workspace';

type Door =
  { at: 'loading' } | { at: 'closed'; reason?: () => string } | { at: 'open'; workspace: Workspace };

const door = signal<Door>({ at: 'loading' });

function enter(me: Session): void {
  const workspace = new Workspace(me, () => {
    door.value = { at: 'closed', reason: () => consoleTexts().signedOut };
  });
  door.value = { at: 'open', workspace };
  workspace.start();
}

function Page() {
  const t = consoleTexts();
  const now = door.value;
  switch (now.at) {
    case 'loading':
      return null;
    case 'closed':
      return <SignInPage title={t.title} reason={now.reason} signedIn={enter} />;
    case 'open':
      return <Console workspace={now.workspace} />;
  }
}

tryStorage();
followKeyboard();
whenReadable(startLanguage(), (app) => {
  if (!saysWhatIsMissing(app)) open(app);
});

function open(app: HTMLElement): void {
  session().then(
    (me) => {
      if (me) enter(me);
      else door.value = { at: 'closed' };
    },
    (problem: unknown) => {
      door.value = { at: 'closed', reason: () => problemText(problem) };
    },
  );
  render(<Page />, app);
}
