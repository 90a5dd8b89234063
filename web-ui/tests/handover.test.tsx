import { describe, expect, it } from 'vitest';
import { assignmentText } from '../src/console/assignment';
import { fitting, targets, type Everybody } from '../src/console/colleagues';
import { summary } from './console-bench';

const agent = (id: string, name: string) => ({ kind: 'agent' as const, id, name });
const system = { kind: 'system' as const, name: '' };
const billing = { id: 'b', name: 'Billing' };

describe('a change of whoever holds a conversation', () => {
  it('says who gave it to whom', () => {
    const ada = { id: 'ada', name: 'Ada' };
    expect(assignmentText({ author: agent('ada', 'Ada'), assignee: ada })).toBe('Ada took the conversation');
    expect(assignmentText({ author: agent('ben', 'Ben'), assignee: ada })).toBe(
      'Ben gave the conversation to Ada',
    );
    expect(assignmentText({ author: system, assignee: ada })).toBe('Assigned to Ada');
    expect(assignmentText({ author: agent('ada', 'Ada') })).toBe('Back in the queue');
    expect(assignmentText({ author: system })).toBe('Not opened in time: back in the queue');
    expect(assignmentText({ author: agent('ada', 'Ada'), team: billing })).toBe(
      'Ada handed it to the team Billing',
    );
  });
});

describe('to whom a conversation can be handed over', () => {
  const person = (id: string, state: 'available' | 'away' | 'offline', open: number) => ({
    id,
    name: id,
    state,
    open,
    waiting: 0,
    capacity: 5,
  });
  const all: Everybody = {
    colleagues: [person('Ada', 'available', 4), person('Ben', 'offline', 0), person('Cem', 'available', 1)],
    teams: [{ ...billing, roundRobin: false, acceptWithin: 60, members: ['Ada'] }],
  };
  const names = (held: Parameters<typeof summary>[2]) =>
    targets(all, summary('one', undefined, held), 'Ada').map(({ name }) => name);

  it('are teams, then those who are there and have least', () => {
    expect(names({})).toEqual(['Billing', 'Cem', 'Ada (you)', 'Ben']);
  });

  it('is not whoever has it already, and the queue only for what has left it', () => {
    const assignee = { id: 'Cem', name: 'Cem' };
    expect(names({ assignee, team: billing })).toEqual([
      'Back to the queue of Billing',
      'Billing',
      'The queue of everybody',
      'Ada (you)',
      'Ben',
    ]);
    expect(names({ team: billing })).toEqual(['The queue of everybody', 'Cem', 'Ada (you)', 'Ben']);
  });

  it('are found by their names', () => {
    const found = fitting(targets(all, summary('one'), 'Ada'), ' BEN');
    expect(found.map(({ name, absent }) => [name, absent])).toEqual([['Ben', 'offline']]);
  });
});
