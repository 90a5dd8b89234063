import { count } from '../../shared/language';
import type { Report } from '../rest';
import { countCells, countColumns } from './acceptance';
import type { Choice } from './period';
import { reportTexts } from './reports-texts';
import { Table } from './table';

const mostReplies = 200;

/** By reply, category, agent and model. */
export function Parts({ report, choice }: { report: Report; choice: Choice }) {
  const t = reportTexts();
  const { replies, categories, agents, models } = report;
  const best = replies[0];
  const used = best ? best.sent + best.edited + best.lookedUp : 0;
  return (
    <section class="card stack">
      <h2>{t.parts}</h2>
      <p class="finding">{best && used > 0 ? t.mostUsed({ title: best.title, times: used }) : t.noReplies}</p>
      <Table
        title={t.byReply}
        table="replies"
        choice={choice}
        columns={[
          { name: t.reply },
          { name: t.category },
          ...[t.suggested, t.sent, t.edited, t.lookedUp, t.rejected].map((name) => ({ name, number: true })),
        ]}
        rows={replies.map(({ id, title, category, suggested, sent, edited, lookedUp, rejected }) => ({
          key: id,
          cells: [
            <a href={`#/knowledge/${id}`}>{title}</a>,
            category ?? '',
            ...[suggested, sent, edited, lookedUp, rejected].map(count),
          ],
        }))}
      >
        {replies.length === mostReplies && <p class="hint">{t.manyMore({ shown: count(mostReplies) })}</p>}
      </Table>
      <Table
        title={t.byCategory}
        table="categories"
        choice={choice}
        columns={[
          { name: t.category },
          // No share: own texts have no category, so that nearly all answers of each would be taken.
          ...[t.answers, t.sent, t.edited, t.lookedUp].map((name) => ({ name, number: true })),
        ]}
        rows={categories.map(({ name, counts }) => ({
          key: name ?? '',
          cells: [
            name ?? t.noCategory,
            ...[counts.answers, counts.sent, counts.edited, counts.lookedUp].map(count),
          ],
        }))}
      />
      {report.byAgent && (
        <Table
          title={t.byAgent}
          table="agents"
          choice={choice}
          columns={[{ name: t.agent }, ...countColumns()]}
          rows={agents.map(({ id, name, counts }) => ({ key: id, cells: [name, ...countCells(counts)] }))}
        >
          <p class="hint">{t.agentsHint}</p>
        </Table>
      )}
      <Table
        title={t.byModel}
        table="models"
        choice={choice}
        columns={[{ name: t.model }, ...countColumns()]}
        rows={models.map(({ model, counts }) => ({
          key: String(model),
          cells: [model === 0 ? t.firstStage : count(model), ...countCells(counts)],
        }))}
      />
    </section>
  );
}
