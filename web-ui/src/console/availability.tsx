import { labelled } from '../shared/language';
import { availabilityTexts } from './availability-texts';
import type { Workspace } from './workspace';

/** Whether the agent is to be given conversations: the other of two states with each press. The server keeps it. */
export function StatusButton({ workspace }: { workspace: Workspace }) {
  const t = availabilityTexts();
  const { client } = workspace;
  // Until the server has told it, its place is kept, so that what stands beside it stays where it is.
  const away = client.away.value;
  const state = away ? t.away : t.available;
  return (
    <button
      type="button"
      class={[
        'button quiet small wide-only own-status',
        away ? 'away' : '',
        away === undefined ? 'unknown' : '',
      ].join(' ')}
      aria-label={labelled(t.status, state)}
      title={away ? t.setAvailable : t.setAway}
      disabled={client.connection.health.value !== 'online'}
      onClick={() => client.sayAway(!away)}
    >
      <span class={away ? 'dot' : 'dot online'} />
      <span class="wide-only one-of" data-other={away ? t.available : t.away}>
        {state}
      </span>
    </button>
  );
}
