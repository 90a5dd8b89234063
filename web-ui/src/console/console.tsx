import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { AccountButton } from '../shared/account-button';
import { Dialog } from '../shared/dialog';
import { codeText } from '../shared/problems';
import { LanguageSwitch } from '../shared/switch';
import { ConnectionNotice } from '../thread/connection-notice';
import { advanceOf } from './advance';
import { AlertsButton } from './alert-settings';
import { alertOf } from './alerts';
import { Context } from './context';
import { StatusButton } from './availability';
import { HandoverDialog } from './handover';
import { InboxPane } from './inbox-pane';
import { narrow } from './narrow';
import { listenToKeys, type Overlay } from './keys';
import { keepFocus } from '../shared/focus';
import { CheatSheet } from './cheat-sheet';
import { Palette } from './palette';
import { SignOut, useSignOut } from './sign-out';
import { SuperviseButton, SupervisionDialog, supervising } from './supervision';
import { consoleTexts } from './texts';
import { ThreadPane } from './thread-pane';
import { TriageDialog } from './triage-dialogs';
import { QuestionDialog } from './warnings';
import type { Workspace } from './workspace';

export function Console({ workspace }: { workspace: Workspace }) {
  const overlay = useSignal<Overlay>(undefined);
  // As soon as it is seen: a key that is pressed before the next frame counts, too.
  useLayoutEffect(() => listenToKeys(workspace, overlay), [workspace, overlay]);
  useEffect(() => alertOf(workspace), [workspace]);
  useEffect(() => advanceOf(workspace), [workspace]);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (root.current ? keepFocus(root.current) : undefined), []);
  const pane = workspace.contextShown.value ? 'context' : workspace.selected.value ? 'thread' : 'inbox';
  // The pane that is alone on screen is the main part of the page, whatever it is beside others.
  const alone = narrow.value ? pane : undefined;
  return (
    <div class="console" data-pane={pane} ref={root}>
      <TopBar workspace={workspace} open={(which) => (overlay.value = which)} />
      <InboxPane workspace={workspace} alone={alone === 'inbox'} />
      {alone !== 'inbox' && <ThreadPane workspace={workspace} />}
      <Context workspace={workspace} alone={alone === 'context'} />
      {overlay.value === 'palette' && (
        <Palette workspace={workspace} open={(which) => (overlay.value = which)} />
      )}
      {overlay.value === 'help' && <CheatSheet closed={() => (overlay.value = undefined)} />}
      {supervising.value && workspace.me.role === 'admin' && <SupervisionDialog workspace={workspace} />}
      <Asked workspace={workspace} />
      {workspace.question.value && <QuestionDialog workspace={workspace} />}
      {workspace.replacement.value && <ReplacementDialog workspace={workspace} />}
      <div class="toasts" role="alert">
        {workspace.notice.value && (
          <p class="notice bad toast">
            {workspace.notice.value.say()}
            <button type="button" class="button small" onClick={() => (workspace.notice.value = undefined)}>
              {consoleTexts().close}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

/** The window that asks for what an act needs. */
function Asked({ workspace }: { workspace: Workspace }) {
  const asking = workspace.inbox.asking.value;
  if (!asking) return null;
  const { about, conversations } = asking;
  if (about !== 'handover')
    return <TriageDialog workspace={workspace} about={about} conversations={conversations} />;
  const [conversation] = conversations;
  if (conversation === undefined || conversation !== workspace.selected.value) return null;
  return <HandoverDialog workspace={workspace} conversation={conversation} />;
}

function TopBar({ workspace, open }: { workspace: Workspace; open: (which: Overlay) => void }) {
  const t = consoleTexts();
  const out = useSignOut(workspace);
  return (
    <header class="top-bar">
      <img src="/favicon.svg" alt="Replyloop" width="28" height="28" />
      <button type="button" class="button small find" onClick={() => open('palette')}>
        {t.palette} <kbd>Ctrl K</kbd>
      </button>
      <HealthState workspace={workspace} />
      <span class="grow" />
      <button type="button" class="button quiet small" aria-label={t.shortcuts} onClick={() => open('help')}>
        ?
      </button>
      <StatusButton workspace={workspace} />
      {workspace.me.role === 'admin' && <SuperviseButton />}
      <AlertsButton />
      <LanguageSwitch />
      {workspace.me.role === 'admin' && (
        <a class="button quiet small wide-only" href="/admin/">
          {t.admin}
        </a>
      )}
      <AccountButton me={workspace.me} leave={out.leave} />
      <SignOut out={out} />
    </header>
  );
}

function HealthState({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const { connection, outbox } = workspace.client;
  const refusal = workspace.turnedAway.value;
  const draft = workspace.thread.value && workspace.drafts.of(workspace.thread.value.id).value.text;
  return (
    <div class="health">
      {connection.health.value === 'online' && !connection.unanswered.value && (
        <>
          <span class="dot online" role="img" aria-label={t.healthOnline} />{' '}
          <span class="wide-only" aria-hidden="true">
            {t.healthOnline}
          </span>
        </>
      )}
      <ConnectionNotice
        connection={connection}
        unsent={!!draft?.trim() || outbox.entries.value.length > 0}
        reason={refusal && codeText(refusal.code, refusal.message)}
      />
    </div>
  );
}

function ReplacementDialog({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  return (
    <Dialog label={t.replaceTitle} closed={() => workspace.replace('cancel')}>
      <div class="stack">
        <h2>{t.replaceTitle}</h2>
        <p>{t.replaceText}</p>
        <blockquote class="quote">{workspace.replacement.value?.text}</blockquote>
        <div class="row">
          <button type="button" class="button primary" onClick={() => workspace.replace('append')}>
            {t.append}
          </button>
          <button type="button" class="button" onClick={() => workspace.replace('replace')}>
            {t.replace}
          </button>
          <button type="button" class="button quiet" onClick={() => workspace.replace('cancel')}>
            {t.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
