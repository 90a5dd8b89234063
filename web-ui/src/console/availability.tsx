import { availabilityTexts } from './availability-texts';
import type { Workspace } from './workspace';

/** Whether the agent is to be given conversations; the server keeps it, and tells their other tabs. */
export function StatusMenu({ workspace }: { workspace: Workspace }) {
  const t = availabilityTexts();
  const { away, connection } = workspace.client;
  if (away.value === undefined) return null;
  return (
    <select
      class={away.value ? 'status-menu away' : 'status-menu'}
      aria-label={t.status}
      value={away.value ? 'away' : 'available'}
      disabled={connection.health.value !== 'online'}
      onChange={({ currentTarget: { value } }) => workspace.client.sayAway(value === 'away')}
    >
      <option value="available">{t.available}</option>
      <option value="away">{t.away}</option>
    </select>
  );
}
