import { loadOthersWhenIdle, messages } from './messages';

const browserTexts = messages<'shared/browser'>(
  import.meta.glob('../messages/*/shared/browser.json', { import: 'default' }),
);

/** What the pages require. Features that need a secure page must not be listed, because plain http is allowed. */
const needed: Record<string, () => unknown> = {
  WebSocket: () => globalThis.WebSocket,
  ResizeObserver: () => globalThis.ResizeObserver,
  'crypto.getRandomValues': () => 'getRandomValues' in globalThis.crypto,
  'Intl.DateTimeFormat': () => Intl.DateTimeFormat,
  'Array.findLast': () => Array.prototype.findLast,
  'Object.hasOwn': () => Object.hasOwn,
};

export function missingFeatures(): string[] {
  return Object.entries(needed).flatMap(([name, find]) => {
    try {
      return find() ? [] : [name];
    } catch {
      return [name];
    }
  });
}

/** Says what this browser lacks, instead of showing a page that does not work. Returns whether it lacks something. */
export function saysWhatIsMissing(page: HTMLElement): boolean {
  const missing = missingFeatures();
  if (missing.length === 0) return false;
  alarm(page, browserTexts().tooOld({ missing: missing.join(', ') }));
  return true;
}

function alarm(page: HTMLElement, text: string): void {
  const notice = document.createElement('p');
  notice.className = 'notice bad';
  notice.setAttribute('role', 'alert');
  notice.textContent = text;
  page.replaceChildren(notice);
}

/** Shows a page once the messages of its language are there. */
export function whenReadable(messages: Promise<void>, show: (page: HTMLElement) => void): void {
  const page = document.getElementById('app');
  if (!page) return;
  messages.then(
    () => {
      show(page);
      loadOthersWhenIdle();
    },
    // In English, because what it should say has not come.
    () => alarm(page, 'This page could not be loaded. Check the connection and load it again.'),
  );
}
