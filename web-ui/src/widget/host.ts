import { signal } from '@preact/signals';

type FromHost = { replyloop: 'start'; identity?: string } | { replyloop: 'shown' | 'hidden' };

/** The page around the iframe, as far as it may be known: one origin, one window. */
export class Host {
  readonly embedded: boolean;
  readonly shown = signal(false);

  constructor(private readonly origin: string | null) {
    this.embedded = origin !== null && window.parent !== window;
    this.shown.value = !this.embedded;
  }

  /** Calls back once the page has said who the customer is, and again when that changes. */
  listen(started: (identity: string | undefined) => void): void {
    if (!this.embedded) return started(undefined);
    window.addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin !== this.origin || source !== window.parent) return;
      const message = data as FromHost | null;
      switch (message?.replyloop) {
        case 'start':
          // Pages that print a voucher for those who are signed in print an empty one for the others.
          return started((typeof message.identity === 'string' && message.identity) || undefined);
        case 'shown':
        case 'hidden':
          this.shown.value = message.replyloop === 'shown';
          return;
        case undefined:
          return;
      }
    });
    this.tell({ replyloop: 'ready' });
  }

  unread(count: number): void {
    this.tell({ replyloop: 'unread', count });
  }

  close(): void {
    this.tell({ replyloop: 'close' });
  }

  private tell(message: object): void {
    // A page that gave another origin than its own receives nothing: the browser compares.
    if (this.embedded && this.origin) window.parent.postMessage(message, this.origin);
  }
}
