const remembered = 200;

/**
 * Since when which suggestions have been on this agent's screen: on the page, in a tab that is looked at. By a clock that
 * only ever goes forward, so that it does not matter what time the browser thinks it is.
 */
export class ScreenTime {
  private readonly since = new Map<string, number>();

  shown(impression: string): void {
    if (this.since.has(impression)) return;
    this.since.set(impression, performance.now());
    for (const oldest of this.since.keys()) {
      if (this.since.size <= remembered) break;
      this.since.delete(oldest);
    }
  }

  /** In whole milliseconds; undefined for suggestions that were never there. */
  millis(impression: string | undefined): number | undefined {
    const since = impression === undefined ? undefined : this.since.get(impression);
    return since === undefined ? undefined : Math.max(0, Math.round(performance.now() - since));
  }
}
