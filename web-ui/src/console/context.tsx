import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { rejectReasons } from '../shared/agent-frames';
import type { Suggestion } from '../shared/frames';
import { Icon } from '../shared/team-icons';
import { dateAndTime, labelled, percent } from '../shared/language';
import { Answers } from './answers';
import { BlockCustomer } from './block';
import { OtherConversations } from './earlier';
import { EraseCustomer } from './erase';
import { customerName } from './customer-name';
import { narrow } from './narrow';
import { NewestRating, SaveTranscript } from './rated';
import type { ScreenTime } from './screen-time';
import { consoleTexts } from './texts';
import { rejection } from './origin';
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
          <div aria-live="polite" class="stack">
            {shown === undefined && <p class="hint">{t.whenWrites}</p>}
            {shown === 'looking' && <p class="hint looking">{t.looking}</p>}
            {typeof shown === 'object' && shown.items.length === 0 && <p class="hint">{t.noFit}</p>}
            {typeof shown === 'object' && (
              <>
                <ol class="suggestions">
                  {workspace.items.value.map((item, index) => (
                    <Card
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

interface CardProps {
  item: Suggestion;
  place: number;
  impression: string;
  workspace: Workspace;
}

function Card({ item, place, impression, workspace }: CardProps) {
  const t = consoleTexts();
  const asking = useSignal(false);
  if (workspace.rejected.value.has(rejection(impression, item.reply))) {
    return (
      <li class="suggestion rejected" tabIndex={-1}>
        <h3>{item.title}</h3>
        <p class="hint">{t.rejected}</p>
      </li>
    );
  }
  const tone = { high: 'good', medium: 'accent', low: '' }[item.confidence];
  return (
    <li class="suggestion" aria-label={item.title} tabIndex={-1}>
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
      {asking.value ? (
        <fieldset class="row reasons" ref={focusFirst}>
          <legend class="hint">{t.why}</legend>
          {rejectReasons.map((reason) => (
            <button
              key={reason}
              type="button"
              class="button small"
              onClick={() => workspace.reject(item, reason)}
            >
              {t[reason]}
            </button>
          ))}
          <button type="button" class="button quiet small" onClick={() => (asking.value = false)}>
            {t.cancel}
          </button>
        </fieldset>
      ) : (
        <div class="row">
          <button
            type="button"
            class="button primary small"
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
            onClick={() => (asking.value = true)}
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

function CustomerCard({ workspace }: { workspace: Workspace }) {
  const t = consoleTexts();
  const summary = workspace.thread.value?.summary.value;
  if (!summary) return null;
  return (
    <section class="about" aria-label={t.customer}>
      <h2>{t.customer}</h2>
      <dl>
        <div>
          <dt>{customerName(summary)}</dt>
          <dd>{workspace.thread.value?.customerOnline.value ? t.online : t.offline}</dd>
        </div>
        <div>
          <dt>{t.since}</dt>
          <dd>{dateAndTime(summary.createdAt)}</dd>
        </div>
        <div>
          <dt>{t.status}</dt>
          <dd>{summary.status === 'open' ? t.statusOpen : t.statusResolved}</dd>
        </div>
        <div>
          <dt>{t.holder}</dt>
          <dd>{summary.assignee?.name ?? t.nobody}</dd>
        </div>
        <NewestRating workspace={workspace} />
      </dl>
      <OtherConversations key={`others ${summary.id}`} workspace={workspace} summary={summary} />
      <Answers key={`answers ${summary.customer.id}`} customer={summary.customer.id} />
      <SaveTranscript workspace={workspace} />
      <BlockCustomer
        key={summary.customer.id}
        customer={summary.customer.id}
        marked={summary.customer.blocked ?? false}
      />
      {workspace.me.role === 'admin' && (
        <EraseCustomer key={`erase ${summary.customer.id}`} customer={summary.customer.id} />
      )}
    </section>
  );
}
