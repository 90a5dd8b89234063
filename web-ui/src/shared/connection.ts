import { signal } from '@preact/signals';

/** The part of a WebSocket that the pages use; tests have their own implementation. */
export interface Wire {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export type Health = 'connecting' | 'online' | 'waiting' | 'stopped';

const pingAfter = 20_000;
const deadAfter = 45_000;
/** After this time without a response, the server counts as silent, */
const silentAfter = 2_000;
/** and after this time as dead, */
const unansweredAfter = 15_000;
/** or earlier if the page has slept or the network has changed, when a dead socket is likely. */
const unansweredAfterWaking = 5_000;
const backOffFrom = 500;
const backOffTo = 20_000;
const slowFrom = 10_000;
const slowTo = 30_000;

/** What to do when a socket was closed; 'slowly' is for a server at its limit. */
export type Again = 'soon' | 'slowly' | 'never';

export interface ConnectionOptions {
  open: () => Wire;
  /** The socket is open: send hello. */
  opened: () => void;
  received: (frame: unknown) => void;
  closed: (code: number) => Again;
  random?: () => number;
}

/** Frames that the server responds to, in addition to all frames with an id. */
const answered = new Set(['ping', 'hello', 'open']);

/**
 * A reconnecting socket. Sends a ping after 20 s of silence; a server that leaves a frame unanswered for 15 s counts as
 * dead, because a half-open socket never reports that it is closed. The delay between attempts is random, up to an
 * exponential limit, so that not all clients reconnect to a restarted server at once.
 */
export class Connection {
  readonly health = signal<Health>('stopped');
  /** The browser reports that there is no network. */
  readonly offline = signal(false);
  /** The server has not responded for a while. */
  readonly unanswered = signal(false);
  /** The last attempt has failed. */
  readonly failing = signal(false);
  /** When the next attempt is made. */
  readonly retryAt = signal<number | undefined>(undefined);
  private wire: Wire | undefined;
  private isOpen = false;
  private failures = 0;
  private slowly = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pinging: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private silent: ReturnType<typeof setTimeout> | undefined;
  private owing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    if (this.health.value === 'stopped') this.connect();
  }

  stop(): void {
    this.health.value = 'stopped';
    clearTimeout(this.retry);
    this.drop(1000);
  }

  /** The person asks for it: skip the delay. */
  retryNow(): void {
    if (this.health.value === 'waiting') this.connect();
    else if (this.health.value !== 'stopped' && this.unanswered.value) this.renew();
  }

  /** The browser has lost its network. A nearby server may still be reachable, so attempts continue, slowly. */
  lost(): void {
    this.offline.value = true;
    if (this.health.value === 'connecting' || this.health.value === 'online') this.restart();
    else if (this.health.value === 'waiting') this.wait();
  }

  /** The browser has a network again. */
  back(): void {
    this.offline.value = false;
    // Failures without a network say nothing about the server, and an attempt from that time may take long to fail.
    this.failures = 0;
    if (this.health.value === 'connecting' && !this.isOpen && !this.slowly) this.renew();
    else this.wake();
  }

  /** The page has slept, or the network has changed: a socket that seems open may be dead. */
  wake(): void {
    if (this.health.value === 'waiting' && !this.offline.value && !this.slowly) this.connect();
    else if (this.health.value === 'online') {
      this.send({ type: 'ping' });
      this.owe(unansweredAfterWaking);
    }
  }

  /** The socket is known to be dead. */
  renew(): void {
    if (this.health.value === 'stopped') return;
    this.drop(4000);
    this.connect();
  }

  /** The handshake is complete. Only now does the next failure start with a short delay again. */
  ready(): void {
    this.failures = 0;
    this.slowly = false;
    this.failing.value = false;
    // Whatever the browser reports.
    this.offline.value = false;
    this.health.value = 'online';
  }

  send(frame: object): boolean {
    if (!this.wire || !this.isOpen) return false;
    this.wire.send(JSON.stringify(frame));
    if ('id' in frame || ('type' in frame && answered.has(String(frame.type)))) {
      if (this.owing === undefined) this.owe(unansweredAfter);
    }
    clearTimeout(this.pinging);
    this.pinging = setTimeout(() => this.send({ type: 'ping' }), pingAfter);
    return true;
  }

  /** Whether a problem that does not refer to an action requires starting again on a new connection. */
  mustStartAgain(code: string): boolean {
    return code === 'unavailable' || (code === 'internal' && this.health.peek() !== 'online');
  }

  /** Closes this socket and reconnects later. */
  restart(): void {
    this.drop(4000);
    this.wait();
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.retryAt.value = undefined;
    this.health.value = 'connecting';
    const wire = this.options.open();
    this.wire = wire;
    this.heard();
    this.owe(unansweredAfter);
    wire.onopen = () => {
      if (this.wire !== wire) return;
      this.isOpen = true;
      this.heard();
      this.options.opened();
    };
    wire.onmessage = ({ data }) => {
      if (this.wire !== wire) return;
      this.heard();
      if (typeof data === 'string') this.options.received(JSON.parse(data));
    };
    wire.onclose = ({ code }) => {
      if (this.wire !== wire) return;
      this.forget();
      const again = this.options.closed(code);
      this.slowly = again === 'slowly';
      if (again === 'never') this.health.value = 'stopped';
      else this.wait();
    };
  }

  private owe(deadline: number): void {
    clearTimeout(this.owing);
    this.owing = setTimeout(() => this.restart(), deadline);
    this.silent ??= setTimeout(() => (this.unanswered.value = true), silentAfter);
  }

  private answer(): void {
    clearTimeout(this.owing);
    clearTimeout(this.silent);
    this.owing = undefined;
    this.silent = undefined;
    this.unanswered.value = false;
  }

  private heard(): void {
    this.answer();
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.restart(), deadAfter);
  }

  private wait(): void {
    const slowly = this.slowly || this.offline.peek();
    const least = slowly ? slowFrom : 0;
    const most = slowly ? slowTo : Math.min(backOffTo, backOffFrom * 2 ** this.failures);
    this.failures += 1;
    this.failing.value = true;
    this.health.value = 'waiting';
    clearTimeout(this.retry);
    const share = (this.options.random ?? Math.random)();
    const wait = least + (most - least) * share;
    this.retryAt.value = Date.now() + wait;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private drop(code: number): void {
    const wire = this.wire;
    this.forget();
    wire?.close(code, code === 1000 ? 'the page has ended it' : 'the page has given it up');
  }

  private forget(): void {
    this.wire = undefined;
    this.isOpen = false;
    this.answer();
    clearTimeout(this.watchdog);
    clearTimeout(this.pinging);
  }
}

/** The address of an endpoint on the server that this page came from. */
export function webSocket(path: string): () => Wire {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  return () => new WebSocket(address) as Wire;
}
