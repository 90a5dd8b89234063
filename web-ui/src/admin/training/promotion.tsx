import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { PromotionPolicy } from '../rest';
import { Waiting } from '../waiting';
import { gateTexts } from './gate-texts';

const address = '/api/training/promotion-policy';

/** Who decides whether a new model serves. */
export function PromotionCard() {
  const t = gateTexts();
  const policy = useLoaded(() => request<PromotionPolicy>(address));
  const saved = useSignal(false);
  const { busy, problem, run } = useAct();
  const choose = (automatic: boolean) =>
    run(async () => {
      saved.value = false;
      policy.value.value = await request<PromotionPolicy>(address, { method: 'PUT', json: { automatic } });
      saved.value = true;
    });
  if (!policy.value.value) return <Waiting loaded={policy} />;
  const { automatic } = policy.value.value;
  return (
    <fieldset class="card stack">
      <legend>{t.policy}</legend>
      {[false, true].map((choice) => (
        <label key={String(choice)}>
          <input
            type="radio"
            name="promotion"
            checked={automatic === choice}
            disabled={busy.value}
            onChange={() => void choose(choice)}
          />{' '}
          {choice ? t.automatic : t.byHand}
        </label>
      ))}
      <ProblemNotice text={problem.value} />
      <div role="status">{saved.value && <p class="hint">{t.policySaved}</p>}</div>
    </fieldset>
  );
}
