import { batch, signal } from '@preact/signals';
import type { Attributes } from '../shared/frames';
import { parsed } from '../shared/json';

type FromHost = { page?: string; attributes?: string } & (
  | { replyloop: 'start'; identity?: string }
  | { replyloop: 'shown' | 'hidden' }
  | { replyloop: 'language'; language?: string; dir?: string }
  | { replyloop?: undefined }
);

/** @param said whether the page has said who the customer is, if only with an empty voucher for nobody */
type Started = (identity: string | undefined, said: boolean) => void;

/** The page around the iframe, as far as it may be known: one origin, one window. */
export class Host {
  readonly embedded: boolean;
  readonly shown = signal(false);
  /** Whether the page has a voucher for the customer, who then finds the conversation wherever they sign in. */
  readonly identified = signal(false);
  /** The page's language, according to the page. */
  readonly language: ReturnType<typeof signal<string | undefined>>;
  /** Whether the page, or its language, is written from right to left. */
  readonly fromRight = signal(false);
  /** Where the customer is on the site; undefined where the page does not say. */
  readonly page = signal<string | undefined>(undefined);
  /** What the page says of the customer; undefined where it says nothing. */
  readonly attributes = signal<Attributes | undefined>(undefined);
  /** As the page has given them last, so that what is only repeated is no news. */
  private attributesText: string | undefined;
  private person: { identity?: string; said: boolean } | undefined;
  private started: Started = () => undefined;

  /** Reports immediately: if the page hears nothing for seconds, it offers to close the chat. */
  constructor(
    private readonly origin: string | null,
    language: string | null,
    direction: string | null = null,
  ) {
    this.fromRight.value = direction === 'rtl';
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

  /** @param waits whether something is waiting, so that the next page loads the chat to check it */
  unread(count: number, waits: boolean): void {
    this.tell({ replyloop: 'unread', count, waits });
  }

  /** For scripts of the page. What is written in the conversation is not theirs to read. */
  happened(event: 'message' | 'resolved', by?: string): void {
    this.tell({ replyloop: event, by });
  }

  close(): void {
    this.tell({ replyloop: 'close' });
  }

  private hear(message: FromHost | null): void {
    batch(() => {
      if (typeof message?.page === 'string') this.page.value = `${String(this.origin)}${message.page}`;
      this.says(message?.attributes);
    });
    switch (message?.replyloop) {
      case 'start': {
        // Pages that contain a voucher for signed-in visitors contain an empty one for others.
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
        this.fromRight.value = message.dir === 'rtl';
        return;
      case undefined:
        return;
    }
  }

  /** What the page has said was said of somebody who has left; what it says from now on is said of the next one. */
  forgetAttributes(): void {
    this.attributesText = undefined;
    this.attributes.value = undefined;
  }

  private says(attributes: unknown): void {
    // An empty text: the page has not said anything since somebody left.
    if (typeof attributes !== 'string' || attributes === '') return;
    if (attributes === this.attributesText) return;
    this.attributesText = attributes;
    this.attributes.value = attributesOf(attributes);
  }

  private tell(message: object): void {
    // The browser delivers it only if the page's origin is the one that it has given.
    if (this.embedded && this.origin) window.parent.postMessage(message, this.origin);
  }
}

const most = 20;
const longest = 200;

/** As the server takes them; what does not fit is a page's mistake, and left out instead of all the others. */
export function attributesOf(text: string): Attributes {
  const said = parsed(text);
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return {};
  return Object.fromEntries(
    Object.entries(said as Record<string, unknown>)
      .filter((each): each is [string, Attributes[string]] => {
        const [name, value] = each;
        const simple = ['string', 'number', 'boolean'].includes(typeof value);
        return simple && /^[a-z0-9_]{1,40}$/.test(name) && [...String(value)].length <= longest;
      })
      .slice(0, most),
  );
}
