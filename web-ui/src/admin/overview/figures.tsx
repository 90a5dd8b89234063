import { count, day, percent } from '../../shared/language';
import { ratio, waited } from '../reports/figures';
import { toAddress } from '../reports/period';
import type { OverviewFigures, OverviewModel, ReportCounts, ReportFigures } from '../rest';
import { gateTexts } from '../training/gate-texts';
import { overviewTexts } from './overview-texts';
import { Tile } from './tile';
import { Trend } from './trend';

/** One figure of a period, and the same of each of its days. */
interface Telling {
  name: string;
  whole: (figures: ReportFigures) => number | null;
  days: (figures: ReportFigures) => (number | null)[];
  format: (value: number) => string;
  note?: (figures: ReportFigures) => string | undefined;
}

const known = (value: number | undefined): number | null => value ?? null;

function ofConversations(): Telling[] {
  const t = overviewTexts();
  return [
    {
      name: t.begun,
      whole: ({ handling }) => handling.begun,
      days: ({ handling }) => handling.overTime.map(({ begun }) => begun),
      format: count,
    },
    {
      name: t.firstResponse,
      whole: ({ handling }) => known(handling.firstResponses.median),
      days: ({ handling }) => handling.overTime.map(({ firstResponses }) => known(firstResponses.median)),
      format: waited,
      note: ({ handling: { firstResponses } }) =>
        firstResponses.p90 === undefined ? undefined : t.nineOfTen({ time: waited(firstResponses.p90) }),
    },
    {
      name: t.resolution,
      whole: ({ handling }) => known(handling.resolutions.median),
      days: ({ handling }) => handling.overTime.map(({ resolutions }) => known(resolutions.median)),
      format: waited,
      note: ({ handling }) =>
        handling.resolutions.count === 0 ? undefined : t.resolved({ number: handling.resolutions.count }),
    },
    {
      name: t.satisfied,
      whole: ({ satisfaction: { total } }) => ratio(total.satisfied, total.count),
      days: ({ satisfaction }) =>
        satisfaction.overTime.map(({ scores }) => ratio(scores.satisfied, scores.count)),
      format: percent,
      note: ({ satisfaction: { total } }) =>
        total.count === 0 ? undefined : t.ratings({ number: total.count }),
    },
  ];
}

function ofSuggestions(): Telling[] {
  const t = overviewTexts();
  const byDay = (told: (counts: ReportCounts) => number | null) => ({
    whole: ({ total }: ReportFigures) => told(total),
    days: ({ overTime }: ReportFigures) => overTime.map(({ counts }) => told(counts)),
  });
  return [
    {
      name: t.shown,
      ...byDay(({ questions, silent }) => questions - silent),
      format: count,
      note: ({ total }) => (total.questions === 0 ? undefined : t.ofQuestions({ number: total.questions })),
    },
    { name: t.used, ...byDay(({ sent, edited }) => sent + edited), format: count },
    {
      name: t.accepted,
      ...byDay(({ sent, edited, answers }) => ratio(sent + edited, answers)),
      format: percent,
      note: ({ total }) => (total.answers === 0 ? undefined : t.ofAnswers({ number: total.answers })),
    },
    {
      name: t.quiet,
      ...byDay(({ silent, questions }) => ratio(silent, questions)),
      format: percent,
    },
  ];
}

function Told({ told, figures }: { told: Telling; figures: OverviewFigures }) {
  const t = overviewTexts();
  const { now, before, from, to } = figures.report;
  const say = (value: number | null) => (value === null ? '–' : told.format(value));
  return (
    <Tile
      name={told.name}
      value={say(told.whole(now))}
      href={toAddress({ from, to, language: '', category: '', agent: '' })}
      notes={[told.note?.(now), t.before({ value: say(told.whole(before)) })]}
    >
      <Trend now={told.days(now)} before={told.days(before)} />
    </Tile>
  );
}

function ModelTile({ model }: { model: OverviewModel }) {
  const t = overviewTexts();
  const { verdict } = model;
  return (
    <Tile
      name={t.model}
      value={t.modelNumber({ number: count(model.number) })}
      href="#/training"
      notes={[
        t.since({ day: day(model.since) }),
        verdict &&
          t.verdict({
            run: count(verdict.run),
            day: day(verdict.at),
            verdict: gateTexts().verdicts(verdict.verdict),
          }),
      ]}
    />
  );
}

function isEmpty({ total, handling, satisfaction }: ReportFigures): boolean {
  return total.questions === 0 && handling.begun === 0 && satisfaction.total.count === 0;
}

/** The last days beside those before. */
export function Figures({ figures }: { figures: OverviewFigures }) {
  const t = overviewTexts();
  const { report, model } = figures;
  const nothing = isEmpty(report.now) && isEmpty(report.before);
  return (
    <>
      {nothing ? (
        <p class="card">{t.nothingYet}</p>
      ) : (
        <ul class="tiles">
          {ofConversations().map((told) => (
            <Told key={told.name} told={told} figures={figures} />
          ))}
        </ul>
      )}
      {(!nothing || model) && (
        <>
          <h3>{t.learning}</h3>
          <ul class="tiles">
            {!nothing &&
              ofSuggestions().map((told) => <Told key={told.name} told={told} figures={figures} />)}
            {model && <ModelTile model={model} />}
          </ul>
        </>
      )}
      <p class="hint">{t.zone({ zone: report.timeZone })}</p>
    </>
  );
}
