import { useSignal } from '@preact/signals';
import { signOut } from '../shared/api';
import { Dialog, LeaveButton } from '../shared/dialog';
import { useAct } from '../shared/load';
import { messages } from '../shared/messages';
import { ProblemNotice } from '../shared/problem-notice';
import { keeping } from '../shared/storage';
import { consoleTexts } from './texts';
import { sendHeld } from './undo-send';
import type { Workspace } from './workspace';

const signOutTexts = messages<'console/sign-out'>(
  import.meta.glob('../messages/*/console/sign-out.json', { import: 'default' }),
);

/** What was sent a moment ago, and could still be taken back, is sent before; whoever leaves before it is learns of it. */
export function useSignOut({ client }: Workspace) {
  const unsent = useSignal<number | undefined>(undefined);
  const { busy, problem, run, forget } = useAct();
  const leave = () =>
    void run(async () => {
      const sent = await sendHeld(client.outbox);
      const waiting = client.outbox.entries.peek().filter(({ refused }) => !refused);
      if (sent || waiting.length === 0) await signOut();
      else unsent.value = waiting.length;
    });
  return {
    busy,
    problem,
    unsent,
    leave,
    anyway: () => void run(signOut),
    stay: () => {
      forget();
      unsent.value = undefined;
    },
  };
}

export function SignOut({ out }: { out: ReturnType<typeof useSignOut> }) {
  const t = signOutTexts();
  const own = consoleTexts();
  const { busy, problem, unsent, leave, anyway, stay } = out;
  return (
    <>
      <button type="button" class="button quiet small sign-out" disabled={busy.value} onClick={leave}>
        {own.signOut}
      </button>
      {(unsent.value !== undefined || problem.value !== undefined) && (
        <Dialog label={t.title} closed={stay}>
          <div class="stack">
            <h2>{t.title}</h2>
            {unsent.value !== undefined && (
              <>
                <p>{t.unsent({ number: unsent.value })}</p>
                <p>{keeping.value === 'kept' ? t.kept : t.lost}</p>
              </>
            )}
            <ProblemNotice text={problem.value} />
            <div class="row">
              <LeaveButton class="button primary">{t.stay}</LeaveButton>
              <button type="button" class="button" disabled={busy.value} onClick={leave}>
                {own.retry}
              </button>
              {unsent.value !== undefined && (
                <button type="button" class="button danger" disabled={busy.value} onClick={anyway}>
                  {t.anyway}
                </button>
              )}
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
