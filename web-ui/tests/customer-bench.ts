import { afterEach, beforeEach, vi } from 'vitest';
import { CustomerClient } from '../src/shared/customer';
import { keysBelow, recall, storedOutbox } from '../src/shared/storage';
import { FakeServer } from './fake-wire';

export const conversation = '0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11';
export const at = '2026-03-02T09:15:30.125Z';

const outboxKey = 'replyloop.bench.outbox';

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
  /** Whose the page is now. */
  owner = '';
  /** For each token that was asked for, whether the one before had been refused. */
  tokens: boolean[] = [];
  client = this.customer();

  clear() {
    this.server = new FakeServer();
    localStorage.clear();
    this.owner = '';
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
      store: storedOutbox(
        outboxKey,
        () => this.owner,
        () => Promise.resolve(new Set()),
      ),
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

  saved = () => keysBelow(`${outboxKey}.`).map((key) => recall(key) ?? '');
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
