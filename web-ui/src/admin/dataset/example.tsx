import { count, dateAndTime, day, labelled, shortTime, withCommas } from '../../shared/language';
import type { Example } from '../rest';
import type { Acts } from './acting';
import { datasetTexts, originTexts, outcomeTexts, sideTexts } from './dataset-texts';
import { History } from './history';
import { selectionTexts } from './selection-texts';

interface ExampleCardProps {
  example: Example;
  acts: Acts;
  selected?: boolean;
  /** Absent where nothing is selected. */
  select?: (selected: boolean) => void;
  /** To what can be done with all that are selected. */
  toSelection?: () => void;
  onlyReply?: () => void;
}

export function ExampleCard(props: ExampleCardProps) {
  const { example, acts, selected, select, toSelection, onlyReply } = props;
  const showsHistory = acts.history === example.id;
  const t = datasetTexts();
  const id = String(example.id);
  const name = t.example(id);
  const fits = example.label >= 0.5;
  const named = (what: string) => labelled(what, name);
  return (
    <li class={`card stack example${example.excluded ? ' left-out' : ''}`} aria-label={name}>
      <div class="row">
        {select ? (
          <label class="row">
            <input
              type="checkbox"
              checked={selected}
              aria-label={t.select(id)}
              onChange={({ currentTarget: { checked } }) => select(checked)}
            />
            <span class="hint">{name}</span>
          </label>
        ) : (
          <span class="hint">{name}</span>
        )}
        {selected && toSelection && (
          <button type="button" class="button small to-selection" onClick={toSelection}>
            {selectionTexts().toBar}
          </button>
        )}
        <span class={`tag ${fits ? 'good' : 'bad'}`}>{fits ? t.fits : t.doesNotFit}</span>
        {example.originalLabel !== undefined && (
          <span class="tag accent">
            {t.wasLabelled(example.originalLabel >= 0.5 ? t.fits : t.doesNotFit)}
          </span>
        )}
        {example.excluded && <span class="tag warn">{t.excluded}</span>}
        {example.origin === 'history' && <span class="tag">{t.fromHistory}</span>}
        {isContrast(example) && <span class="tag">{t.contrast}</span>}
      </div>
      {isContrast(example) && <p class="hint">{t.contrastHint}</p>}
      {isHistoryContrast(example) && <p class="hint">{t.historyContrast}</p>}
      <Question query={example.query} />
      <div class="stack example-reply">
        <h3>
          {t.reply}
          {example.replyId === undefined && example.origin !== 'history' && (
            <span class="hint"> · {t.ownWords}</span>
          )}
          {example.replyVersion !== undefined && (
            <span class="hint"> · {t.versionOf(String(example.replyVersion))}</span>
          )}
        </h3>
        <blockquote class="quote" dir="auto">
          {example.reply}
        </blockquote>
      </div>
      <Provenance example={example} />
      {example.comment !== undefined && (
        <p class="notice" dir="auto">
          {example.comment}
        </p>
      )}
      <div class="row">
        <div class="row verdict" role="group" aria-label={named(t.verdict)}>
          <button
            type="button"
            class="button small"
            aria-pressed={fits}
            disabled={acts.busy}
            onClick={() => acts.label(example, 'fits')}
          >
            {t.fits}
          </button>
          <button
            type="button"
            class="button small"
            aria-pressed={!fits}
            disabled={acts.busy}
            onClick={() => acts.label(example, 'does-not-fit')}
          >
            {t.doesNotFit}
          </button>
        </div>
        <button
          type="button"
          class="button small"
          aria-label={named(t.anotherReply)}
          disabled={acts.busy}
          onClick={() => acts.another(example)}
        >
          {t.anotherReply}
        </button>
        <button
          type="button"
          class="button small"
          aria-label={named(example.excluded ? t.include : t.exclude)}
          disabled={acts.busy}
          onClick={() => acts.exclude(example)}
        >
          {example.excluded ? t.include : t.exclude}
        </button>
        <button
          type="button"
          class="button quiet small"
          aria-label={named(t.comment)}
          disabled={acts.busy}
          onClick={() => acts.comment(example)}
        >
          {t.comment}
        </button>
        <button
          type="button"
          class="button quiet small"
          aria-label={named(t.history)}
          aria-expanded={showsHistory}
          onClick={() => acts.toggleHistory(example)}
        >
          {t.history}
        </button>
        {example.replyId !== undefined && onlyReply && (
          <button
            type="button"
            class="button quiet small"
            aria-label={named(t.onlyReply)}
            onClick={onlyReply}
          >
            {t.onlyReply}
          </button>
        )}
      </div>
      {showsHistory && <History example={example} undo={acts.undo} busy={acts.busy} />}
    </li>
  );
}

/** Nobody decided on these: they come with a decision, from the candidates that were not on the screen. */
function isContrast({ label, originalLabel = label, replyId, outcome, position, shown }: Example): boolean {
  return (
    originalLabel < 0.5 && replyId !== undefined && position !== undefined && !shown && outcome !== 'rejected'
  );
}

/** Of imported history, no one has decided on the answers to other questions. */
function isHistoryContrast({ origin, label, originalLabel = label, replyId }: Example): boolean {
  return origin === 'history' && originalLabel < 0.5 && replyId === undefined;
}

/** The turns of a query, which has a mark before each: what the customer asks now, and what was said before it. */
function Question({ query }: { query: string }) {
  const t = datasetTexts();
  const turns = query.split('\n').map((line) => ({
    team: line.startsWith('> '),
    text: line.replace(/^[>-] /, ''),
  }));
  let from = turns.length;
  while (from > 0 && !turns[from - 1]?.team) from--;
  const asked = from === turns.length ? turns : turns.slice(from);
  const earlier = from === turns.length ? [] : turns.slice(0, from);
  const lines = (shown: typeof turns) =>
    shown.map(({ team, text }, index) => (
      <div key={index}>
        <dt>{team ? t.team : t.customer}</dt>
        <dd dir="auto">{text}</dd>
      </div>
    ));
  return (
    <>
      {earlier.length > 0 && (
        <details>
          <summary class="hint">{t.earlier(count(earlier.length), earlier.length === 1)}</summary>
          <dl class="turns">{lines(earlier)}</dl>
        </details>
      )}
      <dl class="turns asked-now">{lines(asked)}</dl>
    </>
  );
}

function Provenance({ example }: { example: Example }) {
  const t = datasetTexts();
  const { agent, outcome, position, shown, model, side, snapshots, origin, historyConversation } = example;
  const word = (words: Record<string, string>, name: string) => words[name] ?? name;
  const contrast = isContrast(example);
  const placeText = contrast ? t.contrastAt : shown ? t.place : t.placeUnseen;
  const place = position === undefined ? t.noCandidate : placeText(count(position));
  // What the agent did was done with another reply.
  const did = contrast ? undefined : outcome && word(outcomeTexts(), outcome);
  const file =
    example.importedFrom &&
    t.historyFile(
      example.importedFrom,
      historyConversation === undefined ? undefined : count(historyConversation),
    );
  const imported: [string, string] = [
    t.importedFrom,
    [
      file ?? word(originTexts(), origin),
      example.importedBy,
      example.importedAt && selectionTexts().importedOn({ day: day(example.importedAt) }),
    ]
      .filter(Boolean)
      .join(' · '),
  ];
  // Of imported history, nobody knows what an agent would have been shown.
  const decided: [string, string][] = [
    [t.agentDecided, [agent?.name, did].filter(Boolean).join(' · ')],
    [t.suggestion, place],
    [t.model, model ? t.modelNumber(String(model)) : t.firstStage],
  ];
  const facts: [string, string][] = [
    ...(origin === 'history' ? [] : decided),
    [t.side, side === undefined ? t.none : word(sideTexts(), side)],
    ...(origin === 'decision' ? [] : [imported]),
    [t.snapshots, snapshots.length === 0 ? t.noSnapshot : withCommas(snapshots.map(String))],
  ];
  return (
    <dl class="facts">
      <div>
        <dt>{t.when}</dt>
        <dd>
          <time dateTime={example.createdAt} title={dateAndTime(example.createdAt)}>
            {/* What is from before may be years old. */}
            {origin === 'decision' ? shortTime(example.createdAt) : day(example.createdAt)}
          </time>
        </dd>
      </div>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {example.conversation !== undefined && origin === 'decision' && !example.elsewhere && (
        <div>
          <dt>&nbsp;</dt>
          <dd>
            <a
              href={`/console/#/c/${example.conversation}`}
              target="_blank"
              rel="noreferrer"
              aria-label={labelled(t.conversation, t.example(String(example.id)))}
            >
              {t.conversation}
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}
