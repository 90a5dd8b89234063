import type { Delivery } from '../shared/customer';
import { Icon } from '../shared/icons';

const icons = { sending: 'clock', sent: 'check', read: 'checks', failed: 'alert' } as const;

/** The delivery state of a message. */
export function Mark({ delivery, label }: { delivery: Delivery; label: string }) {
  return (
    <span class={`mark ${delivery}`} title={label}>
      <Icon name={icons[delivery]} />
      <span class="out-of-sight">{label}</span>
    </span>
  );
}
