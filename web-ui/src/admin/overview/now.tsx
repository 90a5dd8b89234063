import { count, duration, labelled } from '../../shared/language';
import type { Overview } from '../rest';
import { overviewTexts } from './overview-texts';
import { Tile } from './tile';

/** What goes on at this moment. */
export function Now({ overview }: { overview: Overview }) {
  const t = overviewTexts();
  const { open, waiting, longestWaitSeconds: longest, unassigned, available, away, offline } = overview;
  return (
    <section class="stack" aria-labelledby="overview-now">
      <h2 id="overview-now">{t.now}</h2>
      <ul class="tiles">
        <Tile name={t.open} value={count(open)} href="/console/" />
        <Tile
          name={t.waiting}
          value={count(waiting)}
          href="/console/"
          notes={[longest === undefined ? t.nobodyWaits : labelled(t.longest, duration(longest))]}
          tone={waiting > 0 && available === 0 ? 'warn' : undefined}
        />
        <Tile name={t.unassigned} value={count(unassigned)} href="/console/" />
        <Tile
          name={t.there}
          value={count(available)}
          href="#/teams"
          notes={[t.notThere({ away, offline }), waiting > 0 && available === 0 ? t.nobodyThere : undefined]}
          tone={waiting > 0 && available === 0 ? 'warn' : undefined}
        />
      </ul>
      {overview.queues.length > 1 && <Queues overview={overview} />}
    </section>
  );
}

function Queues({ overview }: { overview: Overview }) {
  const t = overviewTexts();
  return (
    <div class="card table-box" tabIndex={0} role="region" aria-label={t.queues}>
      <table>
        <caption class="out-of-sight">{t.queues}</caption>
        <thead>
          <tr>
            <th scope="col">{t.queue}</th>
            <th scope="col" class="number">
              {t.unassigned}
            </th>
            <th scope="col" class="number">
              {t.waiting}
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.queues.map(({ team, unassigned, waiting }) => (
            <tr key={team ?? ''}>
              <th scope="row">{team ?? t.noTeam}</th>
              <td class="number">{count(unassigned)}</td>
              <td class="number">{count(waiting)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
