import { beforeEach, expect, it, vi } from 'vitest';

const origin = 'https://chat.example';
const told: Record<string, unknown>[] = [];
const source = { postMessage: (message: Record<string, unknown>) => told.push(message) };

beforeEach(() => {
  const make = document.createElement.bind(document);
  // There is no chat to be loaded here: in its place is something that hears what it is told.
  vi.spyOn(document, 'createElement').mockImplementation((tag: string) =>
    tag === 'iframe' ? Object.assign(make('div'), { contentWindow: source }) : make(tag),
  );
});

it('the loader repeats nothing of what the page has said of whoever was signed in before', async () => {
  const script = document.createElement('script');
  script.type = 'text/plain';
  script.dataset.site = 'shop';
  script.setAttribute('src', `${origin}/loader.js`);
  document.body.append(script);
  // A page may say what it knows before it says of whom.
  window.replyloop = [['attributes', { plan: 'gold' }], ['identify', 'of Ada'], ['open']];
  await import('../src/loader/loader');
  const ready = { origin, source: source as unknown as Window, data: { replyloop: 'ready' } };
  window.dispatchEvent(new MessageEvent('message', ready));
  const gold = '{"plan":"gold"}';
  expect(told).toMatchObject([
    { replyloop: 'start', identity: 'of Ada', attributes: gold },
    { replyloop: 'shown', attributes: gold },
  ]);
  const chat = window.replyloop as unknown as { push: (...calls: unknown[][]) => void };
  chat.push(['identify', ''], ['close'], ['attributes', { plan: 'none' }]);
  expect(told.slice(2)).toMatchObject([
    { replyloop: 'start', identity: '', attributes: '' },
    { replyloop: 'hidden', attributes: '' },
    { attributes: '{"plan":"none"}' },
  ]);
});
