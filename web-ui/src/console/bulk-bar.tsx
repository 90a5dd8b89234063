import { codeText } from '../shared/problems';
import type { BulkAct } from './bulk-acts';
import { act, ask, endChoice, meant, toggleSpam } from './inbox-acts';
import { inboxTexts } from './inbox-texts';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

/** What can be done with all that is chosen, and how far that is. */
export function BulkBar({ workspace }: { workspace: Workspace }) {
  const t = inboxTexts();
  const own = consoleTexts();
  const { inbox } = workspace;
  const number = inbox.selection.chosen.value.size;
  const busy = inbox.bulk.now.value?.state === 'going';
  if (!inbox.selection.on.value && !inbox.bulk.now.value) return null;
  const isResolved = inbox.view.value === 'resolved';
  const isSnoozed = inbox.view.value === 'snoozed';
  const isSpam = inbox.view.value === 'spam';
  const does = (wanted: BulkAct) => () => act(workspace, meant(workspace), wanted);
  const off = number === 0 || busy;
  return (
    <div class="bulk" role="group" aria-label={t.forChosen} tabIndex={-1}>
      <div class="row spread">
        <span role="status">{t.chosen({ number })}</span>
        <span class="row">
          <button
            type="button"
            class="button quiet small"
            onClick={() => inbox.selection.all(inbox.shown.peek().map(({ id }) => id))}
          >
            {t.chooseAll}
          </button>
          <button type="button" class="button quiet small" onClick={() => endChoice(workspace)}>
            {own.cancel}
          </button>
        </span>
      </div>
      <div class="row bulk-acts">
        <button
          type="button"
          class="button small"
          disabled={off}
          onClick={does({ what: isResolved ? 'reopen' : 'resolve' })}
        >
          {isResolved ? own.reopen : own.resolve}
        </button>
        <button type="button" class="button small" disabled={off} onClick={() => ask(workspace, 'label')}>
          {t.label}
        </button>
        <button type="button" class="button small" disabled={off} onClick={() => ask(workspace, 'priority')}>
          {t.priority}
        </button>
        <button
          type="button"
          class="button small"
          disabled={off}
          onClick={isSnoozed ? does({ what: 'wake' }) : () => ask(workspace, 'snooze')}
        >
          {isSnoozed ? t.wake : t.snooze}
        </button>
        <button type="button" class="button small" disabled={off} onClick={does({ what: 'take' })}>
          {own.take}
        </button>
        <button type="button" class="button small" disabled={off} onClick={does({ what: 'release' })}>
          {own.release}
        </button>
        <button type="button" class="button small" disabled={off} onClick={() => toggleSpam(workspace)}>
          {isSpam ? t.noSpam : t.markSpam}
        </button>
      </div>
      <Progress workspace={workspace} />
    </div>
  );
}

function Progress({ workspace }: { workspace: Workspace }) {
  const t = inboxTexts();
  const { bulk } = workspace.inbox;
  const now = bulk.now.value;
  if (!now) return null;
  const reasons = [...new Set(now.refused.map(({ code, message }) => codeText(code ?? '', message ?? '')))];
  return (
    <div role="status" class="stack">
      {now.state === 'going' && (
        <p>
          <progress max={now.total} value={now.done} aria-label={t.forChosen} />{' '}
          {t.doneOf({ done: now.done, total: now.total })}
        </p>
      )}
      {now.state === 'stopped' && (
        <p>
          {t.stopped({ done: now.done, total: now.total })}{' '}
          <button type="button" class="button small" onClick={() => void bulk.goOn(workspace.client.outbox)}>
            {consoleTexts().retry}
          </button>{' '}
          <button type="button" class="button quiet small" onClick={() => bulk.giveUp()}>
            {consoleTexts().cancel}
          </button>
        </p>
      )}
      {now.state === 'done' && (
        <div class="notice warn">
          <p>{t.refused({ number: now.refused.length })}</p>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          <button type="button" class="button small" onClick={() => bulk.read()}>
            {consoleTexts().close}
          </button>
        </div>
      )}
    </div>
  );
}
