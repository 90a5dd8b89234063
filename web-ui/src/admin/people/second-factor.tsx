import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { useAct, type Loaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { SecondFactors, User } from '../rest';
import { peopleTexts } from './texts';

const path = '/api/second-factors';

/** Who has to sign in with a second step. */
export function SecondFactorRule({ factors }: { factors: Loaded<SecondFactors> }) {
  const t = peopleTexts();
  const saved = useSignal(false);
  const { busy, problem, run } = useAct();
  const known = factors.value.value;
  const require = (requiredFor: string) =>
    void run(async () => {
      saved.value = false;
      try {
        await request(path, { method: 'PUT', json: { requiredFor } });
        saved.value = true;
      } finally {
        await factors.reload();
      }
    });
  return (
    <section class="card stack" aria-label={t.secondStep}>
      <h2>{t.secondStep}</h2>
      <ProblemNotice text={factors.problem.value ?? problem.value} />
      {known && (
        <label class="field">
          <span>{t.requiredFor}</span>
          <select
            value={known.requiredFor}
            disabled={busy.value}
            onChange={({ currentTarget }) => require(currentTarget.value)}
          >
            {(['nobody', 'admins', 'everybody'] as const).map((who) => (
              <option key={who} value={who}>
                {t[who]}
              </option>
            ))}
          </select>
          <span class="hint">{t.requiredHint}</span>
        </label>
      )}
      <div role="status">{saved.value && <p class="notice good">{t.saved}</p>}</div>
    </section>
  );
}

interface SecondFactorOfProps {
  user: User;
  removed: () => Promise<void>;
}

/** For somebody who has lost their phone, and their recovery codes. */
export function SecondFactorOf({ user, removed }: SecondFactorOfProps) {
  const t = peopleTexts();
  const { busy, problem, run } = useAct();
  const remove = () =>
    void run(async () => {
      await request(`${path}/${user.id}`, { method: 'DELETE' });
      await removed();
    });
  return (
    <>
      <h4>{t.secondStep}</h4>
      <p class="hint">{t.removeHint}</p>
      <ProblemNotice text={problem.value} />
      <div>
        <button type="button" class="button small" disabled={busy.value} onClick={remove}>
          {t.removeSecondStep}
        </button>
      </div>
    </>
  );
}
