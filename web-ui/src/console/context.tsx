import { useEffect } from 'preact/hooks';
import { Icon } from '../shared/team-icons';
import { CustomerCard } from './customer-card';
import { narrow } from './narrow';
import type { ScreenTime } from './screen-time';
import { consoleTexts } from './texts';
import { SuggestionCard } from './suggestion-card';
import type { Workspace } from './workspace';

/** @param alone on a screen that has no room for the thread beside it */
export function Context({ workspace, alone }: { workspace: Workspace; alone: boolean }) {
  const t = consoleTexts();
  const thread = workspace.thread.value;
  const shown = workspace.suggestions.value;
  const Heading = alone ? 'h1' : 'h2';
  const inSight = alone || !narrow.value;
  const impression = typeof shown === 'object' && shown.items.length > 0 ? shown.impression : undefined;
  useEffect(
    () => (inSight && impression !== undefined ? whileLookedAt(workspace.screen, impression) : undefined),
    [workspace, inSight, impression],
  );
  return (
    <div class="context" role={alone ? 'main' : 'complementary'} aria-label={t.suggestions} tabIndex={-1}>
      {thread && (
        <>
          <div class="row spread">
            <Heading>
              <Icon name="spark" /> {t.suggestions}
            </Heading>
            <button
              type="button"
              class="button quiet icon context-close"
              aria-label={t.close}
              onClick={() => (workspace.contextShown.value = false)}
            >
              <Icon name="close" />
            </button>
          </div>
          <div aria-live="polite" class="stack context-suggestions">
            {shown === undefined && <p class="hint">{t.whenWrites}</p>}
            {shown === 'looking' && <p class="hint looking">{t.looking}</p>}
            {typeof shown === 'object' && shown.items.length === 0 && <p class="hint">{t.noFit}</p>}
            {typeof shown === 'object' && (
              <>
                <ol class="suggestions">
                  {workspace.items.value.map((item, index) => (
                    <SuggestionCard
                      key={`${shown.impression} ${item.reply}`}
                      item={item}
                      place={index + 1}
                      impression={shown.impression}
                      workspace={workspace}
                    />
                  ))}
                </ol>
                <p class="hint small-print">
                  {shown.model
                    ? t.model({ number: shown.model, millis: shown.tookMillis })
                    : t.noModel({ millis: shown.tookMillis })}
                </p>
              </>
            )}
          </div>
          <CustomerCard workspace={workspace} />
        </>
      )}
    </div>
  );
}

/** While it is there, and the agent looks at this tab. */
function whileLookedAt(screen: ScreenTime, impression: string): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') screen.shown(impression);
    else screen.hidden(impression);
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    screen.hidden(impression);
  };
}
