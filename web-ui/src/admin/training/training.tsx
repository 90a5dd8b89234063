import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request, sessionEnded, type Page } from '../../shared/api';
import { count, dateAndTime, labelled, sentences } from '../../shared/language';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { ModelList } from './models';
import type { ExampleSummary, Model, Outlook, Requirement, Run, Schedule } from '../rest';
import { PromotionCard } from './promotion';
import { isActive, RunCard } from './run';
import { RunMailsCard } from './run-mails';
import { runTexts } from './run-texts';
import { ScheduleCard } from './schedule';
import { trainingTexts } from './training-texts';
import { Waiting } from '../waiting';

const lookAgainAfter = 2_000;
const outlookAgainAfter = 30_000;

/** Servers give lists whole or in pages. */
export function items<T>(answer: T[] | Page<T>): T[] {
  return Array.isArray(answer) ? answer : answer.items;
}

export function TrainingPage() {
  const examples = useLoaded(() => request<ExampleSummary>('/api/examples/summary'));
  const outlook = useLoaded(() => request<Outlook>('/api/training/outlook'));
  const schedule = useLoaded(() => request<Schedule>('/api/training/schedule'));
  const models = useLoaded(() => request<Model[] | Page<Model>>('/api/models').then(items));
  const runs = useLoaded(() =>
    request<Run[] | Page<Run>>('/api/training/runs').then((answer) =>
      items(answer).sort((one, other) => other.number - one.number),
    ),
  );
  const active = runs.value.value?.some(isActive) ?? false;
  const newest = runs.value.value?.[0];

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
    void outlook.reload();
  }, [active, newest?.id, newest?.stage, models.reload, examples.reload, outlook.reload]);
  // Agents decide all day, and a planned start may come.
  useEffect(() => {
    if (ended) return undefined;
    const timer = setInterval(() => void outlook.reload(), outlookAgainAfter);
    return () => clearInterval(timer);
  }, [ended, outlook.reload]);
  const changed = async () => {
    await Promise.all([runs.reload(), models.reload()]);
  };

  return (
    <>
      {outlook.value.value ? (
        <Meter
          outlook={outlook.value.value}
          examples={examples.value.value}
          schedule={schedule.value.value}
        />
      ) : (
        <Waiting loaded={outlook} />
      )}
      <StartButton active={active} outlook={outlook.value.value} started={runs.reload} />
      <section class="stack">
        <h2>{trainingTexts().runs}</h2>
        {runs.value.value ? (
          <RunList runs={runs.value.value} changed={changed} models={models.value.value ?? []} />
        ) : (
          <Waiting loaded={runs} />
        )}
      </section>
      {models.value.value ? (
        <ModelList models={models.value.value} runs={runs.value.value ?? []} changed={changed} />
      ) : (
        <Waiting loaded={models} />
      )}
      <PromotionCard />
      {schedule.value.value ? (
        <ScheduleCard
          schedule={schedule.value.value}
          outlook={outlook.value.value}
          saved={(stored) => {
            schedule.value.value = stored;
            void outlook.reload();
          }}
        />
      ) : (
        <Waiting loaded={schedule} />
      )}
      <RunMailsCard />
    </>
  );
}

interface MeterProps {
  outlook: Outlook;
  examples?: ExampleSummary;
  schedule?: Schedule;
}

/** How far it is to the next useful run, in decisions of agents. */
function Meter({ outlook, examples, schedule }: MeterProps) {
  const t = runTexts();
  const { newDecisions, wanted, missingDecisions, missing, quietUntil } = outlook;
  // The number above says how many decisions are missing.
  const others = missing.filter(({ rule }) => rule !== 'decisions' || missingDecisions === 0);
  const enough = missingDecisions === 0 && missing.length === 0;
  const goal = Math.max(1, newDecisions + missingDecisions, wanted);
  return (
    <section class="card stack" aria-label={t.useful}>
      <div class="row spread">
        <h2>{t.useful}</h2>
        <strong class="large-number">
          {missingDecisions > 0 ? t.moreDecisions(missingDecisions) : enough ? t.enough : t.notYet}
        </strong>
      </div>
      <div>
        <meter
          class="bar sent full"
          min={0}
          max={goal}
          value={Math.min(goal, goal - missingDecisions)}
          aria-label={t.useful}
        />
        <p class="hint">
          {sentences(t.newOf(count(newDecisions), count(wanted)), enough ? t.enoughNow : undefined)}
        </p>
      </div>
      <Missing missing={others} />
      {examples && (
        <p>
          {labelled(
            trainingTexts().examples,
            trainingTexts().examplesText({
              total: examples.total,
              positive: examples.positive,
              negative: examples.negative,
            }) +
              (examples.ofHistory > 0 ? trainingTexts().ofHistory({ examples: examples.ofHistory }) : '') +
              trainingTexts().sinceLast({ fresh: examples.sinceLastRun }),
          )}
        </p>
      )}
      <p class="hint">
        {schedule && !schedule.enabled && t.scheduleOff}
        {schedule?.nextFireAt !== undefined && t.scheduled(dateAndTime(schedule.nextFireAt, { zone: true }))}
      </p>
      {quietUntil !== undefined && (
        <p class="notice">{t.quietNow(dateAndTime(quietUntil, { zone: true }))}</p>
      )}
    </section>
  );
}

function Missing({ missing }: { missing: Requirement[] }) {
  const t = runTexts();
  if (missing.length === 0) return null;
  return (
    <div>
      <p>{t.needs}</p>
      <ul class="bullets">
        {missing.map(({ rule, have, need }) => (
          <li key={rule}>{t.missing(rule, count(have), count(need), count(need - have))}</li>
        ))}
      </ul>
    </div>
  );
}

interface StartButtonProps {
  active: boolean;
  outlook?: Outlook;
  started: () => Promise<void>;
}

function StartButton({ active, outlook, started }: StartButtonProps) {
  const t = trainingTexts();
  const { busy, problem, run } = useAct();
  /** How to start, once somebody has said that they want it with nothing new. */
  const asked = useSignal<boolean | undefined>(undefined);
  const start = (anyway: boolean) =>
    run(async () => {
      await request('/api/training/runs', { method: 'POST', json: { anyway } });
      asked.value = undefined;
      await started();
    });
  const press = (anyway: boolean) => {
    if (outlook && outlook.decisions > 0 && outlook.newDecisions === 0) asked.value = anyway;
    else void start(anyway);
  };
  return (
    <div class="stack">
      <div class="row">
        <button
          type="button"
          class="button primary"
          disabled={busy.value || active}
          onClick={() => press(false)}
        >
          {busy.value ? t.starting : t.start}
        </button>
        {outlook?.mayStartAnyway && !active && (
          <>
            <button type="button" class="button" disabled={busy.value} onClick={() => press(true)}>
              {runTexts().anyway}
            </button>
            <span class="hint">{runTexts().anywayHint}</span>
          </>
        )}
      </div>
      <ProblemNotice text={problem.value} />
      {asked.value !== undefined && (
        <Dialog label={runTexts().nothingNew} closed={() => (asked.value = undefined)}>
          <div class="stack">
            <h2>{runTexts().nothingNew}</h2>
            <p>{runTexts().nothingNewHint}</p>
            <ProblemNotice text={problem.value} />
            <div class="row">
              <button
                type="button"
                class="button primary"
                disabled={busy.value}
                onClick={() => void start(asked.value === true)}
              >
                {runTexts().startAgain}
              </button>
              <LeaveButton>{runTexts().keep}</LeaveButton>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function RunList({ runs, changed, models }: { runs: Run[]; changed: () => Promise<void>; models: Model[] }) {
  const t = trainingTexts();
  const open = useSignal<string | undefined>(undefined);
  if (runs.length === 0) return <p class="card hint">{t.noRuns}</p>;
  const newest = (runs.find(({ measuredModel }) => measuredModel === undefined) ?? runs[0])?.id;
  return (
    <ul class="stack">
      {runs.map((run, index) => {
        const active = isActive(run);
        return (
          <li key={run.id}>
            <RunCard
              run={run}
              models={models}
              shown={active || (open.value ?? newest) === run.id || (index === 0 && open.value === undefined)}
              toggle={() => (open.value = open.value === run.id ? '' : run.id)}
              changed={changed}
            />
          </li>
        );
      })}
    </ul>
  );
}
