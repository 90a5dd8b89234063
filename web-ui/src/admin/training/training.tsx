import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request, sessionEnded, type Page } from '../../shared/api';
import { count } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { ModelList } from './models';
import type { ExampleSummary, Model, Run, Schedule } from '../rest';
import { PromotionCard } from './promotion';
import { RunCard } from './run';
import { ScheduleCard } from './schedule';
import { trainingTexts } from './training-texts';
import { Waiting } from '../waiting';

const lookAgainAfter = 2_000;

/** Servers give lists whole or in pages. */
export function items<T>(answer: T[] | Page<T>): T[] {
  return Array.isArray(answer) ? answer : answer.items;
}

export function TrainingPage() {
  const examples = useLoaded(() => request<ExampleSummary>('/api/examples/summary'));
  const schedule = useLoaded(() => request<Schedule>('/api/training/schedule'));
  const models = useLoaded(() => request<Model[] | Page<Model>>('/api/models').then(items));
  const runs = useLoaded(() =>
    request<Run[] | Page<Run>>('/api/training/runs').then((answer) =>
      items(answer).sort((one, other) => other.number - one.number),
    ),
  );
  const active = runs.value.value?.some(({ status }) => status === 'queued' || status === 'running') ?? false;

  const ended = sessionEnded.value !== undefined;

  // A schedule may start a run at any time, so an idle page looks, too, only less often. Who is signed out and has put
  // the sign-in aside is left in peace.
  useEffect(() => {
    if (ended) return undefined;
    const timer = setInterval(() => void runs.reload(), active ? lookAgainAfter : 5 * lookAgainAfter);
    return () => clearInterval(timer);
  }, [ended, active, runs.reload]);
  useEffect(() => {
    void models.reload();
    void examples.reload();
  }, [active, models.reload, examples.reload]);

  return (
    <>
      <Examples examples={examples.value.value} schedule={schedule.value.value} />
      <StartButton active={active} started={runs.reload} />
      <section class="stack">
        <h2>{trainingTexts().runs}</h2>
        {runs.value.value ? (
          <RunList runs={runs.value.value} changed={runs.reload} models={models.value.value ?? []} />
        ) : (
          <Waiting loaded={runs} />
        )}
      </section>
      {models.value.value ? (
        <ModelList models={models.value.value} changed={models.reload} />
      ) : (
        <Waiting loaded={models} />
      )}
      <PromotionCard />
      {schedule.value.value ? (
        <ScheduleCard schedule={schedule.value.value} saved={(changed) => (schedule.value.value = changed)} />
      ) : (
        <Waiting loaded={schedule} />
      )}
    </>
  );
}

function Examples({ examples, schedule }: { examples?: ExampleSummary; schedule?: Schedule }) {
  const t = trainingTexts();
  if (!examples) return null;
  // Nothing is on its way to a start that nobody has planned.
  const minimum = schedule?.enabled ? schedule.minimumExamples : 0;
  return (
    <section class="card stack">
      <div class="row spread">
        <h2>{t.examples}</h2>
        <strong class="large-number">{count(examples.total)}</strong>
      </div>
      <p>
        {t.examplesText(examples.total, examples.positive, examples.negative)}
        {t.sinceLast(examples.sinceLastRun)}
      </p>
      {schedule && !schedule.enabled && <p class="hint">{t.scheduleOff}</p>}
      {minimum > 0 && (
        <div>
          <meter
            class="bar sent full"
            min={0}
            max={minimum}
            value={Math.min(examples.sinceLastRun, minimum)}
            aria-label={t.examples}
          />
          <p class="hint">{t.meter(examples.sinceLastRun, minimum)}</p>
        </div>
      )}
    </section>
  );
}

function StartButton({ active, started }: { active: boolean; started: () => Promise<void> }) {
  const t = trainingTexts();
  const { busy, problem, run } = useAct();
  const start = () =>
    run(async () => {
      await request('/api/training/runs', { method: 'POST', json: {} });
      await started();
    });
  return (
    <div class="stack">
      <div>
        <button
          type="button"
          class="button primary"
          disabled={busy.value || active}
          onClick={() => void start()}
        >
          {busy.value ? t.starting : t.start}
        </button>
      </div>
      <ProblemNotice text={problem.value} />
    </div>
  );
}

function RunList({ runs, changed, models }: { runs: Run[]; changed: () => Promise<void>; models: Model[] }) {
  const t = trainingTexts();
  const open = useSignal<string | undefined>(undefined);
  if (runs.length === 0) return <p class="card hint">{t.noRuns}</p>;
  return (
    <ul class="stack">
      {runs.map((run, index) => {
        const active = run.status === 'queued' || run.status === 'running';
        return (
          <li key={run.id}>
            <RunCard
              run={run}
              models={models}
              shown={
                active || (open.value ?? runs[0]?.id) === run.id || (index === 0 && open.value === undefined)
              }
              toggle={() => (open.value = open.value === run.id ? '' : run.id)}
              changed={changed}
            />
          </li>
        );
      })}
    </ul>
  );
}
