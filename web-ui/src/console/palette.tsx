import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { composing } from '../shared/composer';
import { Dialog } from '../shared/dialog';
import { labelled } from '../shared/language';
import { availabilityTexts } from './availability-texts';
import { askToBlock, blockTexts } from './block';
import { askToHandOver } from './handover';
import { handoverTexts } from './handover-texts';
import { advances, switchAdvance, toggleResolved } from './advance';
import { inboxEntries } from './inbox-palette';
import { inboxTexts } from './inbox-texts';
import { narrow } from './narrow';
import { customerName } from './customer-name';
import { searchField } from './search';
import { searchTexts } from './search-texts';
import { singleKeys, switchSingleKeys, writeAs, type Overlay } from './keys';
import { supervising } from './supervision';
import { supervisionTexts } from './supervision-texts';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

interface Entry {
  name: string;
  detail?: string;
  run: () => void;
}

function entries(workspace: Workspace, open: (which: Overlay) => void): Entry[] {
  const t = consoleTexts();
  const summary = workspace.thread.value?.summary.value;
  const onConversation: Entry[] = summary
    ? [
        { name: t.modeReply, detail: 'r', run: () => writeAs(workspace, 'reply') },
        { name: t.modeNote, detail: 'n', run: () => writeAs(workspace, 'note') },
        { name: workspace.takeText(summary), detail: 't', run: () => workspace.toggleTake() },
        { name: handoverTexts().handOver, detail: 'a', run: () => askToHandOver(workspace) },
        {
          name: summary.status === 'open' ? t.resolve : t.reopen,
          detail: 'e',
          run: () => toggleResolved(workspace),
        },
        { name: blockTexts().block, run: () => askToBlock(workspace) },
      ]
    : [];
  return [
    ...onConversation,
    ...inboxEntries(workspace),
    {
      name: searchTexts().search,
      detail: 'f',
      run: () => {
        if (narrow.peek()) workspace.select(undefined);
        requestAnimationFrame(() => document.getElementById(searchField)?.focus());
      },
    },
    ...availabilityActs(workspace),
    { name: t.shortcuts, detail: '?', run: () => open('help') },
    ...workspace.inbox.all().map((found) => ({
      name: customerName(found),
      detail: found.lastText,
      run: () => workspace.select(found.id),
    })),
  ];
}

function availabilityActs(workspace: Workspace): Entry[] {
  const t = availabilityTexts();
  const { client, me } = workspace;
  const away = client.away.value === true;
  const say = { name: away ? t.setAvailable : t.setAway, run: () => client.sayAway(!away) };
  const team = { name: supervisionTexts().title, run: () => (supervising.value = true) };
  return me.role === 'admin' ? [say, team] : [say];
}

const shownAtMost = 12;

export function Palette({ workspace, open }: { workspace: Workspace; open: (which: Overlay) => void }) {
  const t = consoleTexts();
  const query = useSignal('');
  const at = useSignal(0);
  const list = useRef<HTMLUListElement>(null);
  const found = useComputed(() => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    return entries(workspace, open)
      .filter(({ name, detail }) => {
        const text = `${name} ${detail ?? ''}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .slice(0, shownAtMost);
  }).value;
  const chosen = Math.min(at.value, found.length - 1);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    open(undefined);
    entry.run();
  };
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' }), [chosen]);

  return (
    <Dialog label={t.palette} class="palette" closed={() => open(undefined)}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[chosen] ? `palette-${String(chosen)}` : undefined}
        aria-label={t.paletteHint}
        placeholder={t.paletteHint}
        autofocus
        value={query.value}
        onInput={({ currentTarget: { value } }) => {
          query.value = value;
          at.value = 0;
        }}
        onKeyDown={(event) => {
          if (composing(event)) return;
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step) {
            event.preventDefault();
            at.value = (chosen + step + found.length) % Math.max(1, found.length);
          } else if (event.key === 'Enter') {
            event.preventDefault();
            run(found[chosen]);
          }
        }}
      />
      <ul id="palette-list" role="listbox" aria-label={t.palette} ref={list}>
        {found.map((entry, index) => (
          <li
            key={index}
            id={`palette-${String(index)}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(entry)}
          >
            <span>{entry.name}</span>
            {entry.detail && <span class="hint">{entry.detail}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="hint">{t.noMatch}</p>}
    </Dialog>
  );
}

export function CheatSheet({ closed }: { closed: () => void }) {
  const t = consoleTexts();
  const lines: [keys: string[], what: string][] = [
    [['j', 'k'], t.keyNext],
    [['1', '2', '3'], t.keyInsert],
    [['Shift 1', 'Shift 2', 'Shift 3'], t.keySend],
    [['r'], t.keyReply],
    [['n'], t.keyNote],
    [['t'], t.keyTake],
    [['a'], handoverTexts().key],
    [['e'], t.keyResolve],
    [['l'], inboxTexts().keyLabel],
    [['p'], inboxTexts().keyPriority],
    [['z'], inboxTexts().keySnooze],
    [['s'], inboxTexts().keySpam],
    [['x'], inboxTexts().keyChoose],
    [['/'], t.keyShortcode],
    [['??'], t.keySearch],
    [['f'], searchTexts().keySearch],
    [['Ctrl K', '⌘ K'], t.keyPalette],
    [['Esc'], t.keyEscape],
    [['?'], t.keyHelp],
  ];
  return (
    <Dialog label={t.shortcuts} closed={closed}>
      <div class="stack">
        <h2>{t.shortcuts}</h2>
        <dl class="keys">
          {lines.map(([keys, what]) => (
            <div key={what}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
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
        <div>
          <button type="button" class="button" onClick={closed}>
            {t.close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
