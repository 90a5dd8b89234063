import { request } from '../shared/api';
import { count, percent, sentences } from '../shared/language';
import { useLoaded } from '../shared/load';
import { Decisions } from './decisions';
import { Bars, Figure } from './figures';
import type { FeedbackSummary } from './rest';
import { adminTexts } from './texts';
import { Waiting } from './waiting';

export function FeedbackPage() {
  const t = adminTexts();
  const summary = useLoaded(() => request<FeedbackSummary>('/api/feedback/summary'));
  const found = summary.value.value;
  if (!found) return <Waiting loaded={summary} />;
  if (found.decisions === 0) {
    return (
      <section class="card stack">
        <p>{sentences(t.impressionsSoFar({ number: count(found.impressions) }), t.noDecisions)}</p>
        <div>
          <a class="button" href="/console/">
            {t.console}
          </a>
        </div>
      </section>
    );
  }
  return (
    <>
      <dl class="figures">
        <Figure name={t.impressions} value={count(found.impressions)} />
        <Figure name={t.decisions} value={count(found.decisions)} />
      </dl>
      <section class="card stack">
        <h2>{t.whatAgentsDid}</h2>
        <Bars
          of={[
            { name: t.sent, number: found.sent, kind: 'sent' },
            { name: t.edited, number: found.edited, kind: 'edited' },
            { name: t.rejected, number: found.rejected, kind: 'rejected' },
            { name: t.ownText, number: found.ownText, kind: 'own' },
          ]}
        />
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
      <Decisions />
    </>
  );
}
