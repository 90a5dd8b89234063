import {
  AlarmClock,
  Ban,
  Bell,
  ChevronLeft,
  ChevronsUp,
  Info,
  ListFilter,
  ListPlus,
  Menu,
  MessageSquare,
  Reply,
  Search,
  Sparkles,
  StickyNote,
  Tag,
  UserRound,
  type IconNode,
} from 'lucide';
import { Drawing, icons as ofCustomers } from './icons';

/** The icons of the pages of the team. */
const icons = {
  ...ofCustomers,
  back: ChevronLeft,
  chat: MessageSquare,
  search: Search,
  info: Info,
  spark: Sparkles,
  note: StickyNote,
  menu: Menu,
  person: UserRound,
  bell: Bell,
  block: Ban,
  label: Tag,
  priority: ChevronsUp,
  snooze: AlarmClock,
  filter: ListFilter,
  choices: ListPlus,
  answered: Reply,
} as const satisfies Record<string, IconNode>;

export type IconName = keyof typeof icons;

/** They point along the line of reading. */
const directed = new Set<IconName>(['send', 'back', 'answered']);

/** Decorative: every control also has a text or a label. */
export function Icon({ name }: { name: IconName }) {
  return <Drawing node={icons[name]} directed={directed.has(name)} />;
}
