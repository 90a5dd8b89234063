const remembered = 200;

interface Time {
  /** Of all looks that are over. */
  before: number;
  /** When the present look began; undefined while nobody looks. */
  since?: number;
}

/**
 * For how long which suggestions have been on this agent's screen: on the page, in a tab that is looked at. By a clock that
 * only ever goes forward, so that it does not matter what time the browser thinks it is.
 */
export class ScreenTime {
  private readonly times = new Map<string, Time>();

  shown(impression: string): void {
    const time = this.times.get(impression) ?? { before: 0 };
    time.since ??= performance.now();
    this.times.set(impression, time);
    for (const oldest of this.times.keys()) {
      if (this.times.size <= remembered) break;
      this.times.delete(oldest);
    }
  }

  hidden(impression: string): void {
    const time = this.times.get(impression);
    if (time?.since === undefined) return;
    time.before += performance.now() - time.since;
    time.since = undefined;
  }

  /** In whole milliseconds; undefined for suggestions that were never there. */
  millis(impression: string | undefined): number | undefined {
    const time = impression === undefined ? undefined : this.times.get(impression);
    if (time === undefined) return undefined;
    const now = time.since === undefined ? 0 : performance.now() - time.since;
    return Math.max(0, Math.round(time.before + now));
  }
}
