import { signal } from '@preact/signals';
import { request } from '../shared/api';
import type { components } from '../shared/rest';
import { noFilter, orders, priorities, views, type Filter, type View } from './inbox-order';

export type SavedView = components['schemas']['SavedView'];
export type SavedQuery = components['schemas']['SavedViewQuery'];

/** The agent's own views, which the server keeps. */
export const saved = signal<SavedView[]>([]);

export async function loadSavedViews(): Promise<void> {
  saved.value = await request<SavedView[]>('/api/inbox-views');
}

export function viewOf({ view, ...query }: SavedQuery): [View, Filter] {
  const filter: Filter = {
    ...noFilter,
    label: query.label,
    priority: priorities.find((priority) => priority === query.priority),
    unread: query.unread,
    waiting: query.waiting,
    language: query.language,
    assignee: query.assignee,
    team: query.team === 'mine' ? 'mine' : undefined,
    order: orders.find((order) => order === query.order) ?? 'waiting',
  };
  return [views.find((each) => each === view) ?? 'open', filter];
}
