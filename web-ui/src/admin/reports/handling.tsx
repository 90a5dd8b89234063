import { count, labelled, sentences } from '../../shared/language';
import type { Report } from '../rest';
import { fewestAnswers } from './acceptance';
import { Chart } from './chart';
import { dayName, waited } from './figures';
import { handlingTexts } from './handling-texts';
import type { Choice } from './period';
import { reportTexts } from './reports-texts';
import { Table } from './table';

/** Conversations that began, and how long it took until they were answered and resolved. */
export function Handling({ report, choice }: { report: Report; choice: Choice }) {
  const t = handlingTexts();
  const { begun, firstResponses, resolutions, overTime } = report.handling;
  const { median: first, p90: firstP90 } = firstResponses;
  const time = (seconds: number | undefined) => (seconds === undefined ? '–' : waited(seconds));
  const isFew = [firstResponses, resolutions].some(
    ({ count: number }) => number > 0 && number < fewestAnswers,
  );
  const said = sentences(
    first === undefined || firstP90 === undefined
      ? undefined
      : t.times({ first: waited(first), firstP90: waited(firstP90) }),
    resolutions.median === undefined
      ? undefined
      : t.resolved({ number: resolutions.count, median: waited(resolutions.median) }),
    isFew ? t.few : undefined,
  );
  return (
    <section class="card stack">
      <h2>{t.title}</h2>
      <p class="finding">{begun === 0 ? t.noneBegun : t.begun({ number: begun })}</p>
      {said && <p>{said}</p>}
      <p class="hint">{t.hint}</p>
      {begun > 0 && (
        <Chart
          label={t.chart}
          days={overTime.map(({ start }) => start)}
          format={count}
          lines={[{ name: t.conversations, values: overTime.map((day) => day.begun) }]}
        />
      )}
      <Table
        title={labelled(reportTexts().asTable, t.title)}
        table="handling"
        choice={choice}
        columns={[
          { name: report.unit === 'week' ? t.week : t.day },
          ...[
            t.conversations,
            t.firstResponses,
            labelled(t.firstResponses, t.median),
            labelled(t.firstResponses, t.p90),
            t.resolutions,
            labelled(t.resolutions, t.median),
            labelled(t.resolutions, t.p90),
          ].map((name) => ({ name, number: true })),
        ]}
        rows={overTime.map((day) => ({
          key: day.start,
          cells: [
            dayName(day.start),
            count(day.begun),
            count(day.firstResponses.count),
            time(day.firstResponses.median),
            time(day.firstResponses.p90),
            count(day.resolutions.count),
            time(day.resolutions.median),
            time(day.resolutions.p90),
          ],
        }))}
      />
    </section>
  );
}
