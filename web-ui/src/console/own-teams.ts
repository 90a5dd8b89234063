import { signal } from '@preact/signals';
import { request } from '../shared/api';
import type { Team } from './colleagues';

/** After this time, an agent may have been put into another team. */
const holdsFor = 60_000;

/** The teams that an agent belongs to. */
export class OwnTeams {
  readonly ids = signal<ReadonlySet<string>>(new Set());

  private loadedAt = -Infinity;

  constructor(private readonly me: string) {}

  /** As long as they cannot be loaded, those that were there stay. */
  async load(): Promise<void> {
    this.loadedAt = Date.now();
    try {
      const teams = await request<Team[]>('/api/teams');
      this.ids.value = new Set(teams.flatMap(({ id, members }) => (members.includes(this.me) ? [id] : [])));
    } catch {
      // The connection says that the server is away, and asks again when it is back.
    }
  }

  /** A conversation of this team is heard of, which may be theirs by now: the server tells nobody who is put into a team. */
  heard(team: string): void {
    if (!this.ids.peek().has(team) && Date.now() - this.loadedAt > holdsFor) void this.load();
  }
}
