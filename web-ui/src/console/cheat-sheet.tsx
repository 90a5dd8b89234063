import { useSignal } from '@preact/signals';
import { Dialog } from '../shared/dialog';
import { labelled } from '../shared/language';
import { advances, switchAdvance } from './advance';
import { composerTexts } from './composer-texts';
import { handoverTexts } from './handover-texts';
import { inboxTexts } from './inbox-texts';
import { singleKeys, switchSingleKeys } from './keys';
import { mentionsTexts } from './mentions-texts';
import { areUsual, keyFor, setKey, usualKeys } from './own-keys';
import { searchTexts } from './search-texts';
import { consoleTexts } from './texts';
import { chooseUndo, undoChoices, undoSeconds } from './undo-send';

/** Keys that can be changed, by the usual ones. */
const changeable = ['j', 'k', 'd', 'r', 'n', 'u', 't', 'a', 'e', 'l', 'p', 'z', 's', 'x', 'f', '?'];

function lines(): [keys: string[], what: string][] {
  const t = consoleTexts();
  return [
    [['j', 'k'], t.keyNext],
    [['1', '2', '3'], t.keyInsert],
    [['Shift 1', 'Shift 2', 'Shift 3'], t.keySend],
    [['d'], t.keyReject],
    [['r'], t.keyReply],
    [['n'], t.keyNote],
    [['u'], composerTexts().keyUndo],
    [['t'], t.keyTake],
    [['a'], handoverTexts().key],
    [['e'], t.keyResolve],
    [['l'], inboxTexts().keyLabel],
    [['p'], inboxTexts().keyPriority],
    [['z'], inboxTexts().keySnooze],
    [['s'], inboxTexts().keySpam],
    [['x'], inboxTexts().keyChoose],
    [['Enter'], t.keyEnter],
    [['Shift Enter'], t.keyNewLine],
    [['/'], t.keyShortcode],
    [['??'], t.keySearch],
    [['@'], mentionsTexts().key],
    [['f'], searchTexts().keySearch],
    [['Ctrl K', '⌘ K'], t.keyPalette],
    [['Esc'], t.keyEscape],
    [['?'], t.keyHelp],
  ];
}

/** All keys as they are set, and where an agent sets them. */
export function CheatSheet({ closed }: { closed: () => void }) {
  const t = consoleTexts();
  const own = composerTexts();
  const changing = useSignal(false);
  const refused = useSignal('');
  return (
    <Dialog label={t.shortcuts} closed={closed}>
      <div class="stack">
        {/* The keys are what was asked for; the first button stands below them all. */}
        <h2 tabIndex={-1} autofocus class="opened-at">
          {t.shortcuts}
        </h2>
        <dl class="keys">
          {lines().map(([keys, what]) => (
            <div key={what}>
              <dt>
                {keys.map((key) =>
                  changing.value && changeable.includes(key) ? (
                    <KeyField key={key} usual={key} what={what} refused={(why) => (refused.value = why)} />
                  ) : (
                    <KeyCap key={key} usual={key} />
                  ),
                )}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p class="hint" role="status">
          {refused.value || (changing.value && own.keysHint)}
        </p>
        <div class="row">
          <button
            type="button"
            class="button small"
            aria-expanded={changing.value}
            onClick={() => {
              changing.value = !changing.value;
              refused.value = '';
            }}
          >
            {changing.value ? own.keysDone : own.keysChange}
          </button>
          {!areUsual() && (
            <button type="button" class="button quiet small" onClick={usualKeys}>
              {own.keysUsual}
            </button>
          )}
        </div>
        <label>
          <input
            type="checkbox"
            checked={singleKeys.value}
            onChange={({ currentTarget: { checked } }) => switchSingleKeys(checked)}
          />{' '}
          {t.singleKeys}
        </label>
        <label>
          <input
            type="checkbox"
            checked={advances.value}
            onChange={({ currentTarget: { checked } }) => switchAdvance(checked)}
          />{' '}
          {inboxTexts().advance}
        </label>
        <label>
          {own.undoSetting}{' '}
          <select
            value={String(undoSeconds.value)}
            onChange={({ currentTarget: { value } }) => chooseUndo(Number(value))}
          >
            {undoChoices.map((seconds) => (
              <option key={seconds} value={String(seconds)}>
                {seconds === 0 ? own.undoOff : own.undoFor({ seconds })}
              </option>
            ))}
          </select>
        </label>
        <div>
          <button type="button" class="button" onClick={closed}>
            {t.close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function KeyCap({ usual }: { usual: string }) {
  const key = changeable.includes(usual) ? keyFor(usual) : usual;
  return key ? <kbd>{key}</kbd> : <span class="hint">{composerTexts().keyOff}</span>;
}

interface KeyFieldProps {
  usual: string;
  what: string;
  refused: (why: string) => void;
}

/** One sign; emptied, the key is switched off. */
function KeyField({ usual, what, refused }: KeyFieldProps) {
  const t = composerTexts();
  const take = (field: HTMLInputElement) => {
    const key = [...field.value.trim()].at(-1) ?? '';
    const problem = setKey(usual, key, changeable);
    field.value = keyFor(usual);
    const why =
      problem && (problem.why === 'taken' ? t.keyTaken({ key, what: nameOf(problem.by) }) : t.keyNotOne);
    refused(why ?? '');
  };
  const nameOf = (key: string) => lines().find(([keys]) => keys.includes(key))?.[1] ?? key;
  return (
    <input
      class="key-field"
      type="text"
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      aria-label={labelled(what, usual)}
      placeholder={t.keyOff}
      value={keyFor(usual)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onInput={(event) => {
        if (!('isComposing' in event && event.isComposing)) take(event.currentTarget);
      }}
      onCompositionEnd={({ currentTarget }) => take(currentTarget)}
    />
  );
}
