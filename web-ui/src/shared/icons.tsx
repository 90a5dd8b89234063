import {
  Ban,
  Bell,
  Check,
  CheckCheck,
  ChevronDown,
  ChevronLeft,
  Clock,
  Download,
  File,
  Info,
  Menu,
  MessageSquare,
  Paperclip,
  RotateCw,
  Search,
  SendHorizontal,
  Sparkles,
  StickyNote,
  TriangleAlert,
  UserRound,
  X,
  type IconNode,
} from 'lucide';
import { h } from 'preact';

/** The icons of the pages by what they mean here; which drawing that is, is decided in this table alone. */
const icons = {
  send: SendHorizontal,
  close: X,
  back: ChevronLeft,
  retry: RotateCw,
  check: Check,
  checks: CheckCheck,
  clock: Clock,
  alert: TriangleAlert,
  chat: MessageSquare,
  search: Search,
  info: Info,
  spark: Sparkles,
  note: StickyNote,
  down: ChevronDown,
  menu: Menu,
  person: UserRound,
  bell: Bell,
  block: Ban,
  clip: Paperclip,
  download: Download,
  file: File,
} as const satisfies Record<string, IconNode>;

export type IconName = keyof typeof icons;

/** They point along the line of reading. */
const directed = new Set<IconName>(['send', 'back']);

/** Decorative: every control also has a text or a label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class={directed.has(name) ? 'icon-image directed' : 'icon-image'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {icons[name].map(([shape, attributes]) => h(shape, attributes))}
    </svg>
  );
}
