import { request } from '../../shared/api';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { User } from '../rest';
import { peopleTexts } from './texts';

const path = '/api/single-sign-on/people';

/** For somebody who was made anew at the provider, or whose address is somebody else's there by now. */
export function LinkThere({ user }: { user: User }) {
  const t = peopleTexts();
  const known = useLoaded(() => request<string[]>(path));
  const { busy, problem, run } = useAct();
  const forget = () =>
    void run(async () => {
      await request(`${path}/${user.id}`, { method: 'DELETE' });
      await known.reload();
    });
  if (!known.value.value?.includes(user.id)) return null;
  return (
    <>
      <h4>{t.singleSignOn}</h4>
      <p class="hint">{t.forgetThereHint}</p>
      <ProblemNotice text={problem.value} />
      <div>
        <button type="button" class="button small" disabled={busy.value} onClick={forget}>
          {t.forgetThere}
        </button>
      </div>
    </>
  );
}
