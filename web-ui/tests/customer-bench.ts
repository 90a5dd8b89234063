import { afterEach, beforeEach, vi } from 'vitest';
import { CustomerClient } from '../src/shared/customer';
import type { Outgoing } from '../src/shared/outbox';
import { FakeServer } from './fake-wire';

export const conversation = '0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11';
export const at = '2026-03-02T09:15:30.125Z';

type Stored = Outgoing<{ type: 'send'; id: string; text: string }>;

export function welcome(last = 0, more: object = {}) {
  return {
    type: 'welcome',
    last,
    customerRead: 0,
    agentRead: 0,
    agentsOnline: true,
    maxTextLength: 8000,
    ...(last ? { conversation, status: 'open' } : {}),
    ...more,
  };
}

export function message(sequence: number, text: string, more: object = {}) {
  return {
    type: 'event',
    sequence,
    at,
    kind: 'message',
    author: { kind: 'agent', name: 'Ada' },
    text,
    ...more,
  };
}

/** A customer's page and its server, new for each test. */
class CustomerBench {
  server = new FakeServer();
  saved: Stored[] = [];
  /** For each token that was asked for, whether the one before had been refused. */
  tokens: boolean[] = [];
  client = this.customer();

  clear() {
    this.server = new FakeServer();
    this.saved = [];
    this.tokens = [];
    this.client = this.customer();
  }

  customer(random = () => 1): CustomerClient {
    return new CustomerClient({
      open: this.server.open,
      token: (refused) => {
        this.tokens.push(refused);
        return Promise.resolve(`token ${String(this.tokens.length)}`);
      },
      store: {
        load: () => this.saved,
        keep: (entry) => {
          this.saved = [...this.saved.filter(({ frame }) => frame.id !== entry.frame.id), entry];
        },
        drop: (id) => (this.saved = this.saved.filter(({ frame }) => frame.id !== id)),
        clear: () => (this.saved = []),
      },
      random,
    });
  }

  async connected(frame = welcome()) {
    this.client.connection.start();
    await this.opens();
    this.server.wire.says(frame);
    this.server.wire.heard();
  }

  async opens() {
    this.server.wire.onopen?.();
    await vi.advanceTimersByTimeAsync(0);
  }

  texts = () => this.client.entries.value.map(({ text }) => text);
  sent = () => this.server.wire.heard().filter(({ type }) => type === 'send');
}

export function customerBench(): CustomerBench {
  const bench = new CustomerBench();
  beforeEach(() => {
    vi.useFakeTimers();
    bench.clear();
  });
  afterEach(() => {
    bench.client.connection.stop();
    vi.useRealTimers();
  });
  return bench;
}
