import { signal } from '@preact/signals';

type FromHost =
  | { replyloop: 'start'; identity?: string }
  | { replyloop: 'shown' | 'hidden' }
  | { replyloop: 'language'; language?: string };

/** @param said whether the page has said who it is, if only by an empty voucher for nobody */
type Started = (identity: string | undefined, said: boolean) => void;

/** The page around the iframe, as far as it may be known: one origin, one window. */
export class Host {
  readonly embedded: boolean;
  readonly shown = signal(false);
  /** The page has a voucher for who writes, so the conversation is found again wherever this person signs in. */
  readonly identified = signal(false);
  /** What the page speaks, as it says itself. */
  readonly language: ReturnType<typeof signal<string | undefined>>;
  private person: { identity?: string; said: boolean } | undefined;
  private started: Started = () => undefined;

  /** Reports at once: a page that hears nothing for seconds offers to close what it cannot show. */
  constructor(
    private readonly origin: string | null,
    language: string | null,
  ) {
    this.embedded = origin !== null && window.parent !== window;
    this.shown.value = !this.embedded;
    this.language = signal(language ?? undefined);
    if (!this.embedded) {
      this.person = { said: true };
      return;
    }
    window.addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin === this.origin && source === window.parent) this.hear(data as FromHost | null);
    });
    this.tell({ replyloop: 'ready' });
  }

  /** Calls back once the page has said who the customer is, and again when that changes. */
  listen(started: Started): void {
    this.started = started;
    if (this.person) started(this.person.identity, this.person.said);
  }

  /** @param waits something does, so that the next page is to look after it */
  unread(count: number, waits: boolean): void {
    this.tell({ replyloop: 'unread', count, waits });
  }

  close(): void {
    this.tell({ replyloop: 'close' });
  }

  private hear(message: FromHost | null): void {
    switch (message?.replyloop) {
      case 'start': {
        // Pages that print a voucher for those who are signed in print an empty one for the others.
        const identity = (typeof message.identity === 'string' && message.identity) || undefined;
        const said = typeof message.identity === 'string';
        this.person = { identity, said };
        this.identified.value = identity !== undefined;
        return this.started(identity, said);
      }
      case 'shown':
      case 'hidden':
        this.shown.value = message.replyloop === 'shown';
        return;
      case 'language':
        this.language.value = message.language;
        return;
      case undefined:
        return;
    }
  }

  private tell(message: object): void {
    // A page that gave another origin than its own receives nothing: the browser compares.
    if (this.embedded && this.origin) window.parent.postMessage(message, this.origin);
  }
}
