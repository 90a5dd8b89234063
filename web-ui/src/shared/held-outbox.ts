import { Outbox, type Outgoing } from './outbox';

/** An outbox in which something can wait for a moment, so that the person can take it back. */
export class HeldOutbox<F extends { id: string }> extends Outbox<F> {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param holdFor milliseconds for which it can be taken back */
  override add(frame: F, holdFor = 0): void {
    const at = Date.now();
    this.enter(holdFor > 0 ? { frame, at, heldUntil: at + holdFor } : { frame, at });
  }

  /** What is meant, or all of it, waits for second thoughts no more. */
  release(isMeant: (frame: F) => boolean = () => true): void {
    for (const { frame } of this.waiting()) if (isMeant(frame)) this.letGo(frame.id);
    this.pump();
  }

  /** Whether it can still be taken back. */
  isHeld(id: string): boolean {
    return this.find(id)?.heldUntil !== undefined;
  }

  protected override pump(): void {
    clearTimeout(this.timer);
    const now = Date.now();
    let next = Infinity;
    for (const { frame, at, heldUntil } of this.waiting()) {
      // A clock that was set back holds nothing for longer.
      if (heldUntil <= now || at > now) this.letGo(frame.id);
      else next = Math.min(next, heldUntil);
    }
    if (next < Infinity) this.timer = setTimeout(() => this.pump(), next - now);
    super.pump();
  }

  private waiting(): (Outgoing<F> & { heldUntil: number })[] {
    return this.entries
      .peek()
      .flatMap((entry) =>
        entry.heldUntil === undefined || entry.elsewhere ? [] : [{ ...entry, heldUntil: entry.heldUntil }],
      );
  }

  private letGo(id: string): void {
    this.replace(id, (entry) => ({ ...entry, heldUntil: undefined }));
  }
}
