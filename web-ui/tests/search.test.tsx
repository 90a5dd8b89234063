import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressOf, follow, MessageSearch } from '../src/console/search';
import { SearchField, SearchResults } from '../src/console/search-pane';
import { Workspace } from '../src/console/workspace';
import { chooseLanguage } from '../src/shared/language';
import { ada, answers, asked, summary } from './console-bench';
import { FakeServer } from './fake-wire';

const hit = (sequence: number, excerpt: string, marks: { from: number; to: number }[] = []) => ({
  conversation: summary('one', undefined, { customer: { id: 'c', name: 'Wei' } }),
  sequence,
  at: '2026-03-02T09:15:30.125Z',
  kind: 'message',
  author: { kind: 'customer' },
  excerpt,
  marks,
});

describe('the search for messages', () => {
  it('asks once the person pauses, and an answer that comes too late is not shown', async () => {
    answers.set('/api/search', [{ customers: [], items: [hit(1, 'parcel')], complete: true }]);
    const search = new MessageSearch();
    search.look({ words: 'par' });
    await vi.advanceTimersByTimeAsync(100);
    search.look({ words: 'parcel' });
    await vi.advanceTimersByTimeAsync(300);
    expect(asked.filter((address) => address.startsWith('/api/search'))).toEqual([
      '/api/search?q=parcel&limit=30',
    ]);
    search.look({ source: 'note', period: 7 });
    search.look({ words: '' });
    await vi.advanceTimersByTimeAsync(300);
    expect(search.state.value).toBe('none');
    expect(search.found.value).toBeUndefined();
  });

  it('adds further pages to what is there', async () => {
    answers.set('/api/search', [
      { customers: [], items: [hit(2, 'two')], next: 'cursor', complete: true },
      { customers: [], items: [hit(1, 'one')], complete: true },
    ]);
    const search = new MessageSearch();
    search.look({ words: 'x' });
    await vi.advanceTimersByTimeAsync(300);
    await search.more();
    await search.more();
    expect(search.found.value?.items.map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(asked.at(-1)).toContain('cursor=cursor');
  });
});

describe('what was found', () => {
  let workspace: Workspace;
  const root = document.createElement('div');

  beforeEach(() => {
    const server = new FakeServer();
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    chooseLanguage('en');
    workspace = new Workspace(ada, () => undefined);
    document.body.append(root);
  });

  afterEach(() => {
    render(null, root);
    root.remove();
    workspace.stop();
  });

  async function look(words: string) {
    workspace.messages.look({ words });
    await vi.advanceTimersByTimeAsync(300);
    render(
      <>
        <SearchField workspace={workspace} />
        <SearchResults workspace={workspace} />
      </>,
      root,
    );
  }

  it('marks the words, and untrusted text stays text', async () => {
    const text = '<img src=x onerror=alert(1)> parcel';
    answers.set('/api/search', [
      { customers: [], items: [hit(3, text, [{ from: 29, to: 35 }])], complete: true },
    ]);
    await look('parcel');
    expect(root.querySelector('img')).toBeNull();
    expect([...root.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['parcel']);
    expect(root.textContent).toContain(text);
  });

  it('opens its conversation at its message', async () => {
    answers.set('/api/search', [{ customers: [], items: [hit(3, 'parcel')], complete: true }]);
    await look('parcel');
    root.querySelector<HTMLButtonElement>('.hit')?.click();
    expect(workspace.selected.value).toBe('one');
    expect(workspace.messages.event.value).toBe(3);
    workspace.select('two');
    expect(workspace.messages.goal.value?.conversation).toBe('one');
  });

  it('says so when nothing was found, when it failed, and when there is more to read', async () => {
    answers.set('/api/search', [{ customers: [], items: [], complete: false }]);
    await look('nothing');
    expect(root.textContent).toContain('Nothing found.');
    expect(root.textContent).toContain('Older messages are still being made searchable.');
  });

  it('is named by an address that can be copied', () => {
    const address = addressOf('0190f3a1-5b0e', 12);
    follow(workspace, new URL(address).hash);
    expect(workspace.selected.value).toBe('0190f3a1-5b0e');
    expect(workspace.messages.event.value).toBe(12);
    follow(workspace, '#/c/0190f3a1-5b0e/x');
    expect(workspace.selected.value).toBeUndefined();
  });
});
