import { labelled } from '../shared/language';
import { act, ask, meant, toggleSpam } from './inbox-acts';
import { views } from './inbox-order';
import { inboxTexts, viewName } from './inbox-texts';
import { saved, viewOf } from './saved-view-store';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

interface Entry {
  name: string;
  detail?: string;
  run: () => void;
}

/** What the palette offers for the inbox and for what is chosen in it, or is open. */
export function inboxEntries(workspace: Workspace): Entry[] {
  const t = inboxTexts();
  const { inbox } = workspace;
  const go = (...to: Parameters<typeof inbox.choose>) => {
    workspace.select(undefined);
    inbox.choose(...to);
  };
  const acts: Entry[] =
    meant(workspace).length === 0
      ? []
      : [
          { name: t.labelTitle, detail: 'l', run: () => ask(workspace, 'label') },
          { name: t.priority, detail: 'p', run: () => ask(workspace, 'priority') },
          { name: t.snooze, detail: 'z', run: () => ask(workspace, 'snooze') },
          { name: t.wake, run: () => act(workspace, meant(workspace), { what: 'wake' }) },
          { name: labelled(t.markSpam, t.noSpam), detail: 's', run: () => toggleSpam(workspace) },
        ];
  return [
    ...acts,
    ...views.map((view) => ({
      name: labelled(consoleTexts().inbox, viewName(view)),
      run: () => go(view),
    })),
    ...saved.value.map(({ name, query }) => ({
      name: labelled(consoleTexts().inbox, name),
      run: () => go(...viewOf(query)),
    })),
  ];
}
