import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../src/shared/api';
import { CustomerClient } from '../src/shared/customer';
import { customerBench, message, welcome } from './customer-bench';

describe('the connection of a customer', () => {
  const bench = customerBench();

  it('breaks a silence of 20 s with a ping', async () => {
    await bench.connected();
    await vi.advanceTimersByTimeAsync(19_999);
    expect(bench.server.wire.heard()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(bench.server.wire.heard()).toEqual([{ type: 'ping' }]);
  });

  it('takes a bench.server for dead that leaves its ping unanswered for 15 s', async () => {
    await bench.connected();
    await vi.advanceTimersByTimeAsync(34_999);
    expect(bench.client.connection.health.value).toBe('online');
    await vi.advanceTimersByTimeAsync(1);
    expect(bench.client.connection.health.value).toBe('waiting');
    expect(bench.server.wire.closedWith).toBeDefined();
  });

  it('waits longer after each failure, up to 20 s, and starts again after a welcome', async () => {
    bench.client.connection.start();
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]) {
      const sockets = bench.server.wires.length;
      bench.server.wire.breaks();
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(bench.server.wires.length).toBe(sockets);
      await vi.advanceTimersByTimeAsync(1);
      expect(bench.server.wires.length).toBe(sockets + 1);
    }
    await bench.opens();
    bench.server.wire.says(welcome());
    bench.server.wire.breaks();
    const sockets = bench.server.wires.length;
    await vi.advanceTimersByTimeAsync(500);
    expect(bench.server.wires.length).toBe(sockets + 1);
  });

  it('does not wait when the network is back', async () => {
    await bench.connected();
    bench.server.wire.breaks();
    bench.client.connection.retryNow();
    expect(bench.server.wires.length).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
  });

  it('does not listen to a socket that it has given up', async () => {
    await bench.connected(welcome(1));
    const old = bench.server.wire;
    old.breaks();
    old.says(message(1, 'from the past'));
    old.breaks();
    expect(bench.texts()).toEqual([]);
    expect(bench.server.wires.length).toBe(1);
  });

  it.each(['token-expired', 'token-invalid'])('asks for another token after %s', async (code) => {
    bench.client.connection.start();
    await bench.opens();
    bench.server.wire.says({ type: 'problem', code, message: 'get a new token' });
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    expect(bench.tokens).toEqual([false, true]);
    expect(bench.server.wire.heard()).toMatchObject([{ type: 'hello', token: 'token 2' }]);
  });

  it('asks for another token when it is closed with 4401', async () => {
    await bench.connected();
    bench.server.wire.breaks(4401);
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    expect(bench.tokens).toEqual([false, true]);
  });

  it('knows that it is blocked, asks only when the person does, and goes on when it no longer is', async () => {
    bench.client.connection.start();
    await bench.opens();
    bench.server.wire.says(welcome(0));
    bench.server.wire.says({ type: 'problem', code: 'blocked', message: 'no more messages' });
    bench.client.send('On its way');
    bench.server.wire.breaks(4403);
    expect(bench.client.blocked.value).toBe(true);
    expect(bench.client.entries.value).toMatchObject([{ text: 'On its way', delivery: 'failed' }]);
    bench.client.connection.back();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(bench.server.wires.length).toBe(1);

    bench.client.tryAgain();
    await bench.opens();
    bench.server.wire.says({ type: 'problem', code: 'blocked', message: 'no more messages' });
    bench.server.wire.breaks(4403);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(bench.server.wires.length).toBe(2);
    expect(bench.client.blocked.value).toBe(true);

    bench.client.tryAgain();
    await bench.opens();
    expect(bench.tokens).toEqual([false, false, false]);
    bench.server.wire.says(welcome(0));
    expect(bench.client.blocked.value).toBe(false);
    expect(bench.sent()).toMatchObject([{ text: 'On its way' }]);
  });

  it('that is given no token because it is blocked ends there', async () => {
    bench.client = new CustomerClient({
      open: bench.server.open,
      token: () => Promise.reject(new Problem(403, 'blocked', 'no more messages')),
    });
    bench.client.connection.start();
    await bench.opens();
    expect(bench.client.blocked.value).toBe(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(bench.server.wires.length).toBe(1);
  });
});

describe('a page that the bench.server has no room for', () => {
  const bench = customerBench();

  async function turnedAway() {
    await bench.opens();
    bench.server.wire.says({ type: 'problem', code: 'rate-limited', message: 'too many pages; close some' });
    bench.server.wire.breaks(4429);
  }

  it('knows it, tries again slowly however often, and goes on when there is room', async () => {
    bench.client.connection.start();
    for (let attempt = 1; attempt <= 3; attempt++) {
      await turnedAway();
      expect(bench.client.turnedAway.value).toBe(true);
      expect(bench.client.connection.health.value).toBe('waiting');
      await vi.advanceTimersByTimeAsync(29_999);
      expect(bench.server.wires.length).toBe(attempt);
      await vi.advanceTimersByTimeAsync(1);
      expect(bench.server.wires.length).toBe(attempt + 1);
      expect(bench.client.turnedAway.value).toBe(true);
    }
    await bench.opens();
    bench.server.wire.says(welcome(1));
    bench.server.wire.says(message(1, 'one'));
    expect(bench.client.turnedAway.value).toBe(false);
    expect(bench.texts()).toEqual(['one']);
  });

  it('waits 10 s at least, unless the person asks', async () => {
    bench.client = bench.customer(() => 0);
    bench.client.connection.start();
    await turnedAway();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(bench.server.wires.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(bench.server.wires.length).toBe(2);
    await turnedAway();
    bench.client.connection.retryNow();
    expect(bench.server.wires.length).toBe(3);
  });

  it('is told from one whose bench.server is away', async () => {
    bench.client.connection.start();
    await turnedAway();
    bench.client.connection.retryNow();
    bench.server.wire.breaks();
    expect(bench.client.turnedAway.value).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bench.server.wires.length).toBe(3);
  });

  it('is told from one that was put out later', async () => {
    await bench.connected();
    bench.server.wire.breaks(4429);
    expect(bench.client.turnedAway.value).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(bench.server.wires.length).toBe(2);
  });
});
