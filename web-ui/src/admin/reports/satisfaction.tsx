import { count, labelled, locale, percent, sentences } from '../../shared/language';
import type { Report, ReportScores } from '../rest';
import { fewestAnswers } from './acceptance';
import { Chart } from './chart';
import { dayName, ratio } from './figures';
import type { Choice } from './period';
import { reportTexts } from './reports-texts';
import { satisfactionTexts } from './satisfaction-texts';
import { Table, type Column } from './table';

function mean(value: number | undefined): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return value === undefined ? '–' : new Intl.NumberFormat(locale(), digits).format(value);
}

function columns(): Column[] {
  const t = satisfactionTexts();
  return [t.ratings, t.satisfied, t.dissatisfied, t.mean].map((name) => ({ name, number: true }));
}

function cells(scores: ReportScores): string[] {
  return [...[scores.count, scores.satisfied, scores.dissatisfied].map(count), mean(scores.mean)];
}

/** How customers found their conversations. */
export function Satisfaction({ report, choice }: { report: Report; choice: Choice }) {
  const t = satisfactionTexts();
  const { total, overTime, agents } = report.satisfaction;
  const share = ratio(total.satisfied, total.count);
  return (
    <section class="card stack">
      <h2>{t.satisfaction}</h2>
      <p class="finding">
        {share === null
          ? t.none
          : t.found({ share: percent(share), ratings: count(total.count), mean: mean(total.mean) })}
      </p>
      <p class="hint">
        {sentences(total.count > 0 && total.count < fewestAnswers ? t.few : undefined, t.hint)}
      </p>
      {total.count > 0 && (
        <Chart
          label={t.chart}
          days={overTime.map(({ start }) => start)}
          format={(value) => percent(value)}
          lines={[
            { name: t.share, values: overTime.map(({ scores }) => ratio(scores.satisfied, scores.count)) },
          ]}
        />
      )}
      <Table
        title={labelled(reportTexts().asTable, t.satisfaction)}
        table="satisfaction"
        choice={choice}
        columns={[{ name: report.unit === 'week' ? t.week : t.day }, ...columns()]}
        rows={overTime.map(({ start, scores }) => ({
          key: start,
          cells: [dayName(start), ...cells(scores)],
        }))}
      />
      {report.byAgent && (
        <Table
          title={t.byAgent}
          table="satisfaction-by-agent"
          choice={choice}
          columns={[{ name: t.agent }, ...columns()]}
          rows={agents.map(({ id, name, scores }) => ({ key: id, cells: [name, ...cells(scores)] }))}
        />
      )}
    </section>
  );
}
