import { useEffect } from 'preact/hooks';
import { request } from '../../shared/api';
import { dateAndTime, duration } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { Plot, type Series } from '../../shared/plot';
import { ProblemNotice } from '../../shared/problem-notice';
import { gateTexts } from './gate-texts';
import { byWeight, Comparison } from './metrics';
import type { Model, Run } from '../rest';
import { trainingTexts } from './training-texts';

interface RunCardProps {
  run: Run;
  models: Model[];
  shown: boolean;
  toggle: () => void;
  changed: () => Promise<void>;
}

export function RunCard({ run, models, shown, toggle, changed }: RunCardProps) {
  const t = trainingTexts();
  const active = run.status === 'queued' || run.status === 'running';
  const tone = { queued: '', running: 'accent', succeeded: 'good', failed: 'bad', cancelled: 'warn' }[
    run.status
  ];
  return (
    <section class="card stack" aria-label={t.run(run.number)}>
      <div class="row spread">
        <div class="row">
          <h3>{t.run(run.number)}</h3>
          <span class={`tag ${tone}`}>{t[run.status]}</span>
          <span class="hint">
            {t[run.trigger]} · {dateAndTime(run.createdAt)}
            {run.resultModel !== undefined && ` · ${t.result(modelName(run.resultModel, models))}`}
          </span>
        </div>
        {!active && (
          <button type="button" class="button quiet small" aria-expanded={shown} onClick={toggle}>
            {shown ? t.hide : t.details}
          </button>
        )}
      </div>
      {active && <Progress run={run} changed={changed} />}
      {run.error && <Failure run={run} />}
      {shown && <RunDetails run={run} />}
    </section>
  );
}

/** The kind of failure in the reader's language; the server's own sentence, which says more, where it is asked for. */
function Failure({ run: { error, errorCode = '' } }: { run: Run }) {
  const t = trainingTexts();
  return (
    <div class="notice bad stack">
      <p role="alert">{t.failures(errorCode)}</p>
      <details>
        <summary>{t.technical}</summary>
        <p lang="en">{error}</p>
      </details>
    </div>
  );
}

function modelName(model: string | number, models: Model[]): string {
  return String(models.find(({ id }) => id === model)?.number ?? model);
}

function Progress({ run, changed }: { run: Run; changed: () => Promise<void> }) {
  const t = trainingTexts();
  const { busy, problem, run: act } = useAct();
  const cancel = () =>
    act(async () => {
      await request(`/api/training/runs/${run.id}/cancel`, { method: 'POST', json: {} });
      await changed();
    });
  return (
    <div class="stack">
      <div class="row spread" aria-live="off">
        <span>{run.steps > 0 ? t.progress(run.step, run.steps) : t.preparing}</span>
        <span class="hint">{run.secondsLeft !== undefined && t.timeLeft(duration(run.secondsLeft))}</span>
      </div>
      <progress max={Math.max(1, run.steps)} value={run.step} aria-label={t.run(run.number)} />
      <ProblemNotice text={problem.value} />
      <div>
        <button
          type="button"
          class="button small"
          disabled={busy.value || run.cancelRequested}
          onClick={() => void cancel()}
        >
          {busy.value || run.cancelRequested ? t.cancelling : t.cancel}
        </button>
      </div>
    </div>
  );
}

function RunDetails({ run }: { run: Run }) {
  const t = trainingTexts();
  const details = useLoaded(() => request<Run>(`/api/training/runs/${run.id}`), [run.id]);
  // The list is asked again and again while a run goes on; its step says when there is more to draw.
  useEffect(() => void details.reload(), [run.step, run.status]);
  const points = details.value.value?.points ?? [];
  const last = points.at(-1);
  const measured = points.filter(({ devMetrics }) => devMetrics && Object.keys(devMetrics).length > 0);
  const metrics = details.value.value?.metrics ?? run.metrics ?? {};
  return (
    <div class="stack">
      <p class="hint">
        {run.dataset && t.data(run.dataset.train, run.dataset.dev, run.dataset.test)}
        {last && ` · ${t.speed(last.pairsPerSecond.toFixed(0))}`}
      </p>
      {points.length > 1 && (
        <div class="plots">
          <Plot
            label={t.lossCurve}
            xLabel={t.step}
            xMax={run.steps}
            series={[{ name: t.loss, colour: 1, points: points.map(({ step, loss }) => [step, loss]) }]}
          />
          {measured.length > 1 && (
            <Plot
              label={t.devCurve}
              xLabel={t.step}
              xMax={run.steps}
              yMin={0}
              yMax={1}
              series={devSeries(measured)}
            />
          )}
        </div>
      )}
      <Comparison metrics={metrics} run={run.id} />
      {run.promotion && gateTexts().promotion(run.promotion) && (
        <p class="hint">{gateTexts().promotion(run.promotion)}</p>
      )}
    </div>
  );
}

function devSeries(points: { step: number; devMetrics?: Record<string, number> }[]): Series[] {
  const names = Object.keys(points.at(-1)?.devMetrics ?? {});
  const inUnit = names.filter((name) => points.every(({ devMetrics }) => within(devMetrics?.[name])));
  return inUnit
    .sort(byWeight)
    .slice(0, 3)
    .map((name, index) => ({
      name,
      colour: ([1, 2, 3] as const)[index] ?? 1,
      points: points.map(({ step, devMetrics }) => [step, devMetrics?.[name] ?? 0]),
    }));
}

function within(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value <= 1;
}
