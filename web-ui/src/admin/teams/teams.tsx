import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { fieldText, Form, formValues } from '../../shared/form';
import { labelled, withCommas } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Team, User } from '../rest';
import { DialogButtons } from '../dialog-buttons';
import { Waiting } from '../waiting';
import { Capacities } from './capacities';
import { SiteRoutings } from './site-routings';
import { teamTexts } from './texts';
import { TurnFields } from './turn-fields';

/** The teams, where new conversations begin, and how many each person is given. */
export function TeamsPage() {
  const t = teamTexts();
  const loaded = useLoaded(async () => {
    const [teams, users] = await Promise.all([request<Team[]>('/api/teams'), request<User[]>('/api/users')]);
    return { teams, users };
  });
  const editing = useSignal<Team | 'new' | undefined>(undefined);
  const closing = useSignal<Team | undefined>(undefined);
  if (!loaded.value.value) return <Waiting loaded={loaded} />;
  const { teams, users } = loaded.value.value;
  return (
    <>
      <p class="hint">{t.intro}</p>
      <div>
        <button type="button" class="button primary" onClick={() => (editing.value = 'new')}>
          {t.add}
        </button>
      </div>
      {teams.length === 0 && <p class="card">{t.none}</p>}
      {teams.length > 0 && (
        <ul class="card list">
          {teams.map((team) => (
            <li key={team.id}>
              <div class="grow">
                <strong dir="auto">{team.name}</strong>
                <div class="hint">{membersOf(team, users)}</div>
                {team.roundRobin && <div class="hint">{t.givesOut({ seconds: team.acceptWithin })}</div>}
              </div>
              <button
                type="button"
                class="button small"
                aria-label={labelled(t.edit, team.name)}
                onClick={() => (editing.value = team)}
              >
                {t.edit}
              </button>
              <button
                type="button"
                class="button quiet small"
                aria-label={labelled(t.close, team.name)}
                onClick={() => (closing.value = team)}
              >
                {t.close}
              </button>
            </li>
          ))}
        </ul>
      )}
      <SiteRoutings teams={teams} />
      <Capacities />
      {editing.value && (
        <TeamDialog
          team={editing.value === 'new' ? undefined : editing.value}
          users={users}
          closed={() => (editing.value = undefined)}
          saved={loaded.reload}
        />
      )}
      {closing.value && (
        <CloseDialog team={closing.value} closed={() => (closing.value = undefined)} saved={loaded.reload} />
      )}
    </>
  );
}

function membersOf({ members }: Team, users: User[]): string {
  const names = users.filter(({ id }) => members.includes(id)).map(({ name }) => name);
  return names.length > 0 ? withCommas(names) : teamTexts().noMembers;
}

interface TeamDialogProps {
  team?: Team;
  users: User[];
  closed: () => void;
  saved: () => Promise<void>;
}

function TeamDialog({ team, users, closed, saved }: TeamDialogProps) {
  const t = teamTexts();
  const form = useRef<HTMLFormElement>(null);
  const roundRobin = useSignal(team?.roundRobin ?? false);
  const { busy, problem, run } = useAct(() => ({
    name: t.name,
    members: t.members,
    acceptWithin: t.acceptWithin,
  }));
  // Whoever has left can be taken out, but not put in.
  const offered = users.filter(({ id, active }) => active || team?.members.includes(id));
  const save = () =>
    void run(async () => {
      const values = formValues(form.current);
      const seconds = fieldText(values, 'acceptWithin');
      const json = {
        name: fieldText(values, 'name'),
        members: values.getAll('members'),
        roundRobin: roundRobin.peek(),
        acceptWithin: seconds ? Number(seconds) : team?.acceptWithin,
      };
      await request(team ? `/api/teams/${team.id}` : '/api/teams', { method: team ? 'PUT' : 'POST', json });
      await saved();
      closed();
    });
  const title = team ? labelled(t.edit, team.name) : t.add;
  return (
    <Dialog label={title} closed={closed}>
      <Form form={form} submitted={save}>
        <h2>{title}</h2>
        <label class="field">
          <span>{t.name}</span>
          <input name="name" required maxLength={60} defaultValue={team?.name} dir="auto" />
          <span class="hint">{t.nameHint}</span>
        </label>
        <fieldset class="stack">
          <legend>{t.members}</legend>
          {offered.map(({ id, name, email, active }) => (
            <label key={id}>
              <input type="checkbox" name="members" value={id} defaultChecked={team?.members.includes(id)} />{' '}
              {name} <span class="hint">{active ? email : t.inactive}</span>
            </label>
          ))}
        </fieldset>
        <TurnFields
          label={t.roundRobin}
          hint={t.roundRobinHint}
          on={roundRobin.value}
          seconds={team?.acceptWithin ?? 60}
          switched={(on) => (roundRobin.value = on)}
        />
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}

interface CloseDialogProps {
  team: Team;
  closed: () => void;
  saved: () => Promise<void>;
}

function CloseDialog({ team, closed, saved }: CloseDialogProps) {
  const t = teamTexts();
  const { busy, problem, run } = useAct();
  const title = t.closeTitle({ name: team.name });
  const close = () =>
    void run(async () => {
      await request(`/api/teams/${team.id}`, { method: 'DELETE' });
      await saved();
      closed();
    });
  return (
    <Dialog label={title} closed={closed}>
      <div class="stack">
        <h2>{title}</h2>
        <p>{t.closeText}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="button" class="button danger" disabled={busy.value} onClick={close}>
            {t.close}
          </button>
          <LeaveButton>{t.cancel}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}
