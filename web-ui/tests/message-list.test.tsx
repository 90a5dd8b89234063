import { render } from 'preact';
import { expect, it, vi } from 'vitest';
import { MessageList } from '../src/thread/message-list';
import { Place } from '../src/thread/place';
import { patience } from './settled';

const messages = (number: number) =>
  Array.from({ length: number }, (_, index) => ({
    key: String(index + 1),
    sequence: index + 1,
    at: '2026-03-02T09:15:30Z',
    kind: 'message',
  }));

function drawn(number: number) {
  const root = document.createElement('div');
  document.body.append(root);
  render(
    <MessageList
      entries={messages(number)}
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
  const rows = () => root.querySelectorAll('[data-sequence]').length;
  return { root, rows };
}

it('draws the whole history of a thread that comes at once, also where the newest part is all but the rest', async () => {
  const { root, rows } = drawn(250);
  expect(rows()).toBe(100);

  await vi.waitFor(() => expect(rows()).toBe(250), patience);
  await vi.waitFor(
    () => expect(root.querySelector('[role=log]')?.getAttribute('aria-live')).toBe('polite'),
    patience,
  );
  render(null, root);
});

it('draws the beginning of a long thread when it is asked for, and announces nothing of it', async () => {
  const { root, rows } = drawn(1_500);
  const live = () => root.querySelector('[role=log]')?.getAttribute('aria-live');
  await vi.waitFor(() => expect(live()).toBe('polite'), patience);
  expect(rows()).toBe(1_000);
  const earlier = () =>
    [...root.querySelectorAll('button')].find(({ textContent }) => textContent === 'Earlier messages');
  earlier()?.click();
  await vi.waitFor(() => expect(live()).toBe('off'), patience);
  await vi.waitFor(() => expect(rows()).toBe(1_300), patience);
  await vi.waitFor(() => expect(live()).toBe('polite'), patience);
  earlier()?.click();
  await vi.waitFor(() => expect(rows()).toBe(1_500), patience);
  expect(earlier()).toBeUndefined();
  render(null, root);
});
