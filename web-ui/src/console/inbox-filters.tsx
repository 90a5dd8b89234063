import { useSignal } from '@preact/signals';
import { Icon } from '../shared/team-icons';
import { endChoice } from './inbox-acts';
import { orders, priorities, narrows, noFilter, type Filter } from './inbox-order';
import { inboxTexts } from './inbox-texts';
import { SavedViews } from './saved-views';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

/** The order, what narrows the list, and the box for choosing several. */
export function Filters({ workspace }: { workspace: Workspace }) {
  const t = inboxTexts();
  const { inbox } = workspace;
  const open = useSignal(false);
  const filter = inbox.filter.value;
  const put = (change: Partial<Filter>) =>
    inbox.choose(inbox.view.peek(), { ...inbox.filter.peek(), ...change });
  return (
    <div class="filters">
      <div class="filter-line">
        <select
          aria-label={t.order}
          value={filter.order}
          onChange={({ currentTarget: { value } }) =>
            put({ order: orders.find((order) => order === value) ?? 'waiting' })
          }
        >
          {orders.map((order) => (
            <option key={order} value={order}>
              {t.orders[order]}
            </option>
          ))}
        </select>
        <button
          type="button"
          class={narrows(filter) ? 'button quiet small narrowed' : 'button quiet small'}
          aria-expanded={open.value}
          aria-controls="inbox-filter"
          onClick={() => {
            open.value = !open.value;
            if (open.value) void inbox.teams.load();
          }}
        >
          <Icon name="filter" /> {t.filter}
          {narrows(filter) && <span class="out-of-sight"> {t.isNarrowed}</span>}
        </button>
        <button
          type="button"
          class="button quiet small"
          aria-pressed={inbox.selection.on.value}
          onClick={() => (inbox.selection.on.peek() ? endChoice(workspace) : inbox.selection.begin())}
        >
          <Icon name="check" /> {t.select}
        </button>
      </div>
      {narrows(filter) && !open.value && (
        <p class="filter-said" role="status">
          {t.isNarrowed}{' '}
          <button
            type="button"
            class="button quiet small"
            onClick={() => put({ ...cleared, order: filter.order })}
          >
            {t.clear}
          </button>
        </p>
      )}
      {open.value && (
        <div class="filter-fields" id="inbox-filter" role="group" aria-label={t.filter} tabIndex={-1}>
          <Fields workspace={workspace} put={put} />
          <div class="row">
            <button
              type="button"
              class="button small"
              disabled={!narrows(filter)}
              onClick={() => put({ ...cleared, order: filter.order })}
            >
              {t.clear}
            </button>
            <button type="button" class="button quiet small" onClick={() => (open.value = false)}>
              {consoleTexts().close}
            </button>
          </div>
          <SavedViews workspace={workspace} />
        </div>
      )}
    </div>
  );
}

const cleared: Filter = {
  ...noFilter,
  label: undefined,
  priority: undefined,
  unread: undefined,
  waiting: undefined,
  language: undefined,
  assignee: undefined,
  team: undefined,
};

function Fields({ workspace, put }: { workspace: Workspace; put: (change: Partial<Filter>) => void }) {
  const t = inboxTexts();
  const { inbox } = workspace;
  const filter = inbox.filter.value;
  const holders = new Map(
    inbox.all().flatMap(({ assignee }) => (assignee ? [[assignee.id, assignee.name] as const] : [])),
  );
  holders.delete(workspace.me.id);
  const { assignee } = filter;
  if (assignee && assignee !== 'me' && assignee !== 'none' && !holders.has(assignee))
    holders.set(assignee, '…');
  return (
    <>
      <Choice
        label={t.label}
        any={t.anyLabel}
        value={filter.label}
        options={inbox.labels.all.value.map(({ id, name }) => [id, name])}
        chosen={(label) => put({ label })}
      />
      <Choice
        label={t.priority}
        any={t.anyPriority}
        value={filter.priority}
        options={priorities.map((priority) => [priority, t.priorities[priority]])}
        chosen={(value) => put({ priority: priorities.find((priority) => priority === value) })}
      />
      <Choice
        label={t.language}
        any={t.anyLanguage}
        value={filter.language}
        options={[
          ['zh', t.chinese],
          ['other', t.otherLanguage],
        ]}
        chosen={(language) => put({ language })}
      />
      <Choice
        label={t.holder}
        any={t.anybody}
        value={assignee}
        options={[['me', consoleTexts().you], ['none', t.nobody], ...holders]}
        chosen={(value) => put({ assignee: value })}
      />
      {(inbox.teams.ids.value.size > 0 || filter.team) && (
        <label>
          <input
            type="checkbox"
            checked={filter.team === 'mine'}
            onChange={({ currentTarget: { checked } }) => put({ team: checked ? 'mine' : undefined })}
          />{' '}
          {t.onlyMyTeams}
        </label>
      )}
      <label>
        <input
          type="checkbox"
          checked={filter.unread === true}
          onChange={({ currentTarget: { checked } }) => put({ unread: checked || undefined })}
        />{' '}
        {t.onlyUnread}
      </label>
      <label>
        <input
          type="checkbox"
          checked={filter.waiting === true}
          onChange={({ currentTarget: { checked } }) => put({ waiting: checked || undefined })}
        />{' '}
        {t.onlyWaiting}
      </label>
    </>
  );
}

interface ChoiceProps {
  label: string;
  any: string;
  value: string | undefined;
  options: (readonly [value: string, name: string])[];
  chosen: (value: string | undefined) => void;
}

function Choice({ label, any, value, options, chosen }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value ?? ''} onChange={({ currentTarget }) => chosen(currentTarget.value || undefined)}>
        <option value="">{any}</option>
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
