import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { fieldText, Form, formValues } from '../../shared/form';
import { labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Site, SiteRouting, Team } from '../rest';
import { DialogButtons } from '../dialog-buttons';
import { Waiting } from '../waiting';
import { teamTexts } from './texts';
import { TurnFields } from './turn-fields';

interface Routed {
  site: Site;
  routing: SiteRouting;
}

/** Where the conversations of each website begin. */
export function SiteRoutings({ teams }: { teams: Team[] }) {
  const t = teamTexts();
  const loaded = useLoaded(async () => {
    const sites = await request<Site[]>('/api/sites');
    return Promise.all(
      sites.map(async (site) => ({
        site,
        routing: await request<SiteRouting>(`/api/sites/${site.id}/routing`),
      })),
    );
  }, [teams]);
  const editing = useSignal<Routed | undefined>(undefined);
  const nameOf = ({ team }: SiteRouting) => teams.find(({ id }) => id === team)?.name ?? t.noTeam;
  return (
    <section class="stack">
      <div>
        <h2>{t.sites}</h2>
        <p class="hint">{t.sitesIntro}</p>
      </div>
      {!loaded.value.value && <Waiting loaded={loaded} />}
      {loaded.value.value && (
        <ul class="card list">
          {loaded.value.value.map((routed) => (
            <li key={routed.site.id}>
              <div class="grow">
                <strong dir="auto">{routed.site.name}</strong>
                <div class="hint">{labelled(t.begins, nameOf(routed.routing))}</div>
                <div class="hint">
                  {routed.routing.roundRobin
                    ? t.givesOut({ seconds: routed.routing.acceptWithin ?? 60 })
                    : t.byHand}
                </div>
              </div>
              <button
                type="button"
                class="button small"
                aria-label={labelled(`${t.edit} · ${t.sites}`, routed.site.name)}
                onClick={() => (editing.value = routed)}
              >
                {t.edit}
              </button>
            </li>
          ))}
        </ul>
      )}
      {editing.value && (
        <SiteRoutingDialog
          routed={editing.value}
          teams={teams}
          closed={() => (editing.value = undefined)}
          saved={loaded.reload}
        />
      )}
    </section>
  );
}

interface SiteRoutingDialogProps {
  routed: Routed;
  teams: Team[];
  closed: () => void;
  saved: () => Promise<void>;
}

function SiteRoutingDialog({ routed, teams, closed, saved }: SiteRoutingDialogProps) {
  const t = teamTexts();
  const { site, routing } = routed;
  const form = useRef<HTMLFormElement>(null);
  const roundRobin = useSignal(routing.roundRobin ?? false);
  const { busy, problem, run } = useAct(() => ({ team: t.begins, acceptWithin: t.acceptWithin }));
  const save = () =>
    void run(async () => {
      const values = formValues(form.current);
      const seconds = fieldText(values, 'acceptWithin');
      const json = {
        team: fieldText(values, 'team') || undefined,
        roundRobin: roundRobin.peek(),
        acceptWithin: seconds ? Number(seconds) : routing.acceptWithin,
      };
      await request(`/api/sites/${site.id}/routing`, { method: 'PUT', json });
      await saved();
      closed();
    });
  const title = labelled(t.sites, site.name);
  return (
    <Dialog label={title} closed={closed}>
      <Form form={form} submitted={save}>
        <h2>{title}</h2>
        <label class="field">
          <span>{t.begins}</span>
          <select name="team">
            <option value="">{t.noTeam}</option>
            {teams.map(({ id, name }) => (
              <option key={id} value={id} selected={id === routing.team}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <TurnFields
          label={t.siteRoundRobin}
          hint={t.roundRobinHint}
          on={roundRobin.value}
          seconds={routing.acceptWithin ?? 60}
          switched={(on) => (roundRobin.value = on)}
        />
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}
