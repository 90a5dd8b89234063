import { signal } from '@preact/signals';
import { request } from '../shared/api';
import type { Team } from './colleagues';

/** The teams that an agent belongs to. */
export class OwnTeams {
  readonly ids = signal<ReadonlySet<string>>(new Set());

  constructor(private readonly me: string) {}

  /** As long as they cannot be loaded, those that were there stay. */
  async load(): Promise<void> {
    try {
      const teams = await request<Team[]>('/api/teams');
      this.ids.value = new Set(teams.flatMap(({ id, members }) => (members.includes(this.me) ? [id] : [])));
    } catch {
      // The connection says that the server is away, and asks again when it is back.
    }
  }
}
