import { named } from '../../shared/messages';
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { count, dateAndTime } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Model, ModelComparison, Run } from '../rest';
import { Waiting } from '../waiting';
import { gateOf, GateReport } from './gate';
import { settingsInWords } from './metric-texts';
import { Verdict } from './metrics';
import { modelTexts } from './model-texts';
import { isActive, Progress } from './run';
import { trainingTexts } from './training-texts';

/** Two models, by their ids. */
export interface Pair {
  one: string;
  other: string;
}

interface CompareModelsProps {
  models: Model[];
  runs: Run[];
  /** The two that somebody has asked for elsewhere on the page. */
  asked?: Pair;
  changed: () => Promise<void>;
}

/** Any two, the one that serves and the newest other at first. */
export function CompareModels({ models, runs, asked, changed }: CompareModelsProps) {
  const t = modelTexts();
  const open = useSignal(false);
  const chosen = useSignal<Partial<Pair>>({});
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!asked) return;
    chosen.value = asked;
    open.value = true;
    summary.current?.focus();
  }, [asked]);
  if (models.length < 2) return null;
  const serving = models.find((model) => model.serving) ?? models[0];
  const newest = models.find(({ id }) => id !== serving?.id);
  const { one = serving?.id ?? '', other = newest?.id ?? '' } = chosen.value;
  return (
    <details
      class="card"
      open={open.value}
      onToggle={({ currentTarget }) => (open.value = currentTarget.open)}
    >
      <summary ref={summary}>{t.compare}</summary>
      {open.value && (
        <div class="stack">
          <div class="columns">
            <Choice
              label={t.one}
              models={models}
              chosen={one}
              choose={(id) => (chosen.value = { one: id, other })}
            />
            <Choice
              label={t.other}
              models={models}
              chosen={other}
              choose={(id) => (chosen.value = { one, other: id })}
            />
          </div>
          {one !== other && <Both one={one} other={other} runs={runs} changed={changed} />}
        </div>
      )}
    </details>
  );
}

interface ChoiceProps {
  label: string;
  models: Model[];
  chosen: string;
  choose: (id: string) => void;
}

function Choice({ label, models, chosen, choose }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {models.map(({ id, number }) => (
          <option key={id} value={id}>
            {modelTexts().model({ number })}
          </option>
        ))}
      </select>
    </label>
  );
}

interface BothProps extends Pair {
  runs: Run[];
  changed: () => Promise<void>;
}

function Both({ one, other, runs, changed }: BothProps) {
  const t = modelTexts();
  const newest = runs.find((run) => measures(run, one, other));
  const ended = newest && !isActive(newest) ? newest.id : '';
  const loaded = useLoaded(
    () => request<ModelComparison>('/api/model-comparison', { query: { one, other } }),
    [one, other, ended],
  );
  const compared = loaded.value.value;
  if (!compared) return <Waiting loaded={loaded} />;
  const sides = [compared.one, compared.other];
  const { measuredTogether, sameQuestions, together } = compared;
  return (
    <div class="stack">
      <p class={`notice ${sameQuestions ? '' : 'warn'}`}>
        {measuredTogether !== undefined
          ? t.together({ run: measuredTogether })
          : sameQuestions
            ? t.same
            : t.notComparable}
      </p>
      <MeasureBoth one={compared.one.model} other={compared.other.model} runs={runs} changed={changed} />
      <div role="status">{together && <Found together={together} />}</div>
      <div class="table-box" role="group" aria-label={t.compare} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {sides.map(({ model }) => (
                <th key={model.id}>{t.model({ number: model.number })}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{named(t.rows, name) ?? name}</th>
                {sides.map((side) => (
                  <td key={side.model.id}>{value(side) ?? t.none}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {together && <FoundReport together={together} />}
      {sides.map((side) => side.run?.id !== together?.run && <Measured key={side.model.id} side={side} />)}
    </div>
  );
}

function measures({ measuredModel, baseModel }: Run, one: string, other: string): boolean {
  return (measuredModel === one && baseModel === other) || (measuredModel === other && baseModel === one);
}

interface MeasureBothProps {
  one: Model;
  other: Model;
  runs: Run[];
  changed: () => Promise<void>;
}

/** Starts a run that trains nothing, or says why it cannot be started, or how far it is. */
function MeasureBoth({ one, other, runs, changed }: MeasureBothProps) {
  const t = modelTexts();
  const reason = useId();
  const { busy, problem, run: act } = useAct();
  const active = runs.find(isActive);
  const newest = runs.find((run) => measures(run, one.id, other.id));
  const measuring = active !== undefined && active.id === newest?.id;
  const place = useRef<HTMLDivElement>(null);
  const acted = useRef(false);
  // The button gives way to the progress, and that to the button again: whoever works by keyboard stays at this place.
  useEffect(() => {
    const isLost = !document.activeElement || document.activeElement === document.body;
    if (acted.current && isLost) place.current?.focus();
  }, [measuring, problem.value]);
  if (measuring) {
    return (
      <div ref={place} tabIndex={-1} role="group" aria-label={t.measure}>
        <Progress run={active} changed={changed} />
      </div>
    );
  }
  const gone = [one, other].find(({ filesRemovedAt }) => filesRemovedAt !== undefined);
  const obstacle = gone ? t.filesGone({ model: gone.number }) : active && t.runActive({ run: active.number });
  // The one that serves is what the other is measured against.
  const [model, against] = other.serving ? [one, other] : [other, one];
  const start = () =>
    act(async () => {
      acted.current = true;
      await request('/api/training/measurements', {
        method: 'POST',
        json: { model: model.id, against: against.id },
      });
      await changed();
    });
  return (
    <div class="stack" ref={place} tabIndex={-1} role="group" aria-label={t.measure}>
      {newest?.stage === 'failed' && <p class="notice bad">{t.failed({ run: newest.number })}</p>}
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={busy.value || obstacle !== undefined}
          aria-describedby={reason}
          onClick={() => void start()}
        >
          {t.measure}
        </button>
        <span id={reason} class="hint">
          {obstacle ?? t.measureHint}
        </span>
      </div>
      <ProblemNotice text={problem.value} />
    </div>
  );
}

type Together = NonNullable<ModelComparison['together']>;

function Found({ together: { model, against, finishedAt, metrics } }: { together: Together }) {
  return (
    <div class="stack">
      <h3>{modelTexts().found({ model, against, time: dateAndTime(finishedAt) })}</h3>
      <Verdict metrics={metrics} />
    </div>
  );
}

/** Below the table, because it is long. */
function FoundReport({ together: { run, model, against, metrics } }: { together: Together }) {
  const gate = gateOf(metrics);
  return gate ? <GateReport gate={gate} run={run} champion={against} challenger={model} /> : null;
}

type Side = ModelComparison['one'];

const rows: [string, (side: Side) => string | undefined][] = [
  ['origin', ({ model }) => origin(model)],
  ['created', ({ model }) => dateAndTime(model.createdAt)],
  ['base', ({ run, model }) => numbered(run?.base ?? model.parent)],
  ['run', ({ run }) => run && String(run.number)],
  ['snapshot', ({ run }) => run && `${String(run.snapshot)} ${run.contentHash?.slice(0, 12) ?? ''}`],
  ['train', ({ run }) => run && count(run.train)],
  ['test', ({ run }) => run && count(run.test)],
  ['steps', ({ run }) => run && count(run.steps)],
  ['settings', ({ run }) => run && settingsInWords(run.settings)],
  ['erased', ({ model }) => (model.learnedFromErased ? modelTexts().yes : modelTexts().no)],
];

function origin({ uploadedFile, origin: from }: Side['model']): string {
  return uploadedFile === undefined
    ? (named(trainingTexts().origins, from) ?? from)
    : modelTexts().uploadedFrom({ file: uploadedFile });
}

function numbered(number: number | undefined): string | undefined {
  return number === undefined ? undefined : modelTexts().model({ number });
}

function Measured({ side: { model, run } }: { side: Side }) {
  const t = modelTexts();
  const gate = gateOf(run?.metrics);
  if (!run || !gate) return null;
  const champion = run.metrics?.['championNumber'];
  return (
    <section class="stack" aria-label={t.model({ number: model.number })}>
      <h3>
        {t.model({ number: model.number })}: {t.theirFigures}
      </h3>
      <Verdict metrics={run.metrics ?? {}} />
      <GateReport gate={gate} run={run.id} champion={typeof champion === 'number' ? champion : undefined} />
    </section>
  );
}
