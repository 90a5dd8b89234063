import { useEffect } from 'preact/hooks';
import { request } from '../../shared/api';
import { count, dateAndTime, duration, labelled, percent, sentences } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { Plot, type Series } from '../../shared/plot';
import { ProblemNotice } from '../../shared/problem-notice';
import { gateTexts } from './gate-texts';
import { metricTexts } from './metric-texts';
import { byWeight, Comparison } from './metrics';
import { originTexts } from './origin-texts';
import type { Model, Run } from '../rest';
import { Decision } from './rejection';
import { RunLog } from './run-log';
import { runTexts } from './run-texts';
import { trainingTexts } from './training-texts';

interface RunCardProps {
  run: Run;
  models: Model[];
  shown: boolean;
  toggle: () => void;
  changed: () => Promise<void>;
}

export const isActive = ({ status }: Run): boolean => status === 'queued' || status === 'running';

const tones: Record<Run['stage'], string> = {
  queued: '',
  preparing: 'accent',
  training: 'accent',
  evaluating: 'accent',
  'awaiting-decision': 'warn',
  measured: '',
  promoted: 'good',
  rejected: '',
  failed: 'bad',
  cancelled: '',
};

export function RunCard({ run, models, shown, toggle, changed }: RunCardProps) {
  const t = trainingTexts();
  const active = isActive(run);
  return (
    <section class="card stack" aria-label={t.run({ number: run.number })}>
      <div class="row spread">
        <div class="row">
          <h3>{t.run({ number: run.number })}</h3>
          <span class={`tag ${tones[run.stage]}`}>{runTexts().stages(run.stage)}</span>
          <span class="hint">
            {t[run.trigger]} · {dateAndTime(run.createdAt, { zone: true })}
            {run.resultModel !== undefined &&
              ` · ${t.result({ number: modelName(run.resultModel, models) })}`}
          </span>
        </div>
        {!active && (
          <button type="button" class="button quiet small" aria-expanded={shown} onClick={toggle}>
            {shown ? t.hide : t.details}
          </button>
        )}
      </div>
      {run.measuredModel !== undefined && (
        <p>
          {(active ? runTexts().measures : runTexts().measured)(
            modelName(run.measuredModel, models),
            modelName(run.baseModel, models),
          )}
        </p>
      )}
      {active && <Progress run={run} changed={changed} />}
      {run.error && <Failure run={run} />}
      {(shown || run.stage === 'awaiting-decision') && <Decision run={run} changed={changed} />}
      {shown && <RunDetails run={run} />}
    </section>
  );
}

/** The kind of failure in the reader's language; the server's own sentence, which says more, where it is asked for. */
function Failure({ run: { error, errorCode = '' } }: { run: Run }) {
  return (
    <div class="notice bad stack">
      <p role="alert">{runTexts().failures(errorCode)}</p>
      <details>
        <summary>{trainingTexts().technical}</summary>
        <p lang="en">{error}</p>
      </details>
    </div>
  );
}

function modelName(model: string | number, models: Model[]): string {
  return String(models.find(({ id }) => id === model)?.number ?? model);
}

/** What it is doing, how far it is, and how to stop it. */
export function Progress({ run, changed }: { run: Run; changed: () => Promise<void> }) {
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
        <span>{run.standsBack ? sentences(doing(run), runTexts().standsBack) : doing(run)}</span>
        <span class="hint">{timeOf(run)}</span>
      </div>
      <progress max={Math.max(1, run.steps)} value={run.step} aria-label={t.run({ number: run.number })} />
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

function doing({ stage, step, steps, waitsUntil, measuredModel }: Run): string {
  const t = runTexts();
  if (stage === 'queued') return waitsUntil ? t.waitsUntil(dateAndTime(waitsUntil, { zone: true })) : t.waits;
  if (measuredModel !== undefined) return stage === 'evaluating' ? t.measuringBoth : t.preparingBoth;
  if (stage === 'evaluating') return t.evaluating;
  if (stage === 'training') return steps > 0 ? trainingTexts().progress({ step, steps }) : t.firstSteps;
  return t.preparing;
}

/** How long it has taken, may take and will take, and which attempt it is once one has failed. */
function timeOf(run: Run): string {
  const { stage, attempt, attempts, spentSeconds, stoodBackSeconds, secondsLeft, limits } = run;
  const t = runTexts();
  return [
    attempt > 1 && t.attempt(attempt, attempts),
    spentSeconds >= 1 && t.spent(duration(spentSeconds)),
    stoodBackSeconds >= 1 && t.stoodBack(duration(stoodBackSeconds)),
    limits.maximumMinutes !== undefined && t.limit(duration(limits.maximumMinutes * 60)),
    (stage === 'training' || run.measuredModel !== undefined) &&
      secondsLeft !== undefined &&
      t.left(duration(secondsLeft)),
  ]
    .filter(Boolean)
    .join(' · ');
}

function RunDetails({ run }: { run: Run }) {
  const t = trainingTexts();
  const details = useLoaded(() => request<Run>(`/api/training/runs/${run.id}`), [run.id]);
  // The list is asked again and again while a run goes on; its step says when there is more to draw.
  useEffect(() => void details.reload(), [run.step, run.stage]);
  const points = details.value.value?.points ?? [];
  const last = points.at(-1);
  const measured = points.filter(({ devMetrics }) => devMetrics && Object.keys(devMetrics).length > 0);
  const metrics = details.value.value?.metrics ?? run.metrics ?? {};
  return (
    <div class="stack">
      <TrainedOnList run={run} />
      {points.length > 1 && (
        <div class="plots">
          <Curve
            label={t.lossCurve}
            steps={run.steps}
            series={[{ name: t.loss, colour: 1, points: points.map(({ step, loss }) => [step, loss]) }]}
          />
          {measured.length > 1 && (
            <Curve label={t.devCurve} steps={run.steps} yMin={0} yMax={1} series={devSeries(measured)} />
          )}
          <Curve
            label={runTexts().rateCurve}
            steps={run.steps}
            series={[
              {
                name: runTexts().rate,
                colour: 2,
                points: points.map(({ step, learningRate }) => [step, learningRate * 1e6]),
              },
            ]}
          />
        </div>
      )}
      {last && isActive(run) && <p class="hint">{t.speed({ pairs: last.pairsPerSecond.toFixed(0) })}</p>}
      <Comparison metrics={metrics} run={run.id} />
      {run.measuredModel === undefined && run.promotion && gateTexts().promotion(run.promotion) && (
        <p class="hint">{gateTexts().promotion(run.promotion)}</p>
      )}
      <RunLog run={run} active={isActive(run)} />
    </div>
  );
}

interface CurveProps {
  label: string;
  steps: number;
  series: Series[];
  yMin?: number;
  yMax?: number;
}

/** One of several beside each other, so that its name has to be in sight. */
function Curve({ label, steps, ...plot }: CurveProps) {
  return (
    <div>
      <p class="hint" aria-hidden="true">
        {label}
      </p>
      <Plot label={label} xLabel={trainingTexts().step} xMax={steps} {...plot} />
    </div>
  );
}

/** The snapshot that a run learns from, or only measures with, in the units that people think in. */
function TrainedOnList({ run }: { run: Run }) {
  const t = runTexts();
  const { dataset, trainedOn, attempt, attempts, spentSeconds, stoodBackSeconds } = run;
  const only = run.measuredModel !== undefined;
  const what = only ? t.measuredWith : isActive(run) ? t.learnsFrom : t.learnedFrom;
  const lines = [
    trainedOn && t.contents(count(trainedOn.decisions), count(trainedOn.conversations)),
    trainedOn &&
      Object.entries(trainedOn.languages).map(([code, number]) => t.languageOf(code, count(number))),
    trainedOn?.from &&
      trainedOn.until &&
      t.between(dateAndTime(trainedOn.from), dateAndTime(trainedOn.until)),
    dataset && only && t.testPairs(count(dataset.test)),
    dataset && !only && t.examples(count(dataset.train), count(dataset.dev), count(dataset.test)),
    dataset && !only && trainedOn && importedIn(trainedOn, dataset.train),
    dataset && !only && dataset.leftOut > 0 && t.leftOut(count(dataset.leftOut)),
    dataset && dataset.erased > 0 && t.erased(count(dataset.erased)),
    !isActive(run) &&
      [
        spentSeconds >= 1 && t.took(duration(spentSeconds)),
        stoodBackSeconds >= 1 && t.stoodBack(duration(stoodBackSeconds)),
        attempt > 1 && t.attempt(attempt, attempts),
      ].filter((part) => part !== false),
  ].flatMap((line) => line || []);
  return <p class="hint">{dataset && labelled(what(dataset.number), lines.join(' · '))}</p>;
}

/** How much of what taught is from before this installation, or from elsewhere. */
function importedIn({ ofHistory = 0, ofFiles = 0 }: NonNullable<Run['trainedOn']>, train: number): string[] {
  const t = originTexts();
  const share = (some: number) => percent(some / Math.max(1, train));
  return [
    ofHistory > 0 && t.taughtByHistory({ examples: count(ofHistory), share: share(ofHistory) }),
    ofFiles > 0 && t.taughtByFiles({ examples: count(ofFiles), share: share(ofFiles) }),
  ].filter((line) => line !== false);
}

function devSeries(points: { step: number; devMetrics?: Record<string, number> }[]): Series[] {
  const names = Object.keys(points.at(-1)?.devMetrics ?? {});
  const inUnit = names.filter((name) => points.every(({ devMetrics }) => within(devMetrics?.[name])));
  return inUnit
    .sort(byWeight)
    .slice(0, 3)
    .map((name, index) => ({
      name: metricTexts().named(name),
      colour: ([1, 2, 3] as const)[index] ?? 1,
      points: points.map(({ step, devMetrics }) => [step, devMetrics?.[name] ?? 0]),
    }));
}

function within(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value <= 1;
}
