import { useSignal } from '@preact/signals';
import { Dialog } from '../shared/dialog';
import { dateAndTime } from '../shared/language';
import type { Asking } from './inbox';
import { act, setPriority, snoozeChoices, summaryOf } from './inbox-acts';
import { priorities } from './inbox-order';
import { inboxTexts } from './inbox-texts';
import { LabelTag } from '../shared/label-tag';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

interface TriageProps {
  workspace: Workspace;
  about: Exclude<Asking['about'], 'handover'>;
  conversations: string[];
}

export function TriageDialog({ workspace, about, conversations }: TriageProps) {
  const t = inboxTexts();
  const closed = () => (workspace.inbox.asking.value = undefined);
  const title = { label: t.labelTitle, priority: t.priorityTitle, snooze: t.snoozeTitle }[about];
  const Body = { label: LabelChoice, priority: PriorityChoice, snooze: SnoozeTimes }[about];
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        {conversations.length > 1 && <p class="hint">{t.ofMany({ number: conversations.length })}</p>}
        <Body workspace={workspace} conversations={conversations} done={closed} />
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  workspace: Workspace;
  conversations: string[];
  done: () => void;
}

function LabelChoice({ workspace, conversations, done }: ChoiceProps) {
  const t = inboxTexts();
  const labels = workspace.inbox.labels.all.value;
  // What was ticked here counts until the server has said the same.
  const ticked = useSignal<ReadonlyMap<string, boolean>>(new Map());
  const havingIt = (label: string) =>
    conversations.filter((id) => summaryOf(workspace, id)?.triage?.labels?.includes(label)).length;
  return (
    <>
      {labels.length === 0 && (
        <p class="hint">
          {t.noLabels} {workspace.me.role === 'admin' && <a href="/admin/#/labels">{t.toLabels}</a>}
        </p>
      )}
      <ul class="plain choices">
        {labels.map((label, index) => {
          const having = havingIt(label.id);
          const on = ticked.value.get(label.id) ?? having === conversations.length;
          return (
            <li key={label.id}>
              <label>
                <input
                  type="checkbox"
                  autofocus={index === 0}
                  checked={on}
                  indeterminate={!ticked.value.has(label.id) && having > 0 && !on}
                  onChange={({ currentTarget: { checked } }) => {
                    ticked.value = new Map(ticked.peek()).set(label.id, checked);
                    act(workspace, conversations, { what: checked ? 'label' : 'unlabel', label: label.id });
                  }}
                />{' '}
                <LabelTag label={label} />
              </label>
            </li>
          );
        })}
      </ul>
      <div>
        <button type="button" class="button primary" autofocus={labels.length === 0} onClick={done}>
          {consoleTexts().close}
        </button>
      </div>
    </>
  );
}

function PriorityChoice({ workspace, conversations, done }: ChoiceProps) {
  const t = inboxTexts();
  const [first] = conversations;
  const now = first === undefined ? 'normal' : (summaryOf(workspace, first)?.triage?.priority ?? 'normal');
  return (
    <div class="choices">
      {priorities.map((priority) => (
        <button
          key={priority}
          type="button"
          class="button"
          autofocus={priority === now}
          aria-pressed={conversations.length === 1 && priority === now}
          onClick={() => {
            setPriority(workspace, conversations, priority);
            done();
          }}
        >
          {t.priorities[priority]}
        </button>
      ))}
      <button type="button" class="button quiet" onClick={done}>
        {consoleTexts().cancel}
      </button>
    </div>
  );
}

function SnoozeTimes({ workspace, conversations, done }: ChoiceProps) {
  const t = inboxTexts();
  const chosen = useSignal('');
  const snooze = (until: Date) => {
    act(workspace, conversations, { what: 'snooze', until: until.toISOString() });
    done();
  };
  const time = new Date(chosen.value);
  const possible = !Number.isNaN(time.getTime()) && time.getTime() > Date.now();
  return (
    <>
      <div class="choices">
        {snoozeChoices(new Date()).map(({ name, until }, index) => (
          <button
            key={name}
            type="button"
            class="button spread"
            autofocus={index === 0}
            onClick={() => snooze(until)}
          >
            <span>{t.times[name]}</span> <span class="hint">{dateAndTime(until.toISOString())}</span>
          </button>
        ))}
      </div>
      <form
        class="row snooze-time"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (possible) snooze(time);
        }}
      >
        <label class="field">
          <span>{t.atTime}</span>
          <input
            type="datetime-local"
            value={chosen.value}
            onInput={({ currentTarget: { value } }) => (chosen.value = value)}
          />
        </label>
        <button type="submit" class="button" disabled={!possible}>
          {t.snooze}
        </button>
      </form>
      <p class="hint">{t.snoozeHint}</p>
      <div>
        <button type="button" class="button quiet" onClick={done}>
          {consoleTexts().cancel}
        </button>
      </div>
    </>
  );
}
