import { describe, expect, it, vi } from 'vitest';
import { at, conversation, customerBench, message, welcome } from './customer-bench';

describe('a customer who sends', () => {
  const bench = customerBench();

  it('joins acknowledgement and event by id, in either order', async () => {
    await bench.connected();
    bench.client.send('first');
    const [one] = bench.sent();
    expect(bench.client.entries.value).toMatchObject([{ text: 'first', delivery: 'sending' }]);
    bench.server.wire.says({ type: 'ack', id: one?.['id'], sequence: 1, at, conversation });
    bench.server.wire.says(message(1, 'first', { id: one?.['id'], author: { kind: 'customer' } }));
    bench.client.send('second');
    const [two] = bench.sent();
    bench.server.wire.says(message(2, 'second', { id: two?.['id'], author: { kind: 'customer' } }));
    bench.server.wire.says({ type: 'ack', id: two?.['id'], sequence: 2, at, conversation });
    expect(bench.client.entries.value).toMatchObject([
      { text: 'first', delivery: 'sent' },
      { text: 'second', delivery: 'sent' },
    ]);
    bench.server.wire.says({ type: 'read', by: 'agent', sequence: 1 });
    expect(bench.client.entries.value.map(({ delivery }) => delivery)).toEqual(['read', 'sent']);
  });

  it('repeats a frame that is not acknowledged with the same id', async () => {
    await bench.connected();
    bench.client.send('Anybody there?');
    const [first] = bench.sent();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bench.sent()).toEqual([first]);
  });

  it('repeats it on the next connection, in the order of writing, one after the other', async () => {
    await bench.connected();
    bench.client.send('one');
    bench.client.send('two');
    const [first] = bench.sent();
    expect(first).toMatchObject({ text: 'one' });
    bench.server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    await bench.opens();
    bench.server.wire.says(welcome());
    expect(bench.sent()).toEqual([first]);
    bench.server.wire.says({ type: 'ack', id: first?.['id'], sequence: 1, at, conversation });
    expect(bench.sent()).toMatchObject([{ text: 'two' }]);
  });

  it('survives a reload', async () => {
    await bench.connected();
    bench.client.send('Do not lose me');
    const [first] = bench.sent();
    bench.client.connection.stop();
    bench.client = bench.customer();
    expect(bench.texts()).toEqual(['Do not lose me']);
    await bench.connected();
    expect(bench.client.entries.value).toMatchObject([{ text: 'Do not lose me', delivery: 'sending' }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bench.sent()).toEqual([first]);
    bench.server.wire.says({ type: 'ack', id: first?.['id'], sequence: 1, at, conversation });
    expect(bench.saved()).toEqual([]);
  });

  it('shows what was refused, lets the next one pass, and sends it again when asked to', async () => {
    await bench.connected();
    bench.client.send('refused');
    bench.client.send('fine');
    const [first] = bench.sent();
    const id = first?.['id'] as string;
    bench.server.wire.says({ type: 'problem', code: 'internal', message: 'a defect', id });
    expect(bench.client.entries.value).toMatchObject([
      { text: 'refused', delivery: 'failed', refused: { code: 'internal' } },
      { text: 'fine', delivery: 'sending' },
    ]);
    const [second] = bench.sent();
    bench.server.wire.says({ type: 'ack', id: second?.['id'], sequence: 1, at, conversation });
    bench.client.outbox.retry(id);
    expect(bench.sent()).toEqual([first]);
  });

  it('is sent again when the database could not take it for a moment', async () => {
    await bench.connected();
    bench.client.send('one');
    const [first] = bench.sent();
    bench.server.wire.says({
      type: 'problem',
      code: 'unavailable',
      message: 'Try again in a moment.',
      id: first?.['id'],
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bench.sent()).toContainEqual(first);
  });

  it('waits as long as it is told to and keeps the order', async () => {
    await bench.connected();
    bench.client.send('one');
    bench.client.send('two');
    const [first] = bench.sent();
    bench.server.wire.says({
      type: 'problem',
      code: 'rate-limited',
      message: 'slower',
      id: first?.['id'],
      retryAfterMillis: 250,
    });
    expect(bench.sent()).toEqual([]);
    await vi.advanceTimersByTimeAsync(250);
    expect(bench.sent()).toEqual([first]);
  });
});
