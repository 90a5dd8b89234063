import { count, labelled, language } from '../../shared/language';
import type { Report, ReportResponse } from '../rest';
import { fewestAnswers } from './acceptance';
import { Chart } from './chart';
import { waited } from './figures';
import type { Choice } from './period';
import { reportTexts } from './reports-texts';
import { Table } from './table';

const kinds = ['taken', 'none', 'passed'] as const;

function kindName(kind: string): string {
  const t = reportTexts();
  if (kind === 'taken') return t.kindTaken;
  return kind === 'passed' ? t.kindPassed : t.kindNone;
}

function sentence(responses: ReportResponse[]): string {
  const t = reportTexts();
  const all = responses.filter(({ first }) => !first);
  if (all.length === 0) return t.noTimes;
  const telling = all.filter(({ count: number }) => number >= fewestAnswers);
  const taken = telling.find(({ kind }) => kind === 'taken');
  const none = telling.find(({ kind }) => kind === 'none');
  if (taken && none) return t.timesSentence({ taken: waited(taken.median), none: waited(none.median) });
  const [most] = telling.sort((one, other) => other.count - one.count);
  return most
    ? t.timesOfOne({ kind: kindName(most.kind), median: waited(most.median) })
    : t.fewTimes({ fewest: count(fewestAnswers) });
}

/** How long customers waited, with and without a suggestion. */
export function Times({ report, choice }: { report: Report; choice: Choice }) {
  const t = reportTexts();
  const { responses, responsesOverTime, overTime } = report;
  const minutes = new Intl.NumberFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
  return (
    <section class="card stack">
      <h2>{t.times}</h2>
      <p class="finding">{sentence(responses)}</p>
      {responses.length > 0 && (
        <>
          <p class="hint">{t.timesHint}</p>
          <Chart
            label={t.chartOfTimes}
            days={overTime.map(({ start }) => start)}
            format={(value) => minutes.format(value)}
            lines={kinds.map((kind) => ({
              name: kindName(kind),
              values: overTime.map(({ start }) => {
                const found = responsesOverTime.find((row) => row.start === start && row.kind === kind);
                return found ? found.median / 60 : null;
              }),
            }))}
          />
        </>
      )}
      <Table
        title={labelled(t.asTable, t.times)}
        table="responses"
        choice={choice}
        columns={[
          { name: t.kind },
          { name: t.times },
          ...[t.count, t.median, t.p90].map((name) => ({ name, number: true })),
        ]}
        rows={responses.map(({ kind, first, count: number, median, p90 }) => ({
          key: `${kind} ${String(first)}`,
          cells: [
            kindName(kind),
            first ? t.firstResponses : t.everyResponse,
            count(number),
            waited(median),
            waited(p90),
          ],
        }))}
      />
    </section>
  );
}
