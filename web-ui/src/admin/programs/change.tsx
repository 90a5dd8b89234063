import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { MadeProgramToken, ProgramToken } from '../rest';
import { adminTexts } from '../texts';
import { Secret } from './secret';
import { programTexts } from './texts';

interface ChangeProps {
  token: ProgramToken;
  closed: () => void;
  done: () => Promise<void>;
}

/** Asks before the program is refused until it has the new token. */
export function RenewDialog({ token, closed, done }: ChangeProps) {
  const t = adminTexts();
  const own = programTexts();
  const made = useSignal<MadeProgramToken | undefined>(undefined);
  const copied = useSignal(false);
  const { busy, problem, run } = useAct();
  const renew = () =>
    run(async () => {
      made.value = await request<MadeProgramToken>(`/api/program-tokens/${token.id}/renew`, {
        method: 'POST',
      });
      await done();
    });
  const title = own.renewTitle({ name: token.name });
  return (
    <Dialog label={title} closed={closed} unsaved={() => made.value !== undefined && !copied.value}>
      <div class="stack">
        <h2>{title}</h2>
        {!made.value && <p>{own.renewText}</p>}
        <ProblemNotice text={problem.value} />
        {made.value ? (
          <Secret made={made.value} copied={() => (copied.value = true)} />
        ) : (
          <div class="row">
            <LeaveButton>{t.cancel}</LeaveButton>
            <button type="button" class="button primary" disabled={busy.value} onClick={() => void renew()}>
              {own.renew}
            </button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

export function RevokeDialog({ token, closed, done }: ChangeProps) {
  const t = adminTexts();
  const own = programTexts();
  const { busy, problem, run } = useAct();
  const revoke = () =>
    run(async () => {
      await request(`/api/program-tokens/${token.id}`, { method: 'DELETE' });
      await done();
      closed();
    });
  const title = own.revokeTitle({ name: token.name });
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        <p>{own.revokeText}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <LeaveButton>{t.cancel}</LeaveButton>
          <button type="button" class="button danger" disabled={busy.value} onClick={() => void revoke()}>
            {own.revoke}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
