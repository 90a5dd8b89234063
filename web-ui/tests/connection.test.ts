import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { missingFeatures } from '../src/shared/browser';
import { Connection } from '../src/shared/connection';
import { newId } from '../src/shared/ids';
import { watchBrowser } from '../src/shared/lifeline';
import { troubleOf } from '../src/thread/trouble';
import { FakeServer } from './fake-wire';

describe('a connection', () => {
  let server: FakeServer;
  let connection: Connection;

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    connection = new Connection({
      open: server.open,
      opened: () => connection.ready(),
      received: () => undefined,
      closed: () => 'soon',
      random: () => 1,
    });
    connection.start();
    server.wire.onopen?.();
    server.wire.heard();
  });

  afterEach(() => {
    connection.stop();
    vi.useRealTimers();
  });

  it('that the browser reports as lost is given up at once, and comes back with the network', () => {
    connection.lost();
    expect(troubleOf(connection)).toBe('offline');
    expect(server.wire.closedWith).toBeDefined();
    connection.back();
    expect(server.wires.length).toBe(2);
    server.wire.onopen?.();
    expect(troubleOf(connection)).toBeUndefined();
  });

  it('does not wait for an attempt that hangs since before the network was back', async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      server.wire.breaks();
      connection.retryNow();
    }
    const hanging = server.wires.length;
    connection.back();
    expect(server.wires.length).toBe(hanging + 1);
    server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    expect(server.wires.length).toBe(hanging + 2);
    server.wire.onopen?.();
    expect(troubleOf(connection)).toBeUndefined();
  });

  it('is tried even while the browser reports no network, slowly or when asked', async () => {
    connection.lost();
    connection.wake();
    expect(server.wires.length).toBe(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(server.wires.length).toBe(2);
    server.wire.breaks();
    connection.retryNow();
    expect(server.wires.length).toBe(3);
    server.wire.onopen?.();
    expect(troubleOf(connection)).toBeUndefined();
  });

  it('that leaves something unanswered is said to be silent after 2 s, and given up after 15 s', async () => {
    connection.send({ type: 'send', id: '1' });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(troubleOf(connection)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(troubleOf(connection)).toBe('silent');
    await vi.advanceTimersByTimeAsync(12_999);
    expect(server.wire.closedWith).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.wire.closedWith).toBeDefined();
    expect(troubleOf(connection)).toBe('unreachable');
  });

  it('is silent no longer once anything is heard', async () => {
    connection.send({ type: 'send', id: '1' });
    await vi.advanceTimersByTimeAsync(2_000);
    server.wire.says({ type: 'pong' });
    expect(troubleOf(connection)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(server.wire.closedWith).toBeUndefined();
  });

  it('is not expected to answer that somebody types', async () => {
    connection.send({ type: 'typing', active: true });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(troubleOf(connection)).toBeUndefined();
  });

  it('is probed when the page wakes up, and given up after 5 s', async () => {
    connection.wake();
    expect(server.wire.heard()).toEqual([{ type: 'ping' }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.wire.closedWith).toBeDefined();
  });

  it('knows when the next attempt is made, and stays in trouble while one is', async () => {
    server.wire.breaks();
    expect(connection.retryAt.value).toBe(Date.now() + 500);
    await vi.advanceTimersByTimeAsync(500);
    expect(connection.health.value).toBe('connecting');
    expect(connection.retryAt.value).toBeUndefined();
    expect(troubleOf(connection)).toBe('unreachable');
  });

  it('listens to the browser', () => {
    watchBrowser(connection);
    window.dispatchEvent(new Event('offline'));
    expect(troubleOf(connection)).toBe('offline');
    window.dispatchEvent(new Event('online'));
    expect(server.wires.length).toBe(2);
    server.wire.onopen?.();
    server.wire.heard();
    window.dispatchEvent(new Event('focus'));
    expect(server.wire.heard()).toEqual([{ type: 'ping' }]);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(server.wires.length).toBe(3);
  });
});

describe('on a page over plain http', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('ids are made, and nothing is missing', () => {
    vi.stubGlobal('crypto', {
      getRandomValues: (bytes: Uint8Array) => bytes.fill(255),
    });
    expect(newId()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
    expect(missingFeatures()).toEqual([]);
  });

  it('an old browser is found out', () => {
    vi.stubGlobal('ResizeObserver', undefined);
    expect(missingFeatures()).toEqual(['ResizeObserver']);
  });
});
