import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentClient, type Act } from '../src/shared/agent';
import type { Summary } from '../src/shared/frames';
import type { Refusal } from '../src/shared/outbox';
import { FakeServer } from './fake-wire';

const at = '2026-03-02T09:15:30.125Z';

function summary(id: string, lastSequence = 0): Summary {
  return { id, status: 'open', customer: { id: 'customer' }, lastSequence, updatedAt: at, createdAt: at };
}

function message(conversation: string, sequence: number, text: string, more: object = {}) {
  return {
    type: 'event',
    conversation,
    sequence,
    at,
    kind: 'message',
    author: { kind: 'customer', id: 'customer' },
    text,
    ...more,
  };
}

describe('an agent', () => {
  let server: FakeServer;
  let client: AgentClient;
  let closings: number[];
  let refusals: [Act, Refusal][];
  let inbox: Summary[];

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    closings = [];
    refusals = [];
    inbox = [];
    client = new AgentClient({
      open: server.open,
      random: () => 1,
      closed: (code) => closings.push(code),
      refused: (act, refusal) => refusals.push([act, refusal]),
      inbox: (changed) => inbox.push(changed),
    });
    client.connection.start();
    welcomes();
  });

  afterEach(() => {
    client.connection.stop();
    vi.useRealTimers();
  });

  function welcomes() {
    server.wire.onopen?.();
    server.wire.says({
      type: 'welcome',
      agent: { id: 'ada', name: 'Ada', role: 'agent' },
      maxTextLength: 8000,
    });
  }

  function opened(id: string, last: number) {
    return {
      type: 'opened',
      conversation: summary(id, last),
      customerRead: 0,
      agentRead: 0,
      customerOnline: true,
      viewers: [],
    };
  }

  it('resumes each open conversation from its own last event, and none that was closed', async () => {
    const one = client.thread('one');
    client.thread('two');
    client.thread('gone');
    client.closeThread('gone');
    server.wire.says(opened('one', 1));
    server.wire.says(message('one', 1, 'hello'));
    server.wire.breaks();
    await vi.advanceTimersByTimeAsync(500);
    welcomes();
    expect(server.wire.heard()).toEqual([
      { type: 'open', conversation: 'one', after: 1 },
      { type: 'open', conversation: 'two', after: 0 },
    ]);
    server.wire.says(message('one', 1, 'hello'));
    server.wire.says(message('one', 2, 'anybody?'));
    expect(one.log.events.value.map(({ text }) => text)).toEqual(['hello', 'anybody?']);
  });

  it('asks again when an event is missing', () => {
    client.thread('one');
    server.wire.says(opened('one', 1));
    server.wire.says(message('one', 1, 'hello'));
    server.wire.heard();
    server.wire.says(message('one', 3, 'later'));
    expect(server.wire.heard()).toEqual([{ type: 'open', conversation: 'one', after: 1 }]);
  });

  it('keeps acts of one conversation in order and lets the others pass', () => {
    client.act({ type: 'send', id: '1', conversation: 'one', text: 'first' });
    client.act({ type: 'send', id: '2', conversation: 'one', text: 'second' });
    client.act({ type: 'take', id: '3', conversation: 'two' });
    expect(server.wire.heard().map(({ id }) => id)).toEqual(['1', '3']);
    server.wire.says({ type: 'ack', id: '1', at, conversation: 'one', sequence: 1 });
    expect(server.wire.heard().map(({ id }) => id)).toEqual(['2']);
  });

  it('keeps a message on screen that came too late, and sends it with what is seen now when asked to', () => {
    const thread = client.thread('one');
    server.wire.says(opened('one', 1));
    server.wire.says(message('one', 1, 'Where is it?'));
    client.act({ type: 'send', id: 'x', conversation: 'one', text: 'Tomorrow', seen: thread.seen.value });
    server.wire.says(message('one', 2, 'Never mind, found it'));
    server.wire.says({
      type: 'problem',
      code: 'thread-moved-on',
      message: 'look',
      id: 'x',
      conversation: 'one',
    });
    expect(thread.entries.value.at(-1)).toMatchObject({
      text: 'Tomorrow',
      delivery: 'failed',
      refused: { code: 'thread-moved-on' },
    });
    server.wire.heard();
    client.outbox.retry('x', (frame) => ({ ...frame, seen: thread.seen.value }));
    expect(server.wire.heard()).toMatchObject([{ id: 'x', text: 'Tomorrow', seen: 2 }]);
  });

  it('reports a refused act that is no message, and does not keep it', () => {
    client.act({ type: 'take', id: 't', conversation: 'one' });
    server.wire.says({
      type: 'problem',
      code: 'conflict',
      message: 'Grace has it',
      id: 't',
      conversation: 'one',
    });
    expect(refusals).toMatchObject([[{ type: 'take' }, { code: 'conflict', message: 'Grace has it' }]]);
    expect(client.outbox.entries.value).toEqual([]);
  });

  it('marks notes as notes while they are on their way', () => {
    const thread = client.thread('one');
    client.act({ type: 'note', id: 'n', conversation: 'one', text: 'careful' });
    expect(thread.entries.value).toMatchObject([{ kind: 'note', text: 'careful', delivery: 'sending' }]);
  });

  it('puts what changed into the inbox', () => {
    server.wire.says({ type: 'conversation', conversation: summary('new', 1) });
    expect(inbox).toEqual([summary('new', 1)]);
  });

  it('stops when it is signed out', async () => {
    server.wire.breaks(4401);
    expect(closings).toEqual([4401]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.wires.length).toBe(1);
    expect(client.connection.health.value).toBe('stopped');
  });
});
