import { request } from './api';
import { DeviceList, type SessionOnDevice } from './devices';
import { useAct, useLoaded } from './load';
import { messages } from './messages';
import { ProblemNotice } from './problem-notice';

const ownTexts = messages<'team/own-devices'>(
  import.meta.glob('../messages/*/team/own-devices.json', { import: 'default' }),
);

/** Where one is signed in oneself, and how that is ended elsewhere. */
export function OwnDevices() {
  const t = ownTexts();
  const sessions = useLoaded(() => request<SessionOnDevice[]>('/api/sessions'));
  const { busy, problem, run } = useAct();
  const end = (which: string) =>
    void run(async () => {
      try {
        await request(`/api/sessions${which}`, { method: 'DELETE' });
      } finally {
        await sessions.reload();
      }
    });
  const all = sessions.value.value;
  return (
    <section class="stack matter" aria-label={t.title}>
      <h3>{t.title}</h3>
      <ProblemNotice text={sessions.problem.value ?? problem.value} />
      {all && <DeviceList sessions={all} end={({ id }) => end(`/${id}`)} busy={busy.value} />}
      {all && all.length > 1 && (
        <div>
          <button type="button" class="button small" disabled={busy.value} onClick={() => end('')}>
            {t.endOthers}
          </button>
        </div>
      )}
    </section>
  );
}
