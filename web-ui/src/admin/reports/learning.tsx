import { count, labelled, percent, sentences } from '../../shared/language';
import type { Report } from '../rest';
import { Chart } from './chart';
import { dayName, ratio, signedPoints } from './figures';
import type { Choice } from './period';
import { reportTexts } from './reports-texts';
import { Table } from './table';

export function Coverage({ report, choice }: { report: Report; choice: Choice }) {
  const t = reportTexts();
  const { total, coverage } = report;
  return (
    <section class="card stack">
      <h2>{t.coverage}</h2>
      {coverage.published === 0 && <p class="finding">{t.noPublished}</p>}
      {total.answers > 0 && (
        <p class="finding">
          {t.coverageSentence({
            share: percent(1 - total.own / total.answers),
            answers: count(total.answers),
          })}
        </p>
      )}
      {coverage.published > 0 && (
        <p>
          {sentences(
            t.usedReplies({ used: count(coverage.used), published: count(coverage.published) }),
            t.silence({
              share: percent(ratio(total.silent, total.questions) ?? 0),
              questions: count(total.questions),
            }),
          )}{' '}
          <a href="#/unanswered">{t.unansweredLink}</a>
        </p>
      )}
      <Table
        title={t.unused({ number: count(coverage.published - coverage.used) })}
        table="unused-replies"
        choice={choice}
        columns={[{ name: t.reply }, { name: t.category }]}
        rows={coverage.unused.map(({ id, title, category }) => ({
          key: id,
          cells: [<a href={`#/knowledge/${id}`}>{title}</a>, category ?? ''],
        }))}
      />
    </section>
  );
}

export function LearningBrought({ report, choice }: { report: Report; choice: Choice }) {
  const t = reportTexts();
  const { learning, overTime } = report;
  const { first, among } = learning;
  const days = new Map(learning.overTime.map((row) => [row.start, row]));
  const waiting = learning.comparing ? (
    learning.waiting > 0 && <p class="hint">{t.waiting({ number: count(learning.waiting) })}</p>
  ) : (
    <p class="hint">{t.notComparing}</p>
  );
  if (!first || !among) {
    return (
      <section class="card stack">
        <h2>{t.learningTitle}</h2>
        {learning.comparing && <p class="finding">{t.noLearning}</p>}
        {waiting}
      </section>
    );
  }
  const difference =
    first.low === undefined || first.high === undefined
      ? ''
      : t.points({ points: signedPoints(first.with - first.without) }) +
        t.range({ low: signedPoints(first.low), high: signedPoints(first.high) });
  const said = t.learningSentence({
    now: percent(first.with),
    before: percent(first.without),
    answers: count(learning.count),
  });
  const end = said.includes('，') ? '。' : '.';
  return (
    <section class="card stack">
      <h2>{t.learningTitle}</h2>
      <p class="finding">{(difference ? labelled(said, difference) : said) + end}</p>
      <p>
        {sentences(
          t.amongSentence({ now: percent(among.with), before: percent(among.without) }),
          first.low === undefined ? t.few : undefined,
        )}
      </p>
      <p class="hint">{t.learningHint}</p>
      {waiting}
      <Chart
        label={t.chartOfLearning}
        days={overTime.map(({ start }) => start)}
        format={(value) => percent(value)}
        lines={[
          {
            name: t.withLearning,
            values: overTime.map(({ start }) => {
              const row = days.get(start);
              return row ? ratio(row.first, row.count) : null;
            }),
          },
          {
            name: t.withoutLearning,
            values: overTime.map(({ start }) => {
              const row = days.get(start);
              return row ? ratio(row.firstBefore, row.count) : null;
            }),
          },
        ]}
      />
      <Table
        title={labelled(t.asTable, t.learningTitle)}
        table="learning"
        choice={choice}
        columns={[
          { name: report.unit === 'week' ? t.week : t.day },
          ...[t.answers, t.firstNow, t.firstBefore, t.amongNow, t.amongBefore].map((name) => ({
            name,
            number: true,
          })),
        ]}
        rows={learning.overTime.map((row) => ({
          key: row.start,
          cells: [
            dayName(row.start),
            ...[row.count, row.first, row.firstBefore, row.among, row.amongBefore].map(count),
          ],
        }))}
      />
    </section>
  );
}
