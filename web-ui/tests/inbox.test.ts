import { describe, expect, it, vi } from 'vitest';
import { Inbox } from '../src/console/inbox';
import { answers, summary } from './console-bench';

describe('the inbox', () => {
  const shown = (inbox: Inbox) => inbox.shown.value.map(({ id }) => id);

  it('shows whoever waits longest first, to the millisecond, and then who was answered last', async () => {
    answers.set('/api/conversations', [{ items: [summary('b', '2026-03-02T09:00:00.125Z')] }]);
    const inbox = new Inbox('ada');
    await inbox.load();
    inbox.changed(summary('a', '2026-03-02T09:00:00Z'));
    inbox.changed(summary('d', undefined, { updatedAt: '2026-03-02T10:00:00Z' }));
    inbox.changed(summary('c', undefined, { updatedAt: '2026-03-02T10:00:00.500Z' }));
    await vi.advanceTimersByTimeAsync(200);
    expect(shown(inbox)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('forgets what was resolved while the connection was away, and keeps what came with the new one', async () => {
    answers.set('/api/conversations', [
      { items: [summary('gone', '2026-03-02T09:00:00Z'), summary('stays', '2026-03-02T09:01:00Z')] },
      { items: [summary('stays', '2026-03-02T09:01:00Z')] },
    ]);
    const inbox = new Inbox('ada');
    await inbox.load();
    expect(shown(inbox)).toEqual(['gone', 'stays']);
    const again = inbox.load();
    inbox.changed(summary('stays', undefined, { lastSequence: 2 }));
    inbox.changed(summary('new', '2026-03-02T09:02:00Z'));
    await again;
    expect(shown(inbox)).toEqual(['new', 'stays']);
    expect(inbox.find('stays')?.lastSequence).toBe(2);
  });

  it('shows changes while they never stop coming', async () => {
    const inbox = new Inbox('ada');
    await inbox.load();
    for (let i = 0; i < 20; i++) {
      inbox.changed(summary('busy', '2026-03-02T09:00:00Z', { lastSequence: i }));
      await vi.advanceTimersByTimeAsync(50);
      if (i === 10) expect(inbox.find('busy')?.lastSequence).toBeGreaterThan(5);
    }
  });

  it('shows nothing that belongs behind the page that it has, until that page is loaded', async () => {
    answers.set('/api/conversations', [
      { items: [summary('first', '2026-03-02T09:00:00Z')], next: 'cursor' },
      { items: [summary('second', '2026-03-02T09:01:00Z')] },
    ]);
    const inbox = new Inbox('ada');
    const loaded = inbox.load();
    await loaded;
    inbox.changed(summary('late', '2026-03-02T09:02:00Z'));
    await vi.advanceTimersByTimeAsync(200);
    expect(shown(inbox).at(0)).toBe('first');
    answers.set('/api/conversations', [{ items: [summary('second', '2026-03-02T09:01:00Z')] }]);
    await inbox.more();
    expect(shown(inbox)).toEqual(['first', 'second', 'late']);
  });
});
