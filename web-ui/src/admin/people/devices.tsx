import { request } from '../../shared/api';
import { DeviceList, type SessionOnDevice } from '../../shared/devices';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { User } from '../rest';
import { peopleTexts } from './texts';

/** Where somebody is signed in, and how an admin ends it. */
export function DevicesOf({ user }: { user: User }) {
  const t = peopleTexts();
  const address = `/api/users/${user.id}/sessions`;
  const sessions = useLoaded(() => request<SessionOnDevice[]>(address), [address]);
  const { busy, problem, run } = useAct();
  const end = () =>
    void run(async () => {
      await request(address, { method: 'DELETE' });
      await sessions.reload();
    });
  const all = sessions.value.value;
  return (
    <>
      <h4>{t.devices}</h4>
      <ProblemNotice text={sessions.problem.value ?? problem.value} />
      {all?.length === 0 && <p class="hint">{t.noDevices}</p>}
      {all && all.length > 0 && (
        <>
          <DeviceList sessions={all} />
          <div>
            <button type="button" class="button small" disabled={busy.value} onClick={end}>
              {t.endDevices}
            </button>
          </div>
        </>
      )}
    </>
  );
}
