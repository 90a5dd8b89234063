import { labelled } from '../shared/language';
import { availabilityTexts } from './availability-texts';
import type { Workspace } from './workspace';

/** Whether the agent is to be given conversations: the other of two states with each press. The server keeps it. */
export function StatusButton({ workspace }: { workspace: Workspace }) {
  const t = availabilityTexts();
  const { client } = workspace;
  const away = client.away.value;
  if (away === undefined) return null;
  const state = away ? t.away : t.available;
  return (
    <button
      type="button"
      class={away ? 'button quiet small own-status away' : 'button quiet small own-status'}
      aria-label={labelled(t.status, state)}
      title={away ? t.setAvailable : t.setAway}
      disabled={client.connection.health.value !== 'online'}
      onClick={() => client.sayAway(!away)}
    >
      <span class={away ? 'dot' : 'dot online'} />
      <span class="wide-only">{state}</span>
    </button>
  );
}
