import { named } from '../../shared/messages';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request, sessionEnded } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { fieldText, Form, formValues } from '../../shared/form';
import { count, dateAndTime, percent } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Model, Shadow, ShadowComparison } from '../rest';
import { Waiting } from '../waiting';
import { FlippedCases } from './flipped';
import { FigureTable } from './gate';
import { gateTexts } from './gate-texts';
import { shadowTexts } from './shadow-texts';

const lookAgainAfter = 5_000;

interface ShadowSectionProps {
  models: Model[];
  /** Changes whenever one was started elsewhere on the page. */
  started: unknown;
  promote: (model: Model) => void;
}

/** The model that ranks unseen, or the last that did; nothing as long as none ever has. */
export function ShadowSection({ models, started, promote }: ShadowSectionProps) {
  const t = shadowTexts();
  const serving = models.find((model) => model.serving)?.id;
  const shadows = useLoaded(() => request<Shadow[]>('/api/shadows'), [started, serving]);
  const chosen = useSignal<string | undefined>(undefined);
  const all = shadows.value.value ?? [];
  const active = all.some(({ endedAt }) => endedAt === undefined);
  const ended = sessionEnded.value !== undefined;
  useEffect(() => {
    if (!active || ended) return undefined;
    const timer = setInterval(() => void shadows.reload(), lookAgainAfter);
    return () => clearInterval(timer);
  }, [active, ended, shadows.reload]);
  if (shadows.problem.value) return <Waiting loaded={shadows} />;
  const shadow = all.find(({ id }) => id === chosen.value) ?? all[0];
  if (!shadow) return null;
  return (
    <section class="card stack" aria-label={t.title}>
      <div class="row spread">
        <h3>{t.title}</h3>
        {all.length > 1 && (
          <label class="row">
            <span class="hint">{t.which}</span>
            <select value={shadow.id} onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}>
              {all.map(({ id, modelNumber, startedAt }) => (
                <option key={id} value={id}>
                  {t.model({ number: modelNumber })}, {dateAndTime(startedAt)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <Progress shadow={shadow} changed={shadows.reload} />
      <Comparison
        key={shadow.id}
        shadow={shadow}
        promote={models
          .filter(({ id, serving: serves }) => id === shadow.model && !serves)
          .map((model) => () => promote(model))
          .at(0)}
      />
    </section>
  );
}

function Progress({ shadow, changed }: { shadow: Shadow; changed: () => Promise<void> }) {
  const t = shadowTexts();
  const { busy, problem, run } = useAct();
  const stop = () =>
    run(async () => {
      await request(`/api/shadows/${shadow.id}/stop`, { method: 'POST', json: {} });
      await changed();
    });
  const { modelNumber, startedAt, endedAt, endsAt, endReason, scored, decided, decisions } = shadow;
  const { leftOut, busy: busyServer } = shadow;
  return (
    <div class="stack">
      <div class="row spread">
        <p>
          <strong>
            {endedAt === undefined ? t.ranks({ model: modelNumber }) : t.ranked({ model: modelNumber })}
          </strong>{' '}
          <span class="hint">
            {endedAt === undefined
              ? [
                  t.until({ time: dateAndTime(endsAt) }),
                  ...(decisions === undefined
                    ? []
                    : [t.orDecisions({ decided: count(decided), wanted: count(decisions) })]),
                ].join(' · ')
              : `${t.period({ from: dateAndTime(startedAt), to: dateAndTime(endedAt) })} · ${named(t.reasons, endReason ?? '') ?? endReason ?? ''}`}
          </span>
        </p>
        {endedAt === undefined && (
          <button type="button" class="button small" disabled={busy.value} onClick={() => void stop()}>
            {t.stop}
          </button>
        )}
      </div>
      {shadow.problem !== undefined && (
        <p class="notice bad" lang="en">
          {shadow.problem}
        </p>
      )}
      <ProblemNotice text={problem.value} />
      <p>
        {t.counts({ scored: count(scored), decided: count(decided) })}{' '}
        {leftOut === 0
          ? t.noneLeftOut
          : busyServer === leftOut
            ? t.leftOutBusy({ all: count(leftOut) })
            : busyServer === 0
              ? t.leftOutOther({ all: count(leftOut) })
              : t.leftOut({
                  all: count(leftOut),
                  busy: count(busyServer),
                  others: count(leftOut - busyServer),
                })}
      </p>
    </div>
  );
}

const tones: Record<string, string> = { better: 'good', worse: 'bad' };

function Comparison({ shadow, promote }: { shadow: Shadow; promote?: () => void }) {
  const t = shadowTexts();
  const loaded = useLoaded(
    () => request<ShadowComparison>(`/api/shadows/${shadow.id}/comparison`),
    [shadow.id],
  );
  // Each time the list is read again: the server compares again as often as it can afford to.
  useEffect(() => void loaded.reload(), [shadow, loaded.reload]);
  const open = useSignal(false);
  const compared = loaded.value.value;
  if (!compared) return <Waiting loaded={loaded} />;
  if (shadow.scored === 0) return null;
  const { modelNumber: model, championNumber: champion } = shadow;
  const { questions, conversations, foundElsewhere, worse, better } = compared;
  return (
    <div class="stack gate">
      <p class={`notice ${tones[compared.verdict] ?? ''}`}>
        {compared.verdict === 'too-little-data'
          ? t.tooLittle({
              questions: count(questions),
              needed: count(compared.questionsNeeded),
              conversations: count(conversations),
              conversationsNeeded: count(compared.conversationsNeeded),
            })
          : (named(t.verdicts, compared.verdict)?.({ model, champion }) ?? '')}
      </p>
      {compared.figures.length > 0 && (
        <>
          <FigureTable
            caption={t.measured({ questions: count(questions), conversations: count(conversations) })}
            figures={compared.figures}
            before={t.model({ number: champion })}
            after={t.model({ number: model })}
            needed={gateTexts().needed(
              compared.questionsNeeded - questions,
              compared.conversationsNeeded - conversations,
            )}
          />
          <p class="hint">{t.caveat({ champion })}</p>
        </>
      )}
      <ul class="bullets">
        {compared.sameFirst !== undefined && (
          <li>{t.same({ first: percent(compared.sameFirst), all: percent(compared.sameAll ?? 0) })}</li>
        )}
        {foundElsewhere > 0 && (
          <li>{t.elsewhere({ found: count(foundElsewhere), shown: count(compared.wouldHaveShown) })}</li>
        )}
        {compared.ownWords > 0 && <li>{t.ownWords({ number: compared.ownWords })}</li>}
        {compared.millis !== undefined && <li>{t.millis({ value: compared.millis.toFixed(0) })}</li>}
      </ul>
      {worse + better > 0 ? (
        <details open={open.value} onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
          <summary>{t.differ({ worse: count(worse), better: count(better) })}</summary>
          {open.value && (
            <FlippedCases
              address={`/api/shadows/${shadow.id}/cases`}
              before={t.model({ number: champion })}
              after={t.model({ number: model })}
            />
          )}
        </details>
      ) : (
        questions > 0 && <p class="hint">{t.alike}</p>
      )}
      {promote && (
        <div>
          <button type="button" class="button" onClick={promote}>
            {t.promote({ model })}
          </button>
        </div>
      )}
    </div>
  );
}

interface StartShadowProps {
  model: Model;
  champion: number;
  started: () => void;
  closed: () => void;
}

/** Says what it takes before it is started. */
export function StartShadow({ model, champion, started, closed }: StartShadowProps) {
  const t = shadowTexts();
  const form = useRef<HTMLFormElement>(null);
  const needs = useLoaded(
    () => request<{ megabytes: number }>(`/api/shadows/needs?model=${model.id}`),
    [model.id],
  );
  const { busy, problem, run } = useAct(() => ({ hours: t.hours, decisions: t.decisions }));
  const start = () =>
    run(async () => {
      const values = formValues(form.current);
      const number = (name: string) => {
        const entered = fieldText(values, name);
        return entered === '' ? undefined : Number(entered);
      };
      await request('/api/shadows', {
        method: 'POST',
        json: { model: model.id, hours: number('hours'), decisions: number('decisions') },
      });
      started();
    });
  return (
    <Dialog label={t.question({ model: model.number })} closed={closed}>
      <Form form={form} submitted={() => void start()}>
        <h2>{t.question({ model: model.number })}</h2>
        <p>{t.about({ champion })}</p>
        {needs.value.value ? (
          <p>{t.memory({ megabytes: count(needs.value.value.megabytes) })}</p>
        ) : (
          <Waiting loaded={needs} />
        )}
        <div class="columns">
          <label class="field">
            <span>{t.hours}</span>
            <input type="number" name="hours" min={1} max={336} step={1} defaultValue="24" />
            <span class="hint">{t.hoursHint}</span>
          </label>
          <label class="field">
            <span>{t.decisions}</span>
            <input type="number" name="decisions" min={1} max={5_000} step={1} defaultValue="200" />
            <span class="hint">{t.decisionsHint}</span>
          </label>
        </div>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {busy.value ? t.starting : t.start}
          </button>
          <LeaveButton>{t.cancel}</LeaveButton>
        </div>
      </Form>
    </Dialog>
  );
}
