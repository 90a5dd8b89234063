import { request } from '../shared/api';
import { count, percent, sentences } from '../shared/language';
import { useLoaded } from '../shared/load';
import type { FeedbackSummary } from './rest';
import { adminTexts } from './texts';
import { Waiting } from './waiting';

export function FeedbackPage() {
  const t = adminTexts();
  const summary = useLoaded(() => request<FeedbackSummary>('/api/feedback/summary'));
  const found = summary.value.value;
  if (!found) return <Waiting loaded={summary} />;
  if (found.decisions === 0) {
    return <p class="card">{sentences(t.impressionsSoFar(count(found.impressions)), t.noDecisions)}</p>;
  }
  const acts = [
    [t.sent, found.sent, 'sent'],
    [t.edited, found.edited, 'edited'],
    [t.rejected, found.rejected, 'rejected'],
    [t.ownText, found.ownText, 'own'],
  ] as const;
  const whole = Math.max(
    1,
    acts.reduce((sum, [, number]) => sum + number, 0),
  );
  return (
    <>
      <dl class="figures">
        <Figure name={t.impressions} value={count(found.impressions)} />
        <Figure name={t.decisions} value={count(found.decisions)} />
      </dl>
      <section class="card stack">
        <h2>{t.whatAgentsDid}</h2>
        <dl class="bars">
          {acts.map(([name, number, kind]) => (
            <div key={kind}>
              <dt>{name}</dt>
              <dd>
                <meter class={`bar ${kind}`} min={0} max={1} value={number / whole} />
                <span class="number">{count(number)}</span>
                <span class="number hint">{percent(number / whole)}</span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section class="stack">
        <h2>{t.howGood}</h2>
        <dl class="figures">
          <Figure name={t.acceptAt1} value={percent(found.acceptAt1)} />
          <Figure name={t.acceptAt3} value={percent(found.acceptAt3)} />
          <Figure name={t.mrr} value={found.mrr.toFixed(3)} />
        </dl>
        <p class="hint">{t.qualityHint}</p>
      </section>
    </>
  );
}

export function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div class="card figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
