import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../src/shared/api';
import { CustomerClient } from '../src/shared/customer';
import { conversation, customerBench, message, welcome } from './customer-bench';

describe('a customer', () => {
  const bench = customerBench();

  it('says hello again on another connection when the bench.server could not answer the first', async () => {
    bench.client.send('Are you there?');
    bench.client.connection.start();
    await bench.opens();
    bench.server.wire.heard();
    bench.server.wire.says({ type: 'problem', code: 'unavailable', message: 'Try again in a moment.' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(bench.server.wires.length).toBeGreaterThan(1);
    await bench.opens();
    expect(bench.server.wire.heard()[0]).toMatchObject({ type: 'hello' });
    bench.server.wire.says(welcome());
    expect(bench.sent()).toMatchObject([{ text: 'Are you there?' }]);
  });

  it('says hello first and sends nothing before the welcome', async () => {
    bench.client.connection.start();
    bench.client.send('Hello?');
    await bench.opens();
    expect(bench.server.wire.heard()).toEqual([{ type: 'hello', token: 'token 1', after: 0 }]);
    bench.server.wire.says(welcome());
    expect(bench.sent()).toMatchObject([{ text: 'Hello?' }]);
  });

  it('tells where it is after each welcome, and when that changes', async () => {
    bench.client.visit('https://shop.example/');
    bench.client.connection.start();
    await bench.opens();
    expect(bench.server.wire.heard()).toMatchObject([{ type: 'hello' }]);
    bench.server.wire.says(welcome());
    const visits = () => bench.server.wire.heard().filter(({ type }) => type === 'visit');
    expect(visits()).toEqual([
      { type: 'visit', page: 'https://shop.example/', language: navigator.language },
    ]);
    bench.client.visit('https://shop.example/cart');
    expect(visits()).toMatchObject([{ page: 'https://shop.example/cart' }]);
    bench.server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    bench.server.wire.says(welcome());
    expect(visits()).toMatchObject([{ page: 'https://shop.example/cart' }]);
  });

  it('tells nothing of what the page knew of whoever was here before', async () => {
    bench.client.visit('https://shop.example/', { plan: 'gold' });
    await bench.connected();
    bench.client.reset();
    await bench.opens();
    bench.server.wire.says(welcome());
    expect(bench.server.wire.heard().filter(({ type }) => type === 'visit')).toEqual([
      { type: 'visit', page: 'https://shop.example/', language: navigator.language },
    ]);
  });

  it('resumes after the last event that it has', async () => {
    await bench.connected(welcome(2));
    bench.server.wire.says(message(1, 'one'));
    bench.server.wire.says(message(2, 'two'));
    bench.server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    expect(bench.server.wire.heard()).toMatchObject([{ type: 'hello', after: 2 }]);
    bench.server.wire.says(welcome(3));
    bench.server.wire.says(message(3, 'three'));
    expect(bench.texts()).toEqual(['one', 'two', 'three']);
  });

  it('turns to another conversation that it has begun, and keeps nothing of the one before on screen', async () => {
    await bench.connected(welcome(2, { conversation: 'first', status: 'resolved' }));
    bench.server.wire.says(message(1, 'one'));
    bench.server.wire.says(message(2, 'two'));
    bench.client.begins.value = true;
    bench.client.send('Something else');
    expect(bench.client.begins.value).toBe(false);
    const [sent = { id: undefined }] = bench.sent();
    expect(sent).toMatchObject({ begins: true });

    bench.server.wire.says({
      type: 'ack',
      id: sent.id,
      sequence: 1,
      at: '2026-11-30T10:00:00Z',
      conversation: 'second',
    });
    bench.server.wire.says(welcome(1, { conversation: 'second', status: 'open', earlier: true }));
    bench.server.wire.says({ ...message(1, 'Something else'), id: sent.id, author: { kind: 'customer' } });

    expect(bench.texts()).toEqual(['Something else']);
    expect(bench.client.status.value).toBe('open');
    expect(bench.client.hasEarlier.value).toBe(true);
    expect(bench.client.unread.value).toBe(0);
    bench.server.wire.says({ type: 'read', conversation: 'first', by: 'agent', sequence: 2 });
    bench.server.wire.says({ type: 'rated', conversation: 'first', resolution: 2, score: 5 });
    expect(bench.client.agentRead.value).toBe(0);
    expect(bench.client.rating.value).toBeUndefined();
    bench.server.wire.says({ type: 'read', conversation: 'second', by: 'agent', sequence: 1 });
    expect(bench.client.agentRead.value).toBe(1);
    bench.server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    expect(bench.server.wire.heard()).toMatchObject([{ type: 'hello', after: 1, conversation: 'second' }]);
  });

  it('has an open conversation from its first message on', async () => {
    await bench.connected();
    expect(bench.client.status.value).toBeUndefined();
    bench.server.wire.says({ ...message(1, 'Hello?'), author: { kind: 'customer' } });
    expect(bench.client.status.value).toBe('open');
  });

  it('says why the bench.server gives no token, until it gives one', async () => {
    const refusals = [
      new Problem(403, 'cross-site', 'not this address'),
      new Problem(0, 'unreachable', 'gone'),
    ];
    bench.client = new CustomerClient({
      open: bench.server.open,
      token: () => {
        const refusal = refusals.shift();
        return refusal ? Promise.reject(refusal) : Promise.resolve('token');
      },
      random: () => 1,
    });
    bench.client.connection.start();
    await bench.opens();
    expect(bench.client.refusal.value).toEqual({ code: 'cross-site', message: 'not this address' });
    expect(bench.client.connection.health.value).toBe('waiting');
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    expect(bench.client.refusal.value).toBeUndefined();
  });

  it('shows an event once, however often it comes', async () => {
    await bench.connected(welcome(1));
    bench.server.wire.says(message(1, 'one'));
    bench.server.wire.says(message(1, 'one'));
    expect(bench.texts()).toEqual(['one']);
  });

  it('asks again from where it is when an event is missing, and takes nothing out of order', async () => {
    await bench.connected(welcome(1));
    bench.server.wire.says(message(1, 'one'));
    bench.server.wire.says(message(3, 'three'));
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.texts()).toEqual(['one']);
    expect(bench.server.wire.heard()).toMatchObject([{ type: 'hello', after: 1 }]);
    bench.server.wire.says(welcome(3));
    bench.server.wire.says(message(2, 'two'));
    bench.server.wire.says(message(3, 'three'));
    expect(bench.texts()).toEqual(['one', 'two', 'three']);
  });

  it('gives the connection up when the gap stays, so that it does not ask for ever', async () => {
    await bench.connected(welcome(1));
    bench.server.wire.says(message(1, 'one'));
    const first = bench.server.wire;
    first.says(message(3, 'three'));
    first.says(message(3, 'three'));
    expect(first.closedWith).toBeDefined();
    expect(bench.client.connection.health.value).toBe('waiting');
  });

  it('forgets the thread of another person when the token turns out to be somebody else’s', async () => {
    await bench.connected(welcome(1));
    bench.server.wire.says(message(1, 'secret'));
    bench.server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    bench.server.wire.says(welcome(0));
    expect(bench.texts()).toEqual([]);
  });

  it('shows nothing of the last person while the next one is not welcomed yet', async () => {
    await bench.connected(welcome(1, { status: 'resolved', assignee: 'Ada' }));
    bench.server.wire.says(message(1, 'secret'));
    bench.server.wire.says({ type: 'typing', name: 'Ada', active: true });
    bench.client.reset();
    expect(bench.texts()).toEqual([]);
    expect(bench.client.status.value).toBeUndefined();
    expect(bench.client.assignee.value).toBeUndefined();
    expect(bench.client.agentTyping.name.value).toBeUndefined();
    await bench.opens();
    expect(bench.server.wire.heard()).toMatchObject([{ type: 'hello', after: 0 }]);
  });

  it('has of what waits only what the next person has begun, and leaves that to them', async () => {
    bench.owner = 'alice';
    bench.customer().send('hers');
    bench.owner = '';
    await bench.connected();
    bench.client.send('of the one before');
    bench.server.wire.heard();

    bench.owner = 'alice';
    bench.client.outbox.clear();
    bench.client.reset();

    expect(bench.texts()).toEqual(['hers']);
    expect(bench.saved()).toEqual([expect.stringContaining('hers')]);
    await bench.opens();
    bench.server.wire.says(welcome());
    expect(bench.sent()).toMatchObject([{ text: 'hers' }]);
  });

  it('counts what it has not read, and says what it has', async () => {
    await bench.connected(welcome(2, { customerRead: 1 }));
    bench.server.wire.says(message(1, 'one'));
    bench.server.wire.says(message(2, 'two'));
    expect(bench.client.unread.value).toBe(1);
    bench.client.read(2);
    expect(bench.server.wire.heard()).toEqual([{ type: 'read', sequence: 2, conversation }]);
    expect(bench.client.unread.value).toBe(0);
    bench.client.read(1);
    expect(bench.server.wire.heard()).toEqual([]);
  });

  it('says what it has read without a connection as soon as there is one', async () => {
    await bench.connected(welcome(2));
    bench.server.wire.says(message(1, 'one'));
    bench.server.wire.says(message(2, 'two'));
    bench.server.wire.breaks();
    bench.client.read(2);
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    bench.server.wire.heard();
    bench.server.wire.says(welcome(2));
    expect(bench.server.wire.heard()).toEqual([{ type: 'read', sequence: 2, conversation }]);
  });

  it('puts a long history on screen in few steps, and nothing of it is missing at the end', async () => {
    const steps: number[] = [];
    bench.client.log.events.subscribe(({ length }) => steps.push(length));
    await bench.connected(welcome(1_000));
    for (let sequence = 1; sequence <= 900; sequence++) bench.server.wire.says(message(sequence, 'old'));
    await vi.advanceTimersByTimeAsync(250);
    for (let sequence = 901; sequence <= 1_000; sequence++) bench.server.wire.says(message(sequence, 'old'));
    bench.server.wire.says(message(1_001, 'new'));
    expect(steps).toEqual([0, 900, 1_000, 1_001]);
  });

  it('shows what came before the connection broke', async () => {
    await bench.connected(welcome(3));
    bench.server.wire.says(message(1, 'one'));
    expect(bench.texts()).toEqual([]);
    bench.server.wire.breaks();
    expect(bench.texts()).toEqual(['one']);
  });

  it('tells that it types at most every three seconds, and that it has stopped', async () => {
    await bench.connected();
    bench.client.typed();
    bench.client.typed();
    expect(bench.server.wire.heard()).toEqual([{ type: 'typing', active: true }]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(bench.server.wire.heard()).toEqual([{ type: 'typing', active: false }]);
  });

  it('does not leave the agent typing for ever', async () => {
    await bench.connected();
    bench.server.wire.says({ type: 'typing', name: 'Ada', active: true });
    expect(bench.client.agentTyping.name.value).toBe('Ada');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(bench.client.agentTyping.name.value).toBeUndefined();
  });
});
