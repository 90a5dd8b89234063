import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BulkActs, type BulkAct, type BulkOutcome } from '../src/console/bulk-acts';
import { Selection } from '../src/console/selection';
import type { AgentClient } from '../src/shared/agent';
import { HeldOutbox } from '../src/shared/held-outbox';
import './console-bench';

interface Part {
  id: string;
  act: BulkAct;
  conversations: string[];
  seen?: Record<string, number>;
}

describe('acts on many conversations', () => {
  const all = Array.from({ length: 60 }, (_, index) => `c${String(index)}`);
  let selection: Selection;
  let bulk: BulkActs;
  let transmitted: { id: string; conversation: string }[];
  let held: HeldOutbox<{ id: string; conversation: string }>;
  let outbox: AgentClient['outbox'];
  let sent: Part[];
  /** Whether the server is away for a part, by how many came before it. */
  let isAway: (before: number) => boolean;

  beforeEach(() => {
    selection = new Selection();
    bulk = new BulkActs(selection);
    transmitted = [];
    held = new HeldOutbox((frame) => transmitted.push(frame) > 0);
    held.opened();
    outbox = held as unknown as AgentClient['outbox'];
    sent = [];
    isAway = () => false;
    vi.stubGlobal('fetch', (_address: string, { body }: { body: string }) => {
      const part = JSON.parse(body) as Part;
      sent.push(part);
      if (isAway(sent.length - 1)) return Promise.reject(new Error('away'));
      const outcome = part.conversations.map((conversation): BulkOutcome =>
        conversation === 'c7' ? { conversation, code: 'conflict', message: 'held' } : { conversation },
      );
      return Promise.resolve(new Response(JSON.stringify(outcome)));
    });
  });

  it('are done in parts, what is refused stays chosen, and a part that failed is sent again as it was', async () => {
    selection.all(all);
    isAway = (before) => before === 1;
    await bulk.begin(all, { what: 'resolve' }, outbox);
    expect(bulk.now.value).toMatchObject({ state: 'stopped', done: 50, total: 60 });
    await bulk.goOn(outbox);
    expect(sent).toHaveLength(3);
    expect(sent[2]).toEqual(sent[1]);
    expect([...selection.chosen.value]).toEqual(['c7']);
    expect(bulk.now.value).toMatchObject({ done: 60, state: 'done', refused: [{ conversation: 'c7' }] });
    bulk.read();
    expect(bulk.now.value).toBeUndefined();
  });

  it('resolve only what has been seen', async () => {
    const seen = new Map([['a', 7]]);
    await bulk.begin(['a', 'b'], { what: 'resolve' }, outbox, seen);
    await bulk.begin(['a', 'b'], { what: 'take' }, outbox, seen);
    expect(sent.map((part) => part.seen)).toEqual([{ a: 7 }, undefined]);
  });

  it('follow one another, also what is begun while one has stopped', async () => {
    const first = bulk.begin(['a', 'b'], { what: 'resolve' }, outbox);
    await bulk.begin(['c', 'd'], { what: 'spam' }, outbox);
    await first;
    expect(sent.map(({ act, conversations }) => [act.what, ...conversations])).toEqual([
      ['resolve', 'a', 'b'],
      ['spam', 'c', 'd'],
    ]);
    expect(bulk.now.value).toBeUndefined();

    isAway = (before) => before === 2;
    await bulk.begin(['e', 'f'], { what: 'take' }, outbox);
    await bulk.begin(['g', 'h'], { what: 'take' }, outbox);
    expect(sent.slice(2).map(({ conversations }) => conversations)).toEqual([
      ['e', 'f'],
      ['e', 'f'],
      ['g', 'h'],
    ]);

    isAway = () => true;
    await bulk.begin(['i', 'j'], { what: 'take' }, outbox);
    bulk.giveUp();
    expect(bulk.now.value).toBeUndefined();
  });

  it('come after an answer that could still be taken back', async () => {
    held.add({ id: 'one', conversation: 'a' }, 10_000);
    held.add({ id: 'two', conversation: 'z' }, 10_000);
    const done = bulk.begin(['a', 'b'], { what: 'resolve' }, outbox);
    await vi.advanceTimersByTimeAsync(0);
    expect(transmitted.map(({ id }) => id)).toEqual(['one']);
    expect(sent).toEqual([]);
    held.acknowledged('one');
    await done;
    expect(sent).toHaveLength(1);
    expect(held.isHeld('two')).toBe(true);
  });

  it('leave an answer its time where they only sort', async () => {
    held.add({ id: 'one', conversation: 'a' }, 10_000);
    await bulk.begin(['a', 'b'], { what: 'label', label: 'refund' }, outbox);
    await bulk.begin(['a', 'b'], { what: 'priority', priority: 'high' }, outbox);
    expect(sent).toHaveLength(2);
    expect(held.isHeld('one')).toBe(true);
  });

  it('say what was refused also where the rest is given up', async () => {
    isAway = (before) => before === 1;
    await bulk.begin(all, { what: 'resolve' }, outbox);
    bulk.giveUp();
    expect(bulk.now.value).toMatchObject({ state: 'done', rest: [], refused: [{ conversation: 'c7' }] });
    bulk.read();
    expect(bulk.now.value).toBeUndefined();
  });

  it('stop where such an answer does not get through', async () => {
    held.add({ id: 'one', conversation: 'a' }, 10_000);
    const done = bulk.begin(['a', 'b'], { what: 'resolve' }, outbox);
    await vi.advanceTimersByTimeAsync(5_000);
    await done;
    expect(sent).toEqual([]);
    expect(bulk.now.value).toMatchObject({ state: 'stopped', done: 0 });
    held.refused('one', { code: 'invalid', message: '' });
    await bulk.goOn(outbox);
    expect(sent).toHaveLength(1);
  });
});
