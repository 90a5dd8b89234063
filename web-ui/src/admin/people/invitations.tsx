import '../../shared/account.css';
import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { dateAndTime, labelled } from '../../shared/language';
import { useAct, type Loaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Invitation, InvitationLink } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { LinkToHandOver } from './link';
import { peopleTexts } from './texts';

/** Who has been invited and has not joined yet; nothing where there is nobody. */
export function Invitations({ invitations }: { invitations: Loaded<Invitation[]> }) {
  const t = { ...adminTexts(), ...peopleTexts() };
  const renewed = useSignal<InvitationLink | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const renew = ({ id }: Invitation) =>
    void run(async () => {
      renewed.value = await request<InvitationLink>(`/api/invitations/${id}/renew`, { method: 'POST' });
      await invitations.reload();
    });
  const withdraw = ({ id }: Invitation) =>
    void run(async () => {
      await request(`/api/invitations/${id}`, { method: 'DELETE' });
      await invitations.reload();
    });
  const open = invitations.value.value;
  if (!open) return <Waiting loaded={invitations} />;
  if (open.length === 0 && !problem.value) return null;
  return (
    <section class="card stack" aria-label={t.invitations}>
      <h2>{t.invitations}</h2>
      <ProblemNotice text={problem.value} />
      <ul class="devices">
        {open.map((invitation) => (
          <li key={invitation.id}>
            <div>
              <strong>{invitation.name}</strong> <span class="hint">{invitation.email}</span>
              <div class="hint">
                {t.invitedBy({ name: invitation.invitedBy, time: dateAndTime(invitation.expiresAt) })}
              </div>
            </div>
            <div class="acts">
              <span class={invitation.role === 'admin' ? 'tag accent' : 'tag'}>{t[invitation.role]}</span>
              {!invitation.usable && <span class="tag bad">{t.ended}</span>}
              <button
                type="button"
                class="button small"
                aria-label={labelled(t.newLink, invitation.name)}
                disabled={busy.value}
                onClick={() => renew(invitation)}
              >
                {t.newLink}
              </button>
              <button
                type="button"
                class="button small"
                aria-label={labelled(t.withdraw, invitation.name)}
                disabled={busy.value}
                onClick={() => withdraw(invitation)}
              >
                {t.withdraw}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {renewed.value && (
        <Dialog label={t.newLink} closed={() => (renewed.value = undefined)}>
          <div class="stack">
            <h2>{t.newLink}</h2>
            <LinkToHandOver
              link={{
                name: renewed.value.invitation.name,
                path: renewed.value.path,
                until: renewed.value.invitation.expiresAt,
                mailed: renewed.value.mailed,
              }}
            />
            <div class="row">
              <LeaveButton>{t.close}</LeaveButton>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}
