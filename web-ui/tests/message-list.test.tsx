import { render } from 'preact';
import { expect, it, vi } from 'vitest';
import { MessageList } from '../src/thread/message-list';
import { Place } from '../src/thread/place';
import { patience } from './settled';

it('draws the whole history of a thread that comes at once, also where the newest part is all but the rest', async () => {
  const entries = Array.from({ length: 250 }, (_, index) => ({
    key: String(index + 1),
    sequence: index + 1,
    at: '2026-03-02T09:15:30Z',
    kind: 'message',
  }));
  const root = document.createElement('div');
  document.body.append(root);
  render(
    <MessageList
      entries={entries}
      place={new Place()}
      caughtUp
      author={() => 'customer'}
      look={() => 'message'}
      draw={({ key }) => `Message ${key}.`}
      news={() => false}
      seen={() => undefined}
    />,
    root,
  );
  expect(root.querySelectorAll('[data-sequence]').length).toBe(100);

  await vi.waitFor(() => expect(root.querySelectorAll('[data-sequence]').length).toBe(250), patience);
  await vi.waitFor(
    () => expect(root.querySelector('[role=log]')?.getAttribute('aria-live')).toBe('polite'),
    patience,
  );
  render(null, root);
});
