import type { ComponentChildren } from 'preact';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { saveFile } from '../../shared/save-file';
import type { Choice } from './period';
import { reportTexts } from './reports-texts';

export interface Column {
  name: string;
  number?: boolean;
}

interface TableProps {
  /** What the table is called. */
  title: string;
  /** Its name in the export. */
  table: string;
  choice: Choice;
  columns: Column[];
  /** The first cell of each row is its heading. */
  rows: { key: string; cells: ComponentChildren[] }[];
  children?: ComponentChildren;
}

/** Figures to read and to take along; folded, because most people are content with the sentence. */
export function Table({ title, table, choice, columns, rows, children }: TableProps) {
  const t = reportTexts();
  const { busy, problem, run } = useAct();
  const save = () => run(() => saveFile('/api/reports/export', { ...choice, table }, `report-${table}.csv`));
  return (
    <details class="report-table">
      <summary>{title}</summary>
      <div class="table-box" tabIndex={0} role="region" aria-label={title}>
        <table>
          <caption class="out-of-sight">{title}</caption>
          <thead>
            <tr>
              {columns.map(({ name, number }) => (
                <th key={name} scope="col" class={number ? 'number' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, index) =>
                  index === 0 ? (
                    <th key={columns[index]?.name} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={columns[index]?.name} class={columns[index]?.number ? 'number' : undefined}>
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {children}
      <div class="row">
        <button
          type="button"
          class="button small"
          aria-label={t.exportOf({ table: title })}
          disabled={busy.value}
          onClick={() => void save()}
        >
          {t.export}
        </button>
      </div>
      <ProblemNotice text={problem.value} />
    </details>
  );
}
