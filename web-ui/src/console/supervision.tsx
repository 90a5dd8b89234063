import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Dialog, LeaveButton } from '../shared/dialog';
import type { Colleague, Summary, Supervision } from '../shared/frames';
import { count, duration } from '../shared/language';
import { customerName } from './customer-name';
import { handoverTexts } from './handover-texts';
import { supervisionTexts } from './supervision-texts';
import type { Workspace } from './workspace';

/** Whether an admin looks at the team. */
export const supervising = signal(false);

export function SuperviseButton() {
  const t = supervisionTexts();
  return (
    <button
      type="button"
      class="button quiet small wide-only"
      aria-haspopup="dialog"
      onClick={() => (supervising.value = true)}
    >
      {t.open}
    </button>
  );
}

/** The team at this moment; the server sends it as long as this is open. */
export function SupervisionDialog({ workspace }: { workspace: Workspace }) {
  const t = supervisionTexts();
  const { client } = workspace;
  const now = useSignal(Date.now());
  useEffect(() => {
    client.supervise(true);
    const ticking = setInterval(() => (now.value = Date.now()), 1_000);
    return () => {
      clearInterval(ticking);
      client.supervise(false);
    };
  }, [client]);
  const closed = () => (supervising.value = false);
  const seen = client.supervision.value;
  const wait = (since: string | undefined) =>
    since === undefined ? t.none : duration(Math.max(0, (now.value - Date.parse(since)) / 1000));
  return (
    <Dialog label={t.title} closed={closed} class="supervision">
      <div class="stack">
        <div class="row spread">
          <h2>{t.title}</h2>
          <LeaveButton class="button small">{t.close}</LeaveButton>
        </div>
        {seen ? (
          <>
            <Queues seen={seen} wait={wait} />
            <Longest
              lines={seen.longest}
              wait={wait}
              open={({ id }) => {
                closed();
                workspace.select(id);
              }}
            />
            <People agents={seen.agents} wait={wait} />
          </>
        ) : (
          <p class="hint" role="status">
            {t.loading}
          </p>
        )}
      </div>
    </Dialog>
  );
}

type Wait = (since: string | undefined) => string;

function Queues({ seen: { queues }, wait }: { seen: Supervision; wait: Wait }) {
  const t = supervisionTexts();
  return (
    <section class="stack">
      <h3>{t.queues}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.queue}</th>
            <th scope="col">{t.unassigned}</th>
            <th scope="col">{t.waiting}</th>
            <th scope="col">{t.openCount}</th>
            <th scope="col">{t.longest}</th>
          </tr>
        </thead>
        <tbody>
          {queues.map(({ team, name, unassigned, waiting, open, longest }) => (
            <tr key={team ?? ''}>
              <th scope="row">{name ?? t.everybody}</th>
              <td>{count(unassigned)}</td>
              <td>{count(waiting)}</td>
              <td>{count(open)}</td>
              <td>{wait(longest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LongestProps {
  lines: Summary[];
  wait: Wait;
  open: (line: Summary) => void;
}

function Longest({ lines, wait, open }: LongestProps) {
  const t = supervisionTexts();
  return (
    <section class="stack">
      <h3>{t.waitsLongest}</h3>
      {lines.length === 0 ? (
        <p class="hint">{t.nobodyWaits}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t.customer}</th>
              <th scope="col">{t.wait}</th>
              <th scope="col">{t.with}</th>
              <th scope="col">{t.queue}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => open(line)}>
                    {customerName(line)}
                  </button>
                </th>
                <td>{wait(line.waitingSince)}</td>
                <td>{line.assignee?.name ?? t.nobody}</td>
                <td>{line.team?.name ?? t.none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function People({ agents, wait }: { agents: Colleague[]; wait: Wait }) {
  const t = supervisionTexts();
  return (
    <section class="stack">
      <h3>{t.people}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.person}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.load}</th>
            <th scope="col">{t.waiting}</th>
          </tr>
        </thead>
        <tbody>
          {agents.map(({ id, name, state, since, open, waiting, capacity }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>
                <span class={state === 'available' ? 'dot online' : 'dot'} />
                {handoverTexts().state({ state })}{' '}
                {since !== undefined && <span class="hint">{t.since({ time: wait(since) })}</span>}
              </td>
              <td>{t.ofCapacity({ open: count(open), capacity: count(capacity) })}</td>
              <td>{count(waiting)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
