import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentIn, agentOut } from '../src/shared/agent-frames';
import { customerIn, customerOut } from '../src/shared/frames';
import { ShapeError, unlessUnknown, type Reader } from '../src/shared/schema';

const golden = join(import.meta.dirname, '../../src/test/resources/frames');

const sides: [folder: string, reader: Reader<{ type: string }>, types: string[]][] = [
  ['customer/in', customerIn, ['hello', 'send', 'typing', 'read', 'visit', 'form', 'rate', 'ping']],
  [
    'customer/out',
    customerOut,
    ['welcome', 'event', 'ack', 'typing', 'read', 'rated', 'queue', 'presence', 'problem', 'pong'],
  ],
  [
    'agent/in',
    agentIn,
    [
      'open',
      'close',
      'send',
      'note',
      'take',
      'release',
      'transfer',
      'status',
      'availability',
      'supervise',
      'draft',
      'label',
      'priority',
      'snooze',
      'spam',
      'reject',
      'typing',
      'read',
      'ping',
    ],
  ],
  [
    'agent/out',
    agentOut,
    [
      'welcome',
      'opened',
      'event',
      'ack',
      'conversation',
      'counts',
      'suggestions',
      'typing',
      'read',
      'presence',
      'rated',
      'draft',
      'erased',
      'availability',
      'supervision',
      'labels',
      'customer',
      'problem',
      'pong',
    ],
  ],
];

function files(folder: string): { name: string; json: unknown }[] {
  const at = join(golden, folder);
  return readdirSync(at).map((name) => ({
    name,
    json: JSON.parse(readFileSync(join(at, name), 'utf8')) as unknown,
  }));
}

describe.each(sides)('golden frames of %s', (folder, reader, types) => {
  it.each(files(folder))('$name is read whole', ({ json }) => {
    expect(reader(json, 'frame')).toEqual(json);
  });

  it('there is one for each type and none for another', () => {
    const seen = new Set(files(folder).map(({ json }) => (json as { type: string }).type));
    expect([...seen].sort()).toEqual([...types].sort());
  });
});

describe('reading a frame', () => {
  it('ignores fields that it does not know', () => {
    expect(customerOut({ type: 'presence', agentsOnline: true, mood: 'good' }, 'frame')).toEqual({
      type: 'presence',
      agentsOnline: true,
    });
  });

  it('takes a null for a field that is left out', () => {
    expect(customerOut({ type: 'typing', active: true, name: null }, 'frame')).toEqual({
      type: 'typing',
      active: true,
    });
  });

  it('names the field that is wrong', () => {
    expect(() => agentOut({ type: 'read', conversation: 'c', by: 'somebody', sequence: 1 }, 'frame')).toThrow(
      'frame.by should be customer or agent',
    );
    expect(() => agentOut({ type: 'opened', conversation: {} }, 'frame')).toThrow(ShapeError);
  });

  it('leaves a frame of a newer server aside, and no other that is wrong', () => {
    expect(unlessUnknown(customerOut, { type: 'weather', sunny: true })).toBeUndefined();
    expect(unlessUnknown(customerOut, { type: 'pong' })).toEqual({ type: 'pong' });
    expect(() => unlessUnknown(customerOut, { type: 'presence' })).toThrow(ShapeError);
  });

  it('refuses a type that it does not know, also one that every object has', () => {
    expect(() => customerOut({ type: 'note', text: 'internal' }, 'frame')).toThrow('frame.type');
    expect(() => customerOut({ type: 'constructor' }, 'frame')).toThrow('frame.type');
  });
});
