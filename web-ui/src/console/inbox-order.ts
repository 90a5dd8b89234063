import type { Priority, Summary } from '../shared/frames';

export const views = ['mine', 'unassigned', 'open', 'mentions', 'snoozed', 'resolved', 'spam'] as const;
export type View = (typeof views)[number];

export const orders = ['waiting', 'newest', 'priority'] as const;
export type Order = (typeof orders)[number];

export const priorities = ['urgent', 'high', 'normal', 'low'] as const satisfies Priority[];

/** What of a view is listed, and in which order; the server understands the same words. */
export interface Filter {
  label?: string;
  priority?: Priority;
  unread?: boolean;
  waiting?: boolean;
  language?: string;
  /** me, none, or an agent's id. */
  assignee?: string;
  /** Only those of teams that the agent belongs to. */
  team?: 'mine';
  order: Order;
}

export const noFilter: Filter = { order: 'waiting' };

/** Whether it narrows the list; an order does not. */
export function narrows(filter: Filter): boolean {
  return Object.entries(filter).some(
    ([name, value]) => name !== 'order' && value !== undefined && value !== false,
  );
}

/** A conversation with what its place in the list depends on, in numbers: texts of times do not sort by time. */
export interface Line {
  summary: Summary;
  waitsSince: number;
  changedAt: number;
  comesBack: number;
  level: number;
}

export function line(summary: Summary): Line {
  const waits = summary.status === 'open' && summary.waitingSince !== undefined;
  const { snoozedUntil, priority = 'normal' } = summary.triage ?? {};
  return {
    summary,
    waitsSince: waits ? Date.parse(summary.waitingSince ?? '') : Infinity,
    changedAt: Date.parse(summary.updatedAt),
    comesBack: snoozedUntil === undefined ? Infinity : Date.parse(snoozedUntil),
    level: priorities.indexOf(priority),
  };
}

function ascending(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** As the server orders them. */
export function comparison(view: View, order: Order): (one: Line, other: Line) => number {
  const isOpen = view === 'mine' || view === 'unassigned' || view === 'open';
  const byChange = (one: Line, other: Line) => ascending(other.changedAt, one.changedAt);
  const plain = (one: Line, other: Line) => {
    if (view === 'snoozed' && order !== 'newest') return ascending(one.comesBack, other.comesBack);
    if (!isOpen || order === 'newest') return byChange(one, other);
    const waits = ascending(one.waitsSince, other.waitsSince);
    // Of those who wait, equal times are left to their ids.
    return waits || one.waitsSince !== Infinity ? waits : byChange(one, other);
  };
  return (one, other) =>
    (order === 'priority' ? ascending(one.level, other.level) : 0) ||
    plain(one, other) ||
    (one.summary.id < other.summary.id ? -1 : one.summary.id > other.summary.id ? 1 : 0);
}

function isInView(view: View, { status, assignee, triage }: Summary, me: string): boolean {
  if (view === 'spam') return triage?.spam === true;
  if (triage?.spam) return false;
  if (view === 'mentions') return triage?.mentioned?.includes(me) ?? false;
  if (view === 'resolved') return status === 'resolved';
  if (status !== 'open') return false;
  if (view === 'snoozed') return triage?.snoozedUntil !== undefined;
  if (triage?.snoozedUntil !== undefined) return false;
  return view === 'open' || (view === 'mine' ? assignee?.id === me : !assignee);
}

function isHeldBy(assignee: string, summary: Summary, me: string): boolean {
  if (assignee === 'none') return !summary.assignee;
  return summary.assignee?.id === (assignee === 'me' ? me : assignee);
}

/** Whoever looks at the list. */
export interface Reader {
  me: string;
  /** The teams that they belong to. */
  teams: ReadonlySet<string>;
  /** The conversation that they are reading: it does not leave a list of unread ones by that. */
  reads?: string;
}

export function belongs(view: View, filter: Filter, summary: Summary, { me, teams, reads }: Reader): boolean {
  const { labels = [], priority = 'normal', unread = false, language } = summary.triage ?? {};
  return (
    isInView(view, summary, me) &&
    (filter.label === undefined || labels.includes(filter.label)) &&
    (filter.priority === undefined || priority === filter.priority) &&
    (!filter.unread || unread || summary.id === reads) &&
    (!filter.waiting || summary.waitingSince !== undefined) &&
    (filter.language === undefined || language === filter.language) &&
    (filter.assignee === undefined || isHeldBy(filter.assignee, summary, me)) &&
    (filter.team === undefined || (summary.team !== undefined && teams.has(summary.team.id)))
  );
}
