import {
  Check,
  CheckCheck,
  ChevronDown,
  Clock,
  Download,
  File,
  Mail,
  Paperclip,
  RotateCw,
  SendHorizontal,
  Smile,
  TriangleAlert,
  X,
  type IconNode,
} from 'lucide';
import { h } from 'preact';

/**
 * The icons of customers' pages by what they mean here; which drawing that is, is decided in this table alone. Those that
 * only the team sees are in team-icons.tsx, so that customers do not load them.
 */
export const icons = {
  send: SendHorizontal,
  close: X,
  retry: RotateCw,
  check: Check,
  checks: CheckCheck,
  clock: Clock,
  alert: TriangleAlert,
  down: ChevronDown,
  clip: Paperclip,
  download: Download,
  file: File,
  mail: Mail,
  smile: Smile,
} as const satisfies Record<string, IconNode>;

/** Decorative: every control also has a text or a label. */
export function Icon({ name }: { name: keyof typeof icons }) {
  // It points along the line of reading.
  return <Drawing node={icons[name]} directed={name === 'send'} />;
}

export function Drawing({ node, directed }: { node: IconNode; directed: boolean }) {
  return (
    <svg
      class={directed ? 'icon-image directed' : 'icon-image'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {node.map(([shape, attributes]) => h(shape, attributes))}
    </svg>
  );
}
