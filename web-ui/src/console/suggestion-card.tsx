import { rejectReasons } from '../shared/agent-frames';
import type { Suggestion } from '../shared/frames';
import { labelled, percent, withCommas } from '../shared/language';
import { composerTexts } from './composer-texts';
import { rejection } from './origin';
import { quickRepliesTexts } from './quick-replies-texts';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

interface CardProps {
  item: Suggestion;
  place: number;
  impression: string;
  workspace: Workspace;
}

/** The best one is read first; the others are as long as a look at them needs. */
export function SuggestionCard({ item, place, impression, workspace }: CardProps) {
  const t = consoleTexts();
  const name = rejection(impression, item.reply);
  if (workspace.rejected.value.has(name)) {
    return (
      <li class="suggestion rejected" tabIndex={-1}>
        <h3>{item.title}</h3>
        <p class="hint">{t.rejected}</p>
      </li>
    );
  }
  const tone = { high: 'good', medium: 'accent', low: '' }[item.confidence];
  const asking = workspace.rejecting.value === name;
  return (
    <li
      class={place === 1 ? 'suggestion' : 'suggestion quieter'}
      aria-label={item.title}
      tabIndex={-1}
      data-reply={item.reply}
    >
      <div class="row spread">
        <h3>
          <kbd>{place}</kbd> {item.title}
        </h3>
        <span class={`tag ${tone}`} title={percent(item.probability)}>
          {t[item.confidence]}
        </span>
      </div>
      {item.category && <span class="hint">{item.category}</span>}
      <p class="text" dir="auto">
        {item.text}
      </p>
      {item.choices && (
        <p class="hint" dir="auto">
          {quickRepliesTexts().withAnswers({ answers: item.choices.join(' · ') })}
        </p>
      )}
      <WhySuggested item={item} me={workspace.me.id} />
      {asking ? (
        <fieldset class="row reasons" ref={focusFirst}>
          <legend class="hint">{t.why}</legend>
          {rejectReasons.map((reason, index) => (
            <button
              key={reason}
              type="button"
              class="button small"
              onClick={() => workspace.reject(item, reason)}
            >
              <kbd aria-hidden="true">{index + 1}</kbd> {t[reason]}
            </button>
          ))}
          <button
            type="button"
            class="button quiet small"
            onClick={() => (workspace.rejecting.value = undefined)}
          >
            {t.cancel}
          </button>
        </fieldset>
      ) : (
        <div class="row">
          <button
            type="button"
            class={place === 1 ? 'button primary small' : 'button small'}
            aria-label={labelled(t.send, item.title)}
            onClick={() => workspace.accept(item)}
          >
            {t.send}
          </button>
          <button
            type="button"
            class="button small"
            aria-label={labelled(t.edit, item.title)}
            onClick={() => workspace.edit(item)}
          >
            {t.edit}
          </button>
          <button
            type="button"
            class="button quiet small"
            aria-label={labelled(t.reject, item.title)}
            onClick={() => (workspace.rejecting.value = name)}
          >
            {t.reject}
          </button>
        </div>
      )}
    </li>
  );
}

/** The button that was pressed makes room for these. */
function focusFirst(reasons: HTMLFieldSetElement | null): void {
  reasons?.querySelector('button')?.focus();
}

function WhySuggested({ item: { why }, me }: { item: Suggestion; me: string }) {
  const told = why && toldOf(why, me);
  return told ? (
    <p class="hint why" dir="auto">
      {told}
    </p>
  ) : null;
}

function toldOf(why: NonNullable<Suggestion['why']>, me: string): string | undefined {
  const t = composerTexts();
  const { kind, question, by, words = [] } = why;
  if (kind === 'words') return t.wordsFit({ words: withCommas(words) });
  if (kind === 'meaning') return t.meaningFits;
  if (question === undefined) return undefined;
  if (!by) return t.answeredBefore({ question });
  return by.id === me ? t.answeredByYou({ question }) : t.answeredByColleague({ name: by.name, question });
}

/** Opens the reasons of the suggestion that has the focus, or of the first one that has not been turned down. */
export function askToReject(workspace: Workspace): void {
  const shown = workspace.suggestions.peek();
  if (typeof shown !== 'object') return;
  const focused = document.activeElement?.closest<HTMLElement>('.suggestion')?.dataset['reply'];
  const open = workspace.items
    .peek()
    .filter(({ reply }) => !workspace.rejected.peek().has(rejection(shown.impression, reply)));
  const item = open.find(({ reply }) => reply === focused) ?? open[0];
  if (item) workspace.rejecting.value = rejection(shown.impression, item.reply);
}

/** A digit while reasons are asked for. Returns whether it was one. */
export function rejectBecause(workspace: Workspace, digit: number): boolean {
  const shown = workspace.suggestions.peek();
  const asked = workspace.rejecting.peek();
  if (asked === undefined || typeof shown !== 'object') return false;
  const item = workspace.items.peek().find(({ reply }) => rejection(shown.impression, reply) === asked);
  const reason = rejectReasons[digit - 1];
  if (!item || !reason) return false;
  workspace.reject(item, reason);
  return true;
}
