import { language } from '../../shared/language';
import type { Metrics } from '../rest';
import { gateOf, GateReport } from './gate';
import { FigureMeanings } from './figure-meanings';
import { gateTexts } from './gate-texts';
import { metricTexts } from './metric-texts';
import { trainingTexts } from './training-texts';

type Figures = Record<string, number>;

function numbers(metrics: unknown): Figures {
  if (typeof metrics !== 'object' || metrics === null) return {};
  return Object.fromEntries(
    Object.entries(metrics).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** The figures that say most about a ranking; storage does not keep an order. */
const telling = [
  'finalMrr',
  'finalRecall@1',
  'mrr',
  'recall@1',
  'recall@3',
  'auc',
  'accuracy',
  'f1',
  'finalEce',
  'ece',
];

export function byWeight(one: string, other: string): number {
  const place = (name: string) => (telling.includes(name) ? telling.indexOf(name) : telling.length);
  return place(one) - place(other) || one.localeCompare(other);
}

/** Lower is better for these; for all others higher is. */
const costs = /loss|error|ece|brier/i;
/** Neither good nor bad. */
const neutral = /temperature|count|size|step|pairs|examples|groups|seconds|p-?value/i;

export function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

/** The serving model and the new one side by side. */
export function Comparison({ metrics, run }: { metrics: Metrics; run: string }) {
  const gate = gateOf(metrics);
  if (!gate) return <Figures metrics={metrics} />;
  const number = (name: string) => (typeof metrics[name] === 'number' ? metrics[name] : undefined);
  return (
    <>
      <Verdict metrics={metrics} />
      <GateReport
        gate={gate}
        run={run}
        champion={number('championNumber')}
        challenger={number('challengerNumber')}
      />
      <details>
        <summary>{gateTexts().expert}</summary>
        <Figures metrics={{ ...metrics, verdictText: null }} />
      </details>
    </>
  );
}

function Figures({ metrics }: { metrics: Metrics }) {
  const t = trainingTexts();
  const champion = numbers(metrics['champion'] ?? metrics['base']);
  const challenger = numbers(metrics['challenger'] ?? metrics['new'] ?? metrics);
  const names = Object.keys(challenger).sort(byWeight);
  if (names.length === 0) return null;
  const compare = Object.keys(champion).length > 0;
  // Of models that there were, neither is new.
  const { championNumber, challengerNumber } = metrics;
  const [before, after] =
    typeof challengerNumber === 'number' && typeof championNumber === 'number'
      ? [t.model({ number: championNumber }), t.model({ number: challengerNumber })]
      : [t.champion, t.challenger];
  return (
    <>
      <Verdict metrics={metrics} />
      <div class="table-box" role="group" aria-label={t.comparison} tabIndex={0}>
        <table>
          {compare && <caption>{t.comparison}</caption>}
          <thead>
            <tr>
              <th>{t.figure}</th>
              {compare && <th class="number">{before}</th>}
              <th class="number">{after}</th>
              {compare && <th class="number">{t.difference}</th>}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const was = champion[name];
              const is = challenger[name] ?? 0;
              return (
                <tr key={name}>
                  <th scope="row" title={metricTexts().says(name) || undefined}>
                    {metricTexts().named(name)}
                    {metricTexts().named(name) !== name && (
                      <small class="hint" lang="en">
                        {' '}
                        {name}
                      </small>
                    )}
                  </th>
                  {compare && <td class="number">{was === undefined ? t.notYet : format(was)}</td>}
                  <td class="number">{format(is)}</td>
                  {compare && (
                    <td class="number">{was !== undefined && <Difference name={name} by={is - was} />}</td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <FigureMeanings names={names} />
    </>
  );
}

/** How a model did against the one that served then; nothing where they have not been compared. */
export function Verdict({ metrics }: { metrics: Metrics }) {
  const text = verdictText(metrics);
  return text ? <p class={`notice ${verdictTone(metrics)}`}>{text}</p> : null;
}

/** The server has compared the two and says it in both languages. */
function verdictText({ verdictText: said }: Metrics): string | undefined {
  const text = typeof said === 'object' ? said?.[language.value] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function verdictTone({ verdict }: Metrics): string {
  const tones: Record<string, string> = { better: 'good', worse: 'bad', mixed: 'warn' };
  return (typeof verdict === 'string' && tones[verdict]) || '';
}

function Difference({ name, by }: { name: string; by: number }) {
  const text = `${by > 0 ? '+' : ''}${format(by)}`;
  if (Math.abs(by) < 0.0005 || neutral.test(name)) return <span>{text}</span>;
  const better = costs.test(name) ? by < 0 : by > 0;
  return <span class={better ? 'better' : 'worse'}>{text}</span>;
}
