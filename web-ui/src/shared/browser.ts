import { texts } from './language';

const browserTexts = texts(
  {
    tooOld: (missing: string) => `This browser is too old for this page. It lacks: ${missing}.`,
  },
  {
    tooOld: (missing) => `此浏览器版本过低，无法使用本页面。缺少：${missing}。`,
  },
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
  const notice = document.createElement('p');
  notice.className = 'notice bad';
  notice.setAttribute('role', 'alert');
  notice.textContent = browserTexts().tooOld(missing.join(', '));
  page.replaceChildren(notice);
  return true;
}
