// The files of tests share one process, because starting one, with a DOM and all messages, took longer than most files.
// What they could notice of each other is made anew here for each: the page with its storage, the modules under test with
// their state, and the clock. Timers are those of the page, so that none outlives it.
import { Window } from 'happy-dom';
import { afterAll, vi } from 'vitest';
import { populateGlobal } from 'vitest/runtime';

const worker = globalThis as { everyMessage?: Record<string, unknown> };

/** What Node has as well, but a page has its own. */
const ownOfPages = [
  'AbortController',
  'AbortSignal',
  'FormData',
  'Headers',
  'MessagePort',
  'Request',
  'Response',
  'URL',
  'URLSearchParams',
  'clearInterval',
  'clearTimeout',
  'fetch',
  'setInterval',
  'setTimeout',
];

vi.resetModules();
const page = new Window({
  url: 'http://localhost:3000',
  console,
  // The page in a frame is not loaded, which is no mistake of the page around it.
  settings: { disableErrorCapturing: true, handleDisabledFileLoadingAsSuccess: true },
});
const { keys, originals } = populateGlobal(globalThis, page, {
  bindFunctions: true,
  additionalKeys: ownOfPages,
});

// Tests look at pages in any language without waiting for its messages, which never change.
worker.everyMessage ??= (await import('./every-message')).everyMessage;
const { provideMessages } = await import('../src/shared/messages');
provideMessages(worker.everyMessage);

afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await page.happyDOM.abort();
  page.close();
  for (const key of keys) Reflect.deleteProperty(globalThis, key);
  for (const [key, original] of originals) Reflect.set(globalThis, key, original);
});
