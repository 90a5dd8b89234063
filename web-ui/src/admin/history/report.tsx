import {
  count,
  dateAndTime,
  duration,
  languageName,
  listed,
  supported,
  withCommas,
} from '../../shared/language';
import { named } from '../../shared/messages';
import type { HistoryImport, HistoryReport } from '../rest';
import { blanksTexts, unusedTexts } from './blanks-texts';
import { historyTexts, kindsTexts, reasonsTexts, stepsTexts } from './history-texts';

/** Reasons for which messages of agents are in no draft; the others are about what was not taken at all. */
const ofAgents = new Set<string>(['too-many-wordings', ...Object.keys(unusedTexts())]);

/** What was found in a file. */
export function Report({ report }: { report: HistoryReport }) {
  const t = historyTexts();
  const reasons: Record<string, string> = { ...reasonsTexts(), ...unusedTexts() };
  // Imports of older versions do not say of all messages what became of them.
  const left = report.leftOut
    .filter(({ why }) => ofAgents.has(why))
    .reduce((sum, { count: number }) => sum + number, 0);
  const kinds = kindsTexts();
  const figures: [string, string][] = [
    [t.conversations, count(report.conversations)],
    [t.messages, count(report.messages)],
    [t.ofAgents, count(report.agentMessages)],
    [
      t.languages,
      listed(
        Object.entries(report.languages).map(
          ([language, number]) => `${languageName(supported(language) ?? 'en')} (${count(number)})`,
        ),
      ),
    ],
  ];
  if (report.from && report.to) {
    figures.push([t.period, t.from({ from: dateAndTime(report.from), to: dateAndTime(report.to) })]);
  }
  if (report.byOthers > 0) figures.push([t.byOthers, count(report.byOthers)]);
  const masks = Object.entries(report.masked).map(
    ([kind, number]) => named(kinds, kind)?.({ number }) ?? `${count(number)} ${kind}`,
  );
  figures.push(
    [t.masked, masks.length > 0 ? listed(masks) : t.nothingMasked],
    [
      t.matched,
      report.matched === 0
        ? count(0)
        : t.matchedOf({ messages: count(report.matched), replies: report.matchedReplies }),
    ],
    [
      t.drafts,
      report.drafts === 0
        ? count(0)
        : t.draftsFrom({ drafts: count(report.drafts), messages: report.inDrafts }),
    ],
  );
  return (
    <>
      <dl class="history-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.byWordsOnly && <p class="notice warn">{t.byWordsOnly}</p>}
      {report.leftOut.length > 0 && (
        <div class="table-box" tabIndex={0}>
          <table>
            <caption>{t.leftOut}</caption>
            <thead>
              <tr>
                <th>{t.why}</th>
                <th class="number">{t.number}</th>
                <th>{t.lines}</th>
              </tr>
            </thead>
            <tbody>
              {report.leftOut.map(({ why, count: number, lines }) => (
                <tr key={why}>
                  <th scope="row">{reasons[why]}</th>
                  <td class="number">{count(number)}</td>
                  <td>
                    {withCommas(lines.map(count)) + (number > lines.length && lines.length > 0 ? ' …' : '')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {left + report.matched + report.inDrafts === report.agentMessages && (
        <p class="hint">
          {blanksTexts().adds({
            all: count(report.agentMessages),
            matched: count(report.matched),
            inDrafts: count(report.inDrafts),
            left: count(left),
          })}
        </p>
      )}
    </>
  );
}

/** How far the work on an import is. */
export function ImportProgress({ progress }: { progress: NonNullable<HistoryImport['progress']> }) {
  const t = historyTexts();
  const { step, done, total, secondsLeft } = progress;
  const steps: Record<string, string | undefined> = stepsTexts();
  const told = steps[step] ?? t.waits;
  const left = secondsLeft === undefined ? '' : t.left({ time: duration(secondsLeft) });
  return (
    <div class="stack">
      <span>
        {told} {left}
      </span>
      <progress aria-label={told} value={total > 0 ? done : undefined} max={total > 0 ? total : undefined} />
    </div>
  );
}
