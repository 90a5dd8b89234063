import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { count } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Overview, OverviewFigures } from '../rest';
import { Waiting } from '../waiting';
import { DueReplies } from './due-replies';
import { FailingWebhooks } from './failing-webhooks';
import { Figures } from './figures';
import { FirstStepsCard } from './first-steps';
import { Now } from './now';
import './overview.css';
import { overviewTexts, stepTexts } from './overview-texts';
import { useRefreshed } from './refresh';

const periods = [7, 30];
const nowEvery = 5_000;
const figuresEvery = 300_000;
const address = '/api/overview/first-steps';

function daysFromAddress(): number {
  const told = Number(new URLSearchParams(location.hash.split('?')[1] ?? '').get('days'));
  return periods.includes(told) ? told : 7;
}

export function OverviewPage() {
  const overview = useLoaded(() => request<Overview>('/api/overview'));
  useRefreshed(overview.reload, nowEvery);
  const shown = overview.value.value;
  const steps = useFirstSteps(shown?.firstSteps, overview.reload);
  if (!shown) return <Waiting loaded={overview} />;
  return (
    <>
      <ProblemNotice text={overview.problem.value} />
      {steps.visible && (
        <FirstStepsCard steps={shown.firstSteps} title={steps.title} putAway={steps.putAway} />
      )}
      <Now overview={shown} />
      <DueReplies />
      <FailingWebhooks />
      <LastDays />
      {!steps.visible && (
        <div>
          <ProblemNotice text={steps.problem} />
          <button
            ref={steps.opener}
            type="button"
            class="button quiet small"
            onClick={() => void steps.bringBack()}
          >
            {stepTexts().show}
          </button>
        </div>
      )}
    </>
  );
}

/** Whether the first steps are shown: not once they are put away, and not unasked where all were done before. */
function useFirstSteps(steps: Overview['firstSteps'] | undefined, reload: () => Promise<void>) {
  const wanted = useSignal(false);
  const opener = useRef<HTMLButtonElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const left = useSignal(false);
  const came = useSignal(false);
  const { problem, run } = useAct();
  const missing = steps?.steps.some(({ done }) => !done) ?? false;
  const visible = steps !== undefined && !steps.putAway && (missing || wanted.value);
  useEffect(() => {
    // Whoever has seen the last step undone sees it done, too.
    if (visible) wanted.value = true;
  }, [visible]);
  useEffect(() => {
    // The button that had the focus has gone with the list, or has given way to it.
    if (!visible && left.peek()) opener.current?.focus();
    if (visible && came.peek()) title.current?.focus();
    left.value = came.value = false;
  }, [visible]);
  return {
    visible,
    opener,
    problem: problem.value,
    title,
    putAway: async () => {
      left.value = true;
      try {
        await request(address, { method: 'PUT', json: { putAway: true } });
      } catch (refused) {
        left.value = false;
        throw refused;
      }
      wanted.value = false;
      await reload();
    },
    bringBack: () =>
      run(async () => {
        wanted.value = came.value = true;
        try {
          if (!steps?.putAway) return;
          await request(address, { method: 'PUT', json: { putAway: false } });
          await reload();
        } catch (refused) {
          wanted.value = came.value = false;
          throw refused;
        }
      }),
  };
}

function LastDays() {
  const t = overviewTexts();
  const days = useSignal(daysFromAddress());
  const figures = useLoaded(
    async (signal) => ({
      of: days.value,
      told: await request<OverviewFigures>('/api/overview/figures', { query: { days: days.value }, signal }),
    }),
    [days.value],
  );
  useRefreshed(figures.reload, figuresEvery);
  const loaded = figures.value.value;
  const counting = loaded !== undefined && loaded.of !== days.value && figures.problem.value === undefined;
  const choose = (chosen: number) => {
    days.value = chosen;
    history.replaceState(null, '', `#/overview/?days=${String(chosen)}`);
  };
  return (
    <section class="stack" aria-labelledby="overview-days">
      <div class="row spread">
        <h2 id="overview-days">{t.lastDays({ days: count(days.value) })}</h2>
        <div class="row period-choice" role="group" aria-label={t.period}>
          {periods.map((each) => (
            <button
              key={each}
              type="button"
              class="button small"
              aria-pressed={days.value === each}
              onClick={() => choose(each)}
            >
              {t.days({ days: count(each) })}
            </button>
          ))}
        </div>
      </div>
      <p class="hint">
        {t.besides} <span role="status">{counting && t.counting}</span>
      </p>
      {loaded ? (
        <>
          <ProblemNotice text={figures.problem.value} />
          <div class={counting ? 'stack counted' : 'stack'}>
            <Figures figures={loaded.told} />
          </div>
        </>
      ) : (
        <Waiting loaded={figures} />
      )}
    </section>
  );
}
