import { useSignal } from '@preact/signals';
import { count, percent } from '../../shared/language';
import { FigureMeanings } from './figure-meanings';
import { FlippedCases } from './flipped';
import { gateTexts } from './gate-texts';
import { metricTexts } from './metric-texts';

/** As io.replyloop.training.worker.GateReport writes it. */
export interface Gate {
  questions: number;
  conversations: number;
  /** How many it takes to tell a difference from chance; runs of older releases do not say it. */
  questionsNeeded?: number;
  conversationsNeeded?: number;
  sliceQuestionsNeeded?: number;
  sliceConversationsNeeded?: number;
  figures: Figure[];
  slices: Slice[];
  flipped: { better: number; worse: number };
}

interface Difference {
  champion: number;
  challenger: number;
  difference: number;
  low: number;
  high: number;
}

type Figure = { name: string } & Pick<Difference, 'champion' | 'challenger'> & Partial<Difference>;

type Slice = Difference & {
  by: string;
  value: string;
  questions: number;
  conversations?: number;
  state: 'fine' | 'worse' | 'too-few';
};

/** Of a run that was measured so; those of older releases were not. */
export function gateOf(metrics: unknown): Gate | undefined {
  const gate = (metrics as { gate?: Partial<Gate> } | undefined)?.gate;
  return Array.isArray(gate?.figures) ? (gate as Gate) : undefined;
}

const shares = new Set(['acceptAt1', 'acceptAt3', 'silent']);
/** Lower is better, or neither is. */
const costs = new Set(['calibration', 'millis']);
const neutral = new Set(['silent']);

/** What is missing for a range, in words; nothing where there is enough. */
function missing(gate: Gate): string {
  const { questionsNeeded = 30, conversationsNeeded = 15 } = gate;
  return gateTexts().needed(questionsNeeded - gate.questions, conversationsNeeded - gate.conversations);
}

function missingOf(slice: Slice, { sliceQuestionsNeeded = 15, sliceConversationsNeeded = 8 }: Gate): string {
  const { questions, conversations = sliceConversationsNeeded } = slice;
  return gateTexts().needed(sliceQuestionsNeeded - questions, sliceConversationsNeeded - conversations);
}

interface GateReportProps {
  gate: Gate;
  run: string;
  /** Number of the model that was compared with, which need not serve any more. */
  champion?: number;
  /** Number of the other, where it was not made by that run. */
  challenger?: number;
}

export function GateReport({ gate, run, champion, challenger }: GateReportProps) {
  const t = gateTexts();
  const before = champion === undefined ? t.champion : t.before(champion);
  const after = challenger === undefined ? t.challenger : t.before(challenger);
  const measuredOn = challenger === undefined ? t.measuredOn : t.measuredHere;
  if (gate.questions === 0) return null;
  const overall = gate.figures.find(({ name }) => name === 'worth');
  const needed = missing(gate);
  return (
    <div class="stack gate">
      <p class="hint">{measuredOn(gate.questions, gate.conversations)}</p>
      <FigureTable caption={t.figures} figures={gate.figures} before={before} after={after} needed={needed} />
      <Slices gate={gate} overall={overall} needed={needed} />
      <Flipped gate={gate} run={run} before={before} after={after} />
    </div>
  );
}

interface FigureTableProps {
  caption: string;
  figures: Figure[];
  before: string;
  after: string;
  /** What is missing to tell a difference from chance; empty where nothing is. */
  needed: string;
}

/** What two models are worth, side by side, with how sure the difference is. */
export function FigureTable({ caption, figures, before, after, needed }: FigureTableProps) {
  const t = gateTexts();
  return (
    <>
      <div class="table-box" role="group" aria-label={caption} tabIndex={0}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <td />
              <th class="number">{before}</th>
              <th class="number">{after}</th>
              <th class="number">{t.difference}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => (
              <tr key={figure.name}>
                <th scope="row" title={metricTexts().says(figure.name) || undefined}>
                  {metricTexts().named(figure.name)}
                </th>
                <td class="number" data-label={before}>
                  {value(figure.name, figure.champion)}
                </td>
                <td class="number" data-label={after}>
                  {value(figure.name, figure.challenger)}
                </td>
                <td class="number" data-label={figure.low === undefined ? undefined : t.difference}>
                  {figure.low !== undefined && needed ? (
                    <span class="hint">{t.tooFew}</span>
                  ) : (
                    <Range figure={figure} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {needed && <p class="hint">{t.toTell(needed)}</p>}
      <FigureMeanings names={figures.map(({ name }) => name)} />
    </>
  );
}

function value(name: string, of: number): string {
  if (name === 'millis') return gateTexts().millis(of.toFixed(of < 10 ? 1 : 0));
  return shares.has(name) ? percent(of) : of.toFixed(2);
}

function signed(name: string, by: number): string {
  const size = shares.has(name) ? percent(Math.abs(by)) : Math.abs(by).toFixed(2);
  const sign = !/[1-9]/.test(size) ? '' : by > 0 ? '+' : '−';
  return sign + size;
}

/** Coloured where the whole range is on one side: all else may be chance. */
function Range({ figure: { name, difference, low, high } }: { figure: Figure }) {
  if (difference === undefined || low === undefined || high === undefined) return null;
  if (low === 0 && high === 0) return <span>{gateTexts().same}</span>;
  const text = gateTexts().range(signed(name, difference), signed(name, low), signed(name, high));
  const sure = !neutral.has(name) && (low > 0 || high < 0);
  const better = costs.has(name) ? high < 0 : low > 0;
  return <span class={sure ? (better ? 'better' : 'worse') : ''}>{text}</span>;
}

/** Of which there are many. */
function isSmallCategory({ by, state }: Slice): boolean {
  return by === 'category' && state === 'too-few';
}

/** 'In other languages' says nothing where there is no Chinese: it is all of the questions. */
function isOnlyLanguage({ by, value }: Slice, all: Slice[]): boolean {
  return by === 'language' && value === 'other' && all.filter((slice) => slice.by === by).length === 1;
}

function Slices({ gate, overall, needed }: { gate: Gate; overall?: Figure; needed: string }) {
  const t = gateTexts();
  const whole = {
    by: '',
    value: '',
    questions: gate.questions,
    conversations: gate.conversations,
    state: needed ? ('too-few' as const) : ('fine' as const),
  };
  const all: Slice[] = [
    ...(overall ? [{ ...(overall as Difference), ...whole }] : []),
    ...gate.slices.filter((slice) => !isSmallCategory(slice) && !isOnlyLanguage(slice, gate.slices)),
  ];
  const left = gate.slices.filter(isSmallCategory).length;
  const reach = Math.max(
    0.1,
    ...all
      .filter(({ state }) => state !== 'too-few')
      .flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]),
  );
  return (
    <div class="table-box" role="group" aria-label={t.slices} tabIndex={0}>
      <table>
        <caption>
          {t.slices}
          {all.some(({ state }) => state !== 'too-few') && <div>{t.slicesHint}</div>}
        </caption>
        <thead>
          <tr>
            <th>{t.kind}</th>
            <th class="number">{t.questions}</th>
            <th>{t.change}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((slice) => (
            <tr key={`${slice.by} ${slice.value}`} class={slice.state === 'too-few' ? 'unused' : ''}>
              <th scope="row">{slice.by ? t.by(slice.by, slice.value) : t.overall}</th>
              <td class="number" data-label={t.questions}>
                {count(slice.questions)}
              </td>
              <td data-label={t.change}>
                {slice.state === 'too-few' ? (
                  tooFew(slice.by ? missingOf(slice, gate) : needed)
                ) : (
                  <>
                    <Interval low={slice.low} high={slice.high} middle={slice.difference} reach={reach} />
                    <Range figure={{ ...slice, name: 'worth' }} />{' '}
                    {slice.state === 'worse' && <span class="tag bad">{t.state(slice.state)}</span>}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p class="hint">{t.smallCategories(left)}</p>}
    </div>
  );
}

function tooFew(needed: string): string {
  return needed ? gateTexts().tooFewOf(needed) : gateTexts().tooFew;
}

/** For the eye alone: the words beside it say the same. */
function Interval({
  low,
  middle,
  high,
  reach,
}: {
  low: number;
  middle: number;
  high: number;
  reach: number;
}) {
  const x = (of: number) => 60 + (of / reach) * 56;
  const tone = low > 0 ? 'better' : high < 0 ? 'worse' : '';
  return (
    <svg class={`interval ${tone}`} viewBox="0 0 120 16" width="120" height="16" aria-hidden="true">
      <line class="zero" x1="60" x2="60" y1="0" y2="16" />
      <line class="reach" x1={x(low)} x2={x(high)} y1="8" y2="8" />
      <circle cx={x(middle)} cy="8" r="3.5" />
    </svg>
  );
}

interface FlippedProps {
  gate: Gate;
  run: string;
  before: string;
  after: string;
}

function Flipped({ gate: { flipped }, run, before, after }: FlippedProps) {
  const t = gateTexts();
  const open = useSignal(false);
  if (flipped.better + flipped.worse === 0) return <p class="hint">{t.noneFlipped}</p>;
  return (
    <details open={open.value} onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary>{t.flipped(flipped.worse, flipped.better)}</summary>
      {open.value && (
        <FlippedCases address={`/api/training/runs/${run}/flipped-cases`} before={before} after={after} />
      )}
    </details>
  );
}
