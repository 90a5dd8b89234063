import { request } from '../../shared/api';
import { percent } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import type { Acceptance, Model } from '../rest';
import { gateTexts } from './gate-texts';

interface AcceptanceNoticeProps {
  /** Id of the model that serves, which asks again when it changes. */
  serving?: string;
  models: Model[];
  /** Asks whether to go back to that model. */
  rollBack: (model: Model) => void;
}

/** Whether agents take to the model that serves; nothing as long as one alone has served. */
export function AcceptanceNotice({ serving, models, rollBack }: AcceptanceNoticeProps) {
  const t = gateTexts();
  const loaded = useLoaded(() => request<Acceptance | undefined>('/api/training/acceptance'), [serving]);
  const now = loaded.value.value;
  if (!now) return null;
  const { state, model, previous, answers, answersNeeded } = now;
  if (state === 'too-few') {
    return <p class="hint">{t.watching(model, answers, answersNeeded)}</p>;
  }
  const { before = 0, after = 0, low = 0, high = 0 } = now;
  const change = t.acceptance(model, percent(after), previous, percent(before), points(low), points(high));
  if (state === 'fine') return <p class="hint">{change}</p>;
  const back = models.find(({ id }) => id === now.previousId);
  return (
    <div class="notice bad stack" role="status">
      <p>
        {t.dropped} {change}
      </p>
      {back && (
        <div>
          <button type="button" class="button small" onClick={() => rollBack(back)}>
            {t.rollBackTo(previous)}
          </button>
        </div>
      )}
    </div>
  );
}

function points(share: number): string {
  const size = Math.round(Math.abs(share) * 100);
  return `${size === 0 ? '' : share > 0 ? '+' : '−'}${String(size)}`;
}
