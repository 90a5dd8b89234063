import { describe, expect, it, vi } from 'vitest';
import { snoozeChoices } from '../src/console/inbox-acts';
import { Inbox } from '../src/console/inbox';
import { belongs, comparison, line, noFilter, type Filter } from '../src/console/inbox-order';
import { viewOf } from '../src/console/saved-view-store';
import { Selection } from '../src/console/selection';
import type { Summary } from '../src/shared/frames';
import { answers, asked, summary } from './console-bench';

const early = '2026-03-02T09:00:00Z';
const late = '2026-03-02T10:00:00Z';

describe('the order of the inbox', () => {
  const sorted = (
    view: Parameters<typeof comparison>[0],
    order: Parameters<typeof comparison>[1],
    ...all: Summary[]
  ) =>
    all
      .map(line)
      .sort(comparison(view, order))
      .map(({ summary: { id } }) => id);

  it('is by wait and then by change, and by change alone where nobody is to be answered', () => {
    const waits = summary('waits', early, { updatedAt: early });
    const answered = summary('answered', undefined, { updatedAt: late });
    expect(sorted('open', 'waiting', answered, waits)).toEqual(['waits', 'answered']);
    expect(sorted('open', 'newest', waits, answered)).toEqual(['answered', 'waits']);
    expect(sorted('spam', 'waiting', waits, answered)).toEqual(['answered', 'waits']);
  });

  it('is by priority first where that is asked for', () => {
    const low = summary('low', early, { triage: { priority: 'low' } });
    const urgent = summary('urgent', undefined, { triage: { priority: 'urgent' } });
    expect(sorted('open', 'priority', low, summary('normal', late), urgent)).toEqual([
      'urgent',
      'normal',
      'low',
    ]);
  });

  it('is by return where conversations are snoozed', () => {
    const sooner = summary('sooner', undefined, { triage: { snoozedUntil: early } });
    const later = summary('later', undefined, { triage: { snoozedUntil: late } });
    expect(sorted('snoozed', 'waiting', later, sooner)).toEqual(['sooner', 'later']);
  });
});

describe('what belongs into a view', () => {
  const ada = { me: 'ada', teams: new Set(['billing']) };
  const isIn = (view: Parameters<typeof belongs>[0], one: Summary, filter: Partial<Filter> = {}) =>
    belongs(view, { ...noFilter, ...filter }, one, ada);

  it('is in the view of what is snoozed or spam only', () => {
    const snoozed = summary('a', early, { triage: { snoozedUntil: late } });
    const spam = summary('b', early, { triage: { spam: true, snoozedUntil: late } });
    for (const view of ['mine', 'unassigned', 'open', 'resolved'] as const) {
      expect(isIn(view, snoozed)).toBe(false);
      expect(isIn(view, spam)).toBe(false);
    }
    expect(isIn('snoozed', snoozed)).toBe(true);
    expect(isIn('snoozed', spam)).toBe(false);
    expect(isIn('spam', spam)).toBe(true);
  });

  it('passes each filter', () => {
    const one = summary('a', early, {
      assignee: { id: 'ben', name: 'Ben' },
      triage: { labels: ['refund'], priority: 'high', unread: true, language: 'zh' },
    });
    const passing: Partial<Filter>[] = [
      { label: 'refund' },
      { priority: 'high' },
      { unread: true },
      { waiting: true },
      { language: 'zh' },
      { assignee: 'ben' },
    ];
    const failing: Partial<Filter>[] = [
      { label: 'other' },
      { priority: 'normal' },
      { language: 'other' },
      { assignee: 'me' },
      { assignee: 'none' },
    ];
    for (const filter of passing) expect(isIn('open', one, filter)).toBe(true);
    for (const filter of failing) expect(isIn('open', one, filter)).toBe(false);
    const plain = summary('b');
    expect(isIn('open', plain, { unread: true })).toBe(false);
    expect(isIn('open', plain, { waiting: true })).toBe(false);
    expect(isIn('open', plain, { priority: 'normal' })).toBe(true);
    expect(isIn('open', plain, { assignee: 'none' })).toBe(true);
  });

  it('stays in a list of unread ones while it is read', () => {
    expect(belongs('open', { ...noFilter, unread: true }, summary('a'), { ...ada, reads: 'a' })).toBe(true);
  });

  it('can be those of the teams that the agent belongs to', () => {
    const billing = summary('a', undefined, { team: { id: 'billing', name: 'Billing' } });
    expect(isIn('open', billing, { team: 'mine' })).toBe(true);
    expect(
      isIn('open', summary('b', undefined, { team: { id: 'returns', name: 'Returns' } }), { team: 'mine' }),
    ).toBe(false);
    expect(isIn('open', summary('c'), { team: 'mine' })).toBe(false);
  });
});

describe('a saved view', () => {
  it('has all that it was saved with', () => {
    const filter: Required<Filter> = {
      label: 'refund',
      priority: 'high',
      unread: true,
      waiting: true,
      language: 'zh',
      assignee: 'none',
      team: 'mine',
      order: 'newest',
    };
    expect(viewOf({ view: 'snoozed', ...filter })).toEqual(['snoozed', filter]);
  });
});

describe('the teams of an agent', () => {
  it('are looked up again when a conversation of another one comes, for they may be in it by now', async () => {
    const team = (members: string[]) => ({ id: 'billing', name: 'Billing', members });
    answers.set('/api/teams', [[team([])], [team(['ada'])]]);
    const inbox = new Inbox('ada');
    await inbox.load();
    inbox.choose('open', { ...noFilter, team: 'mine' });
    await vi.advanceTimersByTimeAsync(0);
    const says = async () => {
      inbox.changed(summary('a', early, { team: { id: 'billing', name: 'Billing' } }));
      await vi.advanceTimersByTimeAsync(200);
      return inbox.shown.value.map(({ id }) => id);
    };
    const looks = () => asked.filter((address) => address.startsWith('/api/teams')).length;
    expect(await says()).toEqual([]);
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await says()).toEqual(['a']);
    expect(await says()).toEqual(['a']);
    expect(looks()).toBe(2);
  });
});

describe('a list under the pointer', () => {
  it('keeps its lines in their places until the pointer rests or leaves', async () => {
    answers.set('/api/conversations', [{ items: [summary('a', early), summary('b', late)] }]);
    const inbox = new Inbox('ada');
    const shown = () => inbox.shown.value.map(({ id }) => id);
    await inbox.load();
    inbox.hold();
    inbox.changed(summary('a', undefined, { lastSequence: 2, status: 'resolved' }));
    inbox.changed(summary('first', '2026-03-02T08:00:00Z'));
    await vi.advanceTimersByTimeAsync(200);
    expect(shown()).toEqual(['a', 'b', 'first']);
    expect(inbox.isLeaving(inbox.shown.value[0] ?? summary('?'))).toBe(true);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown()).toEqual(['first', 'b']);
    inbox.hold();
    inbox.changed(summary('first', undefined, { lastSequence: 2 }));
    await vi.advanceTimersByTimeAsync(200);
    expect(shown()).toEqual(['first', 'b']);
    inbox.release();
    expect(shown()).toEqual(['b', 'first']);
  });

  it('is asked of the server with its filter', async () => {
    const inbox = new Inbox('ada');
    inbox.choose('mine', { order: 'priority', label: 'refund', unread: true });
    await vi.advanceTimersByTimeAsync(0);
    const query = new URLSearchParams(asked.at(-1)?.split('?')[1]);
    expect(Object.fromEntries(query)).toEqual({
      view: 'mine',
      label: 'refund',
      unread: 'true',
      order: 'priority',
      limit: '100',
    });
  });
});

describe('several conversations', () => {
  it('are chosen one by one and as a range', () => {
    const selection = new Selection();
    const shown = ['a', 'b', 'c', 'd'];
    selection.toggle('b');
    selection.extend('d', shown);
    expect([...selection.chosen.value]).toEqual(['b', 'c', 'd']);
    selection.toggle('c');
    expect([...selection.chosen.value]).toEqual(['b', 'd']);
    selection.extend('a', shown);
    expect(new Set(selection.chosen.value)).toEqual(new Set(shown));
    selection.end();
    expect(selection.on.value).toBe(false);
    expect(selection.chosen.value.size).toBe(0);
  });
});

describe('times to put off until', () => {
  const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute);
  const names = (now: Date) => snoozeChoices(now).map(({ name }) => name);

  it('are an hour, the evening, tomorrow and Monday', () => {
    // A Monday.
    expect(snoozeChoices(at(2, 10))).toEqual([
      { name: 'hour', until: at(2, 11) },
      { name: 'evening', until: at(2, 18) },
      { name: 'tomorrow', until: at(3, 9) },
      { name: 'week', until: at(9, 9) },
    ]);
    expect(snoozeChoices(at(8, 10)).at(-1)?.until).toEqual(at(9, 9));
  });

  it('name no evening that has begun or is about to', () => {
    expect(names(at(2, 17, 30))).toEqual(['hour', 'tomorrow', 'week']);
    expect(names(at(2, 22))).toEqual(['hour', 'tomorrow', 'week']);
  });
});
