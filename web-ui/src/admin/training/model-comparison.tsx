import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { count, dateAndTime } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import type { Model, ModelComparison } from '../rest';
import { Waiting } from '../waiting';
import { gateOf, GateReport } from './gate';
import { settingsInWords } from './metric-texts';
import { Verdict } from './metrics';
import { modelTexts } from './model-texts';
import { trainingTexts } from './training-texts';

/** Any two, the one that serves and the newest other at first. */
export function CompareModels({ models }: { models: Model[] }) {
  const t = modelTexts();
  const open = useSignal(false);
  if (models.length < 2) return null;
  return (
    <details
      class="card"
      open={open.value}
      onToggle={({ currentTarget }) => (open.value = currentTarget.open)}
    >
      <summary>{t.compare}</summary>
      {open.value && <Chosen models={models} />}
    </details>
  );
}

function Chosen({ models }: { models: Model[] }) {
  const t = modelTexts();
  const serving = models.find((model) => model.serving) ?? models[0];
  const newest = models.find(({ id }) => id !== serving?.id);
  const one = useSignal(serving?.id ?? '');
  const other = useSignal(newest?.id ?? '');
  return (
    <div class="stack">
      <div class="columns">
        {(
          [
            [t.one, one],
            [t.other, other],
          ] as const
        ).map(([label, chosen]) => (
          <label key={label} class="field">
            <span>{label}</span>
            <select
              value={chosen.value}
              onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
            >
              {models.map(({ id, number }) => (
                <option key={id} value={id}>
                  {t.model(number)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {one.value !== other.value && <Both one={one.value} other={other.value} />}
    </div>
  );
}

function Both({ one, other }: { one: string; other: string }) {
  const t = modelTexts();
  const loaded = useLoaded(
    () => request<ModelComparison>('/api/model-comparison', { query: { one, other } }),
    [one, other],
  );
  const compared = loaded.value.value;
  if (!compared) return <Waiting loaded={loaded} />;
  const sides = [compared.one, compared.other];
  const { measuredTogether, sameQuestions } = compared;
  return (
    <div class="stack">
      <p class={`notice ${sameQuestions ? '' : 'warn'}`}>
        {measuredTogether !== undefined
          ? t.together(measuredTogether)
          : sameQuestions
            ? t.same
            : t.notComparable}
      </p>
      <div class="table-box" role="group" aria-label={t.compare} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {sides.map(({ model }) => (
                <th key={model.id}>{t.model(model.number)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{t.rows(name)}</th>
                {sides.map((side) => (
                  <td key={side.model.id}>{value(side) ?? t.none}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sides.map((side) => (
        <Measured key={side.model.id} side={side} />
      ))}
    </div>
  );
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
  return uploadedFile === undefined ? trainingTexts().origins(from) : modelTexts().uploadedFrom(uploadedFile);
}

function numbered(number: number | undefined): string | undefined {
  return number === undefined ? undefined : modelTexts().model(number);
}

function Measured({ side: { model, run } }: { side: Side }) {
  const t = modelTexts();
  const gate = gateOf(run?.metrics);
  if (!run || !gate) return null;
  const champion = run.metrics?.['championNumber'];
  return (
    <section class="stack" aria-label={t.model(model.number)}>
      <h4>
        {t.model(model.number)}: {t.theirFigures}
      </h4>
      <Verdict metrics={run.metrics ?? {}} />
      <GateReport gate={gate} run={run.id} champion={typeof champion === 'number' ? champion : undefined} />
    </section>
  );
}
