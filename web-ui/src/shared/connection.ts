import { signal } from '@preact/signals';

/** What the pages need of a WebSocket; tests bring their own. */
export interface Wire {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export type Health = 'connecting' | 'online' | 'waiting' | 'stopped';

const pingAfter = 20_000;
const deadAfter = 45_000;
const backOffFrom = 500;
const backOffTo = 20_000;
const slowFrom = 10_000;
const slowTo = 30_000;

/** What to do about a socket that was closed; 'slowly' is for a server that has no room. */
export type Again = 'soon' | 'slowly' | 'never';

export interface ConnectionOptions {
  open: () => Wire;
  /** The socket is open: say hello. */
  opened: () => void;
  received: (frame: unknown) => void;
  closed: (code: number) => Again;
  random?: () => number;
}

/**
 * One socket that comes back. Silence of 20 s is broken with a ping; a server that is not heard for 45 s counts as
 * dead, because a half-open socket never says that it is closed. The wait between attempts is drawn from the whole
 * range up to an exponential limit, so that a restarted server is not met by all its clients at once.
 */
export class Connection {
  readonly health = signal<Health>('stopped');
  private wire: Wire | undefined;
  private isOpen = false;
  private failures = 0;
  private slowly = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pinging: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    if (this.health.value === 'stopped') this.connect();
  }

  stop(): void {
    this.health.value = 'stopped';
    clearTimeout(this.retry);
    this.drop(1000);
  }

  /** The network is back, or the person asks: no need to sit out the wait. */
  retryNow(): void {
    if (this.health.value === 'waiting') this.connect();
  }

  /** The handshake is done. Only now does a next failure start with a short wait again. */
  ready(): void {
    this.failures = 0;
    this.slowly = false;
    this.health.value = 'online';
  }

  send(frame: object): boolean {
    if (!this.wire || !this.isOpen) return false;
    this.wire.send(JSON.stringify(frame));
    clearTimeout(this.pinging);
    this.pinging = setTimeout(() => this.send({ type: 'ping' }), pingAfter);
    return true;
  }

  /** Gives this socket up and tries again later. */
  restart(): void {
    this.drop(4000);
    this.wait();
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.health.value = 'connecting';
    const wire = this.options.open();
    this.wire = wire;
    this.heard();
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

  private heard(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.restart(), deadAfter);
  }

  private wait(): void {
    const least = this.slowly ? slowFrom : 0;
    const most = this.slowly ? slowTo : Math.min(backOffTo, backOffFrom * 2 ** this.failures);
    this.failures += 1;
    this.health.value = 'waiting';
    clearTimeout(this.retry);
    const share = (this.options.random ?? Math.random)();
    this.retry = setTimeout(() => this.connect(), least + (most - least) * share);
  }

  private drop(code: number): void {
    const wire = this.wire;
    this.forget();
    wire?.close(code);
  }

  private forget(): void {
    this.wire = undefined;
    this.isOpen = false;
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
