import { useSignal } from '@preact/signals';
import { count, withCommas } from '../../shared/language';
import { fieldName, reasonText } from './import-reasons';
import { actions, type ImportReport, type Result } from './import-report';
import { knowledgeTexts } from './knowledge-texts';

const step = 100;
type Choice = 'all' | 'notes' | (typeof actions)[number];

/** What would become of the lines, or became of them, and why. */
export function ImportOutcome({ report }: { report: ImportReport }) {
  const t = knowledgeTexts();
  const withNotes = report.results.filter(({ notes }) => notes?.length).length;
  const first: Choice = report.invalid > 0 ? 'invalid' : withNotes > 0 ? 'notes' : 'all';
  const choice = useSignal<Choice | undefined>(undefined);
  const shown = useSignal(step);
  const chosen = choice.value ?? first;
  const found = report.results.filter((result) => fits(result, chosen));
  const options: [Choice, string, number][] = [
    ['all', t.all, report.lines],
    ...actions.map((name): [Choice, string, number] => [name, t[name], report[name]]),
    ['notes', t.toLookAt, withNotes],
  ];
  return (
    <section class="stack" aria-label={t.result}>
      <label class="field">
        <span>{t.show}</span>
        <select
          value={chosen}
          onChange={({ currentTarget: { value } }) => {
            choice.value = value as Choice;
            shown.value = step;
          }}
        >
          {options
            .filter(([name, , number]) => number > 0 || name === chosen)
            .map(([name, text, number]) => (
              <option key={name} value={name}>
                {`${text} (${count(number)})`}
              </option>
            ))}
        </select>
      </label>
      <div class="table-box" role="group" aria-label={t.result} tabIndex={0}>
        <table class="outcome">
          <caption>{t.result}</caption>
          <thead>
            <tr>
              <th class="number" scope="col">
                {t.line}
              </th>
              <th scope="col">{t.what}</th>
              <th scope="col">{t.reply}</th>
              <th scope="col">{t.message}</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown.value).map((result, index) => (
              <Line key={index} result={result} />
            ))}
          </tbody>
        </table>
      </div>
      {found.length > shown.value && (
        <div class="row">
          <button type="button" class="button" onClick={() => (shown.value += step)}>
            {t.showMore(shown.value, found.length)}
          </button>
        </div>
      )}
    </section>
  );
}

function fits({ action, notes }: Result, choice: Choice): boolean {
  return choice === 'all' || (choice === 'notes' ? (notes?.length ?? 0) > 0 : action === choice);
}

const tones = { created: 'good', updated: 'accent', merged: 'accent', unchanged: '', invalid: 'bad' };

function Line({ result }: { result: Result }) {
  const t = knowledgeTexts();
  const { line, action, title, text, label, changed = [], reasons = [], notes = [] } = result;
  return (
    <tr>
      <td class="number" data-label={t.line}>
        {line}
      </td>
      <td>
        <span class={`tag ${tones[action]}`}>{t[action]}</span>
        {changed.length > 0 && <div class="hint">{withCommas(changed.map(fieldName))}</div>}
      </td>
      <td dir="auto">
        <strong>{title ?? label}</strong>
        {text && <div class="cell">{text}</div>}
      </td>
      <td class="reason">
        {[...reasons, ...notes].map((reason) => (
          <div key={reason.code + reason.message}>{reasonText(reason)}</div>
        ))}
      </td>
    </tr>
  );
}
