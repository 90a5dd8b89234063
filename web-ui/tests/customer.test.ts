import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../src/shared/api';
import { CustomerClient } from '../src/shared/customer';
import type { Outgoing } from '../src/shared/outbox';
import { FakeServer } from './fake-wire';

const conversation = '0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11';
const at = '2026-03-02T09:15:30.125Z';

type Stored = Outgoing<{ type: 'send'; id: string; text: string }>;

function welcome(last = 0, more: object = {}) {
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

function message(sequence: number, text: string, more: object = {}) {
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

describe('a customer', () => {
  let server: FakeServer;
  let saved: Stored[];
  let tokens: boolean[];
  let client: CustomerClient;

  function customer(random = () => 1): CustomerClient {
    return new CustomerClient({
      open: server.open,
      token: (refused) => {
        tokens.push(refused);
        return Promise.resolve(`token ${String(tokens.length)}`);
      },
      store: {
        load: () => saved,
        keep: (entry) => (saved = [...saved.filter(({ frame }) => frame.id !== entry.frame.id), entry]),
        drop: (id) => (saved = saved.filter(({ frame }) => frame.id !== id)),
        clear: () => (saved = []),
      },
      random,
    });
  }

  async function connected(frame = welcome()) {
    client.connection.start();
    await opens();
    server.wire.says(frame);
    server.wire.heard();
  }

  async function opens() {
    server.wire.onopen?.();
    await vi.advanceTimersByTimeAsync(0);
  }

  const texts = () => client.entries.value.map(({ text }) => text);
  const sent = () => server.wire.heard().filter(({ type }) => type === 'send');

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    saved = [];
    tokens = [];
    client = customer();
  });

  afterEach(() => {
    client.connection.stop();
    vi.useRealTimers();
  });

  it('says hello again on another connection when the server could not answer the first', async () => {
    client.send('Are you there?');
    client.connection.start();
    await opens();
    server.wire.heard();
    server.wire.says({ type: 'problem', code: 'unavailable', message: 'Try again in a moment.' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.wires.length).toBeGreaterThan(1);
    await opens();
    expect(server.wire.heard()[0]).toMatchObject({ type: 'hello' });
    server.wire.says(welcome());
    expect(sent()).toMatchObject([{ text: 'Are you there?' }]);
  });

  it('says hello first and sends nothing before the welcome', async () => {
    client.connection.start();
    client.send('Hello?');
    await opens();
    expect(server.wire.heard()).toEqual([{ type: 'hello', token: 'token 1', after: 0 }]);
    server.wire.says(welcome());
    expect(sent()).toMatchObject([{ text: 'Hello?' }]);
  });

  it('resumes after the last event that it has', async () => {
    await connected(welcome(2));
    server.wire.says(message(1, 'one'));
    server.wire.says(message(2, 'two'));
    server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await opens();
    expect(server.wire.heard()).toMatchObject([{ type: 'hello', after: 2 }]);
    server.wire.says(welcome(3));
    server.wire.says(message(3, 'three'));
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('has an open conversation from its first message on', async () => {
    await connected();
    expect(client.status.value).toBeUndefined();
    server.wire.says({ ...message(1, 'Hello?'), author: { kind: 'customer' } });
    expect(client.status.value).toBe('open');
  });

  it('says why the server gives no token, until it gives one', async () => {
    const refusals = [
      new Problem(403, 'cross-site', 'not this address'),
      new Problem(0, 'unreachable', 'gone'),
    ];
    client = new CustomerClient({
      open: server.open,
      token: () => {
        const refusal = refusals.shift();
        return refusal ? Promise.reject(refusal) : Promise.resolve('token');
      },
      random: () => 1,
    });
    client.connection.start();
    await opens();
    expect(client.refusal.value).toEqual({ code: 'cross-site', message: 'not this address' });
    expect(client.connection.health.value).toBe('waiting');
    await vi.advanceTimersByTimeAsync(500);
    await opens();
    expect(client.refusal.value).toBeUndefined();
  });

  it('shows an event once, however often it comes', async () => {
    await connected(welcome(1));
    server.wire.says(message(1, 'one'));
    server.wire.says(message(1, 'one'));
    expect(texts()).toEqual(['one']);
  });

  it('asks again from where it is when an event is missing, and takes nothing out of order', async () => {
    await connected(welcome(1));
    server.wire.says(message(1, 'one'));
    server.wire.says(message(3, 'three'));
    await vi.advanceTimersByTimeAsync(0);
    expect(texts()).toEqual(['one']);
    expect(server.wire.heard()).toMatchObject([{ type: 'hello', after: 1 }]);
    server.wire.says(welcome(3));
    server.wire.says(message(2, 'two'));
    server.wire.says(message(3, 'three'));
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('gives the connection up when the gap stays, so that it does not ask for ever', async () => {
    await connected(welcome(1));
    server.wire.says(message(1, 'one'));
    const first = server.wire;
    first.says(message(3, 'three'));
    first.says(message(3, 'three'));
    expect(first.closedWith).toBeDefined();
    expect(client.connection.health.value).toBe('waiting');
  });

  describe('sending', () => {
    it('joins acknowledgement and event by id, in either order', async () => {
      await connected();
      client.send('first');
      const [one] = sent();
      expect(client.entries.value).toMatchObject([{ text: 'first', delivery: 'sending' }]);
      server.wire.says({ type: 'ack', id: one?.['id'], sequence: 1, at, conversation });
      server.wire.says(message(1, 'first', { id: one?.['id'], author: { kind: 'customer' } }));
      client.send('second');
      const [two] = sent();
      server.wire.says(message(2, 'second', { id: two?.['id'], author: { kind: 'customer' } }));
      server.wire.says({ type: 'ack', id: two?.['id'], sequence: 2, at, conversation });
      expect(client.entries.value).toMatchObject([
        { text: 'first', delivery: 'sent' },
        { text: 'second', delivery: 'sent' },
      ]);
      server.wire.says({ type: 'read', by: 'agent', sequence: 1 });
      expect(client.entries.value.map(({ delivery }) => delivery)).toEqual(['read', 'sent']);
    });

    it('repeats a frame that is not acknowledged with the same id', async () => {
      await connected();
      client.send('Anybody there?');
      const [first] = sent();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(sent()).toEqual([first]);
    });

    it('repeats it on the next connection, in the order of writing, one after the other', async () => {
      await connected();
      client.send('one');
      client.send('two');
      const [first] = sent();
      expect(first).toMatchObject({ text: 'one' });
      server.wire.breaks();
      await vi.advanceTimersByTimeAsync(500);
      await opens();
      server.wire.says(welcome());
      expect(sent()).toEqual([first]);
      server.wire.says({ type: 'ack', id: first?.['id'], sequence: 1, at, conversation });
      expect(sent()).toMatchObject([{ text: 'two' }]);
    });

    it('survives a reload', async () => {
      await connected();
      client.send('Do not lose me');
      const [first] = sent();
      client.connection.stop();
      client = customer();
      expect(texts()).toEqual(['Do not lose me']);
      await connected();
      expect(client.entries.value).toMatchObject([{ text: 'Do not lose me', delivery: 'sending' }]);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(sent()).toEqual([first]);
      server.wire.says({ type: 'ack', id: first?.['id'], sequence: 1, at, conversation });
      expect(saved).toEqual([]);
    });

    it('shows what was refused, lets the next one pass, and sends it again when asked to', async () => {
      await connected();
      client.send('refused');
      client.send('fine');
      const [first] = sent();
      const id = first?.['id'] as string;
      server.wire.says({ type: 'problem', code: 'internal', message: 'a defect', id });
      expect(client.entries.value).toMatchObject([
        { text: 'refused', delivery: 'failed', refused: { code: 'internal' } },
        { text: 'fine', delivery: 'sending' },
      ]);
      const [second] = sent();
      server.wire.says({ type: 'ack', id: second?.['id'], sequence: 1, at, conversation });
      client.outbox.retry(id);
      expect(sent()).toEqual([first]);
    });

    it('waits as long as it is told to and keeps the order', async () => {
      await connected();
      client.send('one');
      client.send('two');
      const [first] = sent();
      server.wire.says({
        type: 'problem',
        code: 'rate-limited',
        message: 'slower',
        id: first?.['id'],
        retryAfterMillis: 250,
      });
      expect(sent()).toEqual([]);
      await vi.advanceTimersByTimeAsync(250);
      expect(sent()).toEqual([first]);
    });
  });

  describe('the connection', () => {
    it('breaks a silence of 20 s with a ping', async () => {
      await connected();
      await vi.advanceTimersByTimeAsync(19_999);
      expect(server.wire.heard()).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(server.wire.heard()).toEqual([{ type: 'ping' }]);
    });

    it('takes a server for dead that leaves its ping unanswered for 15 s', async () => {
      await connected();
      await vi.advanceTimersByTimeAsync(34_999);
      expect(client.connection.health.value).toBe('online');
      await vi.advanceTimersByTimeAsync(1);
      expect(client.connection.health.value).toBe('waiting');
      expect(server.wire.closedWith).toBeDefined();
    });

    it('waits longer after each failure, up to 20 s, and starts again after a welcome', async () => {
      client.connection.start();
      for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]) {
        const sockets = server.wires.length;
        server.wire.breaks();
        await vi.advanceTimersByTimeAsync(wait - 1);
        expect(server.wires.length).toBe(sockets);
        await vi.advanceTimersByTimeAsync(1);
        expect(server.wires.length).toBe(sockets + 1);
      }
      await opens();
      server.wire.says(welcome());
      server.wire.breaks();
      const sockets = server.wires.length;
      await vi.advanceTimersByTimeAsync(500);
      expect(server.wires.length).toBe(sockets + 1);
    });

    it('does not wait when the network is back', async () => {
      await connected();
      server.wire.breaks();
      client.connection.retryNow();
      expect(server.wires.length).toBe(2);
      await vi.advanceTimersByTimeAsync(60_000);
    });

    it('does not listen to a socket that it has given up', async () => {
      await connected(welcome(1));
      const old = server.wire;
      old.breaks();
      old.says(message(1, 'from the past'));
      old.breaks();
      expect(texts()).toEqual([]);
      expect(server.wires.length).toBe(1);
    });

    it.each(['token-expired', 'token-invalid'])('asks for another token after %s', async (code) => {
      client.connection.start();
      await opens();
      server.wire.says({ type: 'problem', code, message: 'get a new token' });
      await vi.advanceTimersByTimeAsync(500);
      await opens();
      expect(tokens).toEqual([false, true]);
      expect(server.wire.heard()).toMatchObject([{ type: 'hello', token: 'token 2' }]);
    });

    it('asks for another token when it is closed with 4401', async () => {
      await connected();
      server.wire.breaks(4401);
      await vi.advanceTimersByTimeAsync(500);
      await opens();
      expect(tokens).toEqual([false, true]);
    });
  });

  it('knows that it is blocked, asks slowly, and goes on when it no longer is', async () => {
    client.connection.start();
    await opens();
    server.wire.says(welcome(0));
    server.wire.says({ type: 'problem', code: 'blocked', message: 'no more messages' });
    server.wire.breaks(4403);
    expect(client.blocked.value).toBe(true);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(server.wires.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.wires.length).toBe(2);
    await opens();
    expect(tokens).toEqual([false, false]);
    server.wire.says(welcome(0));
    expect(client.blocked.value).toBe(false);
  });

  describe('a page that the server has no room for', () => {
    async function turnedAway() {
      await opens();
      server.wire.says({ type: 'problem', code: 'rate-limited', message: 'too many pages; close some' });
      server.wire.breaks(4429);
    }

    it('knows it, tries again slowly however often, and goes on when there is room', async () => {
      client.connection.start();
      for (let attempt = 1; attempt <= 3; attempt++) {
        await turnedAway();
        expect(client.turnedAway.value).toBe(true);
        expect(client.connection.health.value).toBe('waiting');
        await vi.advanceTimersByTimeAsync(29_999);
        expect(server.wires.length).toBe(attempt);
        await vi.advanceTimersByTimeAsync(1);
        expect(server.wires.length).toBe(attempt + 1);
        expect(client.turnedAway.value).toBe(true);
      }
      await opens();
      server.wire.says(welcome(1));
      server.wire.says(message(1, 'one'));
      expect(client.turnedAway.value).toBe(false);
      expect(texts()).toEqual(['one']);
    });

    it('waits 10 s at least, unless the person asks', async () => {
      client = customer(() => 0);
      client.connection.start();
      await turnedAway();
      await vi.advanceTimersByTimeAsync(9_999);
      expect(server.wires.length).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(server.wires.length).toBe(2);
      await turnedAway();
      client.connection.retryNow();
      expect(server.wires.length).toBe(3);
    });

    it('is told from one whose server is away', async () => {
      client.connection.start();
      await turnedAway();
      client.connection.retryNow();
      server.wire.breaks();
      expect(client.turnedAway.value).toBe(false);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(server.wires.length).toBe(3);
    });

    it('is told from one that was put out later', async () => {
      await connected();
      server.wire.breaks(4429);
      expect(client.turnedAway.value).toBe(false);
      await vi.advanceTimersByTimeAsync(500);
      expect(server.wires.length).toBe(2);
    });
  });

  it('forgets the thread of another person when the token turns out to be somebody else’s', async () => {
    await connected(welcome(1));
    server.wire.says(message(1, 'secret'));
    server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await opens();
    server.wire.says(welcome(0));
    expect(texts()).toEqual([]);
  });

  it('shows nothing of the last person while the next one is not welcomed yet', async () => {
    await connected(welcome(1, { status: 'resolved', assignee: 'Ada' }));
    server.wire.says(message(1, 'secret'));
    server.wire.says({ type: 'typing', name: 'Ada', active: true });
    client.reset();
    expect(texts()).toEqual([]);
    expect(client.status.value).toBeUndefined();
    expect(client.assignee.value).toBeUndefined();
    expect(client.agentTyping.name.value).toBeUndefined();
    await opens();
    expect(server.wire.heard()).toMatchObject([{ type: 'hello', after: 0 }]);
  });

  it('counts what it has not read, and says what it has', async () => {
    await connected(welcome(2, { customerRead: 1 }));
    server.wire.says(message(1, 'one'));
    server.wire.says(message(2, 'two'));
    expect(client.unread.value).toBe(1);
    client.read(2);
    expect(server.wire.heard()).toEqual([{ type: 'read', sequence: 2 }]);
    expect(client.unread.value).toBe(0);
    client.read(1);
    expect(server.wire.heard()).toEqual([]);
  });

  it('says what it has read without a connection as soon as there is one', async () => {
    await connected(welcome(2));
    server.wire.says(message(1, 'one'));
    server.wire.says(message(2, 'two'));
    server.wire.breaks();
    client.read(2);
    await vi.advanceTimersByTimeAsync(500);
    await opens();
    server.wire.heard();
    server.wire.says(welcome(2));
    expect(server.wire.heard()).toEqual([{ type: 'read', sequence: 2 }]);
  });

  it('puts a long history on screen in few steps, and nothing of it is missing at the end', async () => {
    const steps: number[] = [];
    client.log.events.subscribe(({ length }) => steps.push(length));
    await connected(welcome(1_000));
    for (let sequence = 1; sequence <= 900; sequence++) server.wire.says(message(sequence, 'old'));
    await vi.advanceTimersByTimeAsync(250);
    for (let sequence = 901; sequence <= 1_000; sequence++) server.wire.says(message(sequence, 'old'));
    server.wire.says(message(1_001, 'new'));
    expect(steps).toEqual([0, 900, 1_000, 1_001]);
  });

  it('shows what came before the connection broke', async () => {
    await connected(welcome(3));
    server.wire.says(message(1, 'one'));
    expect(texts()).toEqual([]);
    server.wire.breaks();
    expect(texts()).toEqual(['one']);
  });

  it('tells that it types at most every three seconds, and that it has stopped', async () => {
    await connected();
    client.typed();
    client.typed();
    expect(server.wire.heard()).toEqual([{ type: 'typing', active: true }]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(server.wire.heard()).toEqual([{ type: 'typing', active: false }]);
  });

  it('does not leave the agent typing for ever', async () => {
    await connected();
    server.wire.says({ type: 'typing', name: 'Ada', active: true });
    expect(client.agentTyping.name.value).toBe('Ada');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(client.agentTyping.name.value).toBeUndefined();
  });
});
