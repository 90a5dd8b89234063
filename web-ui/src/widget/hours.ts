import { signal } from '@preact/signals';

/** Whether the team is there, as the server says. */
export interface OpenNow {
  open: boolean;
  opensAt?: string;
  changesAt?: string;
  offlineEn?: string;
  offlineZh?: string;
}

/** All open chats of a site would ask in the same second otherwise. */
const spread = 20_000;
const again = 60_000;
/** A timer cannot wait for longer than some weeks. */
const longest = 12 * 3_600_000;

/** Keeps what the server has said of a site's hours, and asks again when that changes. */
export class SiteHours {
  /** Undefined for a site that is always open. */
  readonly now;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    first: OpenNow | undefined,
    private readonly load: () => Promise<OpenNow | undefined>,
  ) {
    this.now = signal(first);
    this.wait();
  }

  async ask(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.now.value = await this.load();
      this.wait();
    } catch {
      // What was true before stands; the connection tells the person when the server is away.
      this.timer = setTimeout(() => void this.ask(), again);
    }
  }

  private wait(): void {
    clearTimeout(this.timer);
    const { changesAt } = this.now.peek() ?? {};
    if (changesAt === undefined) return;
    const left = Math.max(0, Date.parse(changesAt) - Date.now());
    this.timer = setTimeout(() => void this.ask(), Math.min(longest, left + 1_000 + Math.random() * spread));
  }
}
