import { count, labelled, percent, sentences } from '../../shared/language';
import type { Report, ReportCounts } from '../rest';
import { Chart } from './chart';
import { dayName, points, ratio, signedPoints } from './figures';
import type { Choice } from './period';
import { reportTexts } from './reports-texts';
import { Table, type Column } from './table';

/** Fewer tell little; the server gives no interval for them. */
export const fewestAnswers = 30;

export function countColumns(): Column[] {
  const t = reportTexts();
  const names = [t.questions, t.silent, t.answers, t.sent, t.edited, t.lookedUp, t.own, t.rejected, t.share];
  return names.map((name) => ({ name, number: true }));
}

export function countCells(counts: ReportCounts): string[] {
  const taken = ratio(counts.sent + counts.edited, counts.answers);
  return [
    ...[
      counts.questions,
      counts.silent,
      counts.answers,
      counts.sent,
      counts.edited,
      counts.lookedUp,
      counts.own,
      counts.rejected,
    ].map(count),
    taken === null ? '–' : percent(taken),
  ];
}

function takenSentence({ acceptance }: Report): string {
  const t = reportTexts();
  const { count: answers, share, shareBefore, low, high } = acceptance;
  const found = t.taken({ share: percent(share ?? 0), answers: count(answers) });
  const end = t.taken({ share: '', answers: '' }).endsWith('议') ? '。' : '.';
  if (shareBefore === undefined || share === undefined || low === undefined || high === undefined) {
    return found + end;
  }
  const change = share - shareBefore;
  const said =
    Math.round(change * 100) === 0 ? t.same : (change > 0 ? t.more : t.less)({ points: points(change) });
  const comma = end === '。' ? '，' : ', ';
  return found + comma + said + t.range({ low: signedPoints(low), high: signedPoints(high) }) + end;
}

export function Acceptance({ report, choice }: { report: Report; choice: Choice }) {
  const t = reportTexts();
  const { total, acceptance, overTime } = report;
  return (
    <section class="card stack">
      <h2>{t.acceptance}</h2>
      {total.answers === 0 ? (
        <p class="finding">{t.noAnswers({ questions: count(total.questions) })}</p>
      ) : (
        <>
          <p class="finding">{takenSentence(report)}</p>
          <p>
            {sentences(
              acceptance.margin === undefined ? t.few : t.margin({ points: points(acceptance.margin) }),
              t.silence({
                share: percent(ratio(total.silent, total.questions) ?? 0),
                questions: count(total.questions),
              }),
            )}
          </p>
        </>
      )}
      <Chart
        label={t.chartOfTaking}
        days={overTime.map(({ start }) => start)}
        format={(value) => percent(value)}
        lines={[
          {
            name: t.takenShare,
            values: overTime.map(({ counts }) => ratio(counts.sent + counts.edited, counts.answers)),
          },
          {
            name: t.silentShare,
            values: overTime.map(({ counts }) => ratio(counts.silent, counts.questions)),
          },
        ]}
      />
      <Table
        title={labelled(t.asTable, t.acceptance)}
        table="over-time"
        choice={choice}
        columns={[{ name: report.unit === 'week' ? t.week : t.day }, ...countColumns()]}
        rows={overTime.map(({ start, counts }) => ({
          key: start,
          cells: [dayName(start), ...countCells(counts)],
        }))}
      />
    </section>
  );
}
