/**
 * Runs on the page that embeds the chat: a button, and on first use an iframe with the widget. Loads and stores nothing
 * until somebody opens the chat. Afterwards it keeps two facts in the page's own storage, whether this tab has the chat
 * open and how much is unread, so that the next page shows both immediately. The iframe is loaded unasked only if
 * something was waiting, to see whether it still is. The script may be in the head, may be included repeatedly, and
 * survives pages that replace their body.
 *
 *   <script src="https://chat.example.com/loader.js" data-site="KEY" async></script>
 *
 * Optional: data-color, data-position="left", data-language="zh", data-identity="JWT signed by the site".
 * From scripts: window.replyloop.open(), .close(), .identify(jwt).
 */
import { styles } from './styles';

interface Replyloop {
  open(): void;
  close(): void;
  identify(jwt: string | undefined): void;
  /** The script has been included again, usually by the next page of a site that keeps its window. */
  included(again: DOMStringMap): void;
}

/** Lets a phone's back button close the chat without an entry in the page's history. */
interface CloseWatcher {
  onclose: (() => void) | null;
  destroy(): void;
}

declare global {
  interface Window {
    replyloop?: Replyloop;
    CloseWatcher?: new () => CloseWatcher;
  }
}

const fillsScreen = '(max-width:480px),(max-height:480px)';
const patience = 10_000;
/** The widget reports before its page has loaded; error pages and refused frames also load, but report nothing. */
const patienceAfterLoad = 2_000;
const keptFor = 7 * 86_400_000;
/** If a page keeps removing the chat, it is eventually left removed. */
const putBackAtMost = 50;

const english = {
  open: 'Open chat',
  close: 'Close chat',
  chat: 'Chat',
  unread: 'unread',
  loading: 'Loading the chat…',
  failed: 'The chat cannot be loaded right now.',
  retry: 'Retry',
  leave: 'Close',
};
const chinese: typeof english = {
  open: '打开聊天',
  close: '关闭聊天',
  chat: '聊天',
  unread: '条未读',
  loading: '正在加载聊天…',
  failed: '暂时无法加载聊天。',
  retry: '重试',
  leave: '关闭',
};

// A module has no current script.
const script = document.currentScript ?? document.querySelector('script[data-site][src*="/loader.js"]');
if (script instanceof HTMLScriptElement && script.dataset.site) {
  if (window.replyloop) window.replyloop.included(script.dataset);
  else start(script);
}

function start({ src, dataset }: HTMLScriptElement): void {
  const { origin } = new URL(src);
  const { site = '', color = '' } = dataset;
  const key = `replyloop.unread.${site}`;
  let { identity, language: asked } = dataset;
  let frame: HTMLIFrameElement | undefined;
  let state: 'loading' | 'ready' | 'failed' = 'loading';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watcher: CloseWatcher | undefined;
  let shown = false;
  let unread = 0;
  let putBack = 0;

  // Evaluated each time: a single-page application may set its language after this script has started, and change it.
  const language = (): string => asked ?? (document.documentElement.lang || navigator.language);
  const texts = () => (language().toLowerCase().startsWith('zh') ? chinese : english);

  function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, ...children: Node[]) {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...children);
    return made;
  }
  function makeButton(name: string, act: () => void, ...children: Node[]): HTMLButtonElement {
    const made = make('button', name, ...children);
    made.onclick = act;
    return made;
  }
  const svg = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const icon = svg('svg');
  const path = svg('path');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.append(path);
  const badge = make('b', '');
  const said = make('p', '');
  said.setAttribute('role', 'status');
  const retry = makeButton('', () => {
    load();
    close.focus();
  });
  const close = makeButton('', () => show(false));
  const note = make('div', 'note', said, retry, close);
  const panel = make('div', 'panel', note);
  const button = makeButton('launch', () => show(!shown), icon, badge);
  const box = make('aside', '', panel, button);
  box.style.setProperty('--c', CSS.supports('color', color) ? color : '#3457d5');
  const host = document.createElement('replyloop-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles(dataset.position === 'left', fillsScreen));
  root.adoptedStyleSheets = [sheet];
  root.append(box);

  function render(): void {
    const t = texts();
    box.className = `${shown ? 'open' : ''} ${state === 'ready' ? '' : 'wait'}`;
    box.setAttribute('aria-label', t.chat);
    panel.hidden = !shown;
    note.hidden = state === 'ready';
    said.textContent = state === 'failed' ? t.failed : t.loading;
    retry.textContent = t.retry;
    retry.hidden = state !== 'failed';
    close.textContent = t.leave;
    if (frame) frame.title = t.chat;
    path.setAttribute('d', shown ? 'M5 9l7 7 7-7' : 'M4 4h16v12h-8l-5 4v-4H4z');
    badge.hidden = shown || unread === 0;
    badge.textContent = unread > 9 ? '9+' : String(unread);
    button.setAttribute('aria-expanded', String(shown));
    button.setAttribute(
      'aria-label',
      shown ? t.close : unread ? `${t.open} (${String(unread)} ${t.unread})` : t.open,
    );
  }

  function tell(message: object): void {
    if (state === 'ready') frame?.contentWindow?.postMessage(message, origin);
  }

  function load(): void {
    frame?.remove();
    frame = make('iframe', '');
    const query = new URLSearchParams({ site, origin: location.origin, language: language(), color });
    frame.src = `${origin}/widget/?${query.toString()}`;
    frame.onload = () => giveUpAfter(patienceAfterLoad);
    state = 'loading';
    giveUpAfter(patience);
    render();
    panel.append(frame);
  }

  function giveUpAfter(millis: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (state !== 'loading') return;
      state = 'failed';
      render();
    }, millis);
  }

  /**
   * @param asked by the person or the page; otherwise the state of the previous page is restored, without taking focus
   */
  function show(open: boolean, asked = true): void {
    if (open === shown) return;
    shown = open;
    try {
      sessionStorage[key] = open || '';
    } catch {
      // Without storage, the chat is closed on the next page.
    }
    watcher?.destroy();
    watcher = undefined;
    if (open) {
      if (!frame || state === 'failed') load();
      if (window.CloseWatcher && matchMedia(fillsScreen).matches) {
        watcher = new window.CloseWatcher();
        watcher.onclose = () => show(false);
      }
    }
    render();
    tell({ replyloop: open ? 'shown' : 'hidden' });
    if (!asked) return;
    if (!open) button.focus();
    else if (state === 'ready') frame?.focus();
    else close.focus();
  }

  /** The person in the voucher; what is unread by one person is not shown to the next. */
  function who(): string {
    try {
      const [, payload = ''] = (identity ?? '').split('.');
      const claims = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as { sub?: unknown };
      return String(claims.sub);
    } catch {
      return '';
    }
  }

  function identify(jwt: string | undefined): void {
    const before = who();
    identity = jwt;
    if (who() !== before) unread = 0;
    render();
    tell({ replyloop: 'start', identity });
  }

  function keep(count: number, waits: boolean): void {
    unread = count;
    try {
      if (waits) localStorage.setItem(key, JSON.stringify({ count, who: who(), at: Date.now() }));
      else localStorage.removeItem(key);
    } catch {
      // Without storage, the next page has no badge at first.
    }
    render();
  }

  /** Returns whether something is waiting, as far as an earlier page knew. */
  function recall(): boolean {
    unread = 0;
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as {
        count?: number;
        who?: string;
        at?: number;
      };
      const fresh = kept.who === who() && Date.now() - Number(kept.at) < keptFor;
      unread = (fresh && Number(kept.count)) || 0;
      return fresh;
    } catch {
      return false;
    }
  }

  /**
   * Beside the body, not in it, so that an open conversation survives pages that replace their body (Turbo, htmx,
   * single-page applications). If it is removed nevertheless, it is put back.
   */
  function attach(): void {
    const html = document.documentElement;
    if (document.body && host.parentNode !== html && putBack++ < putBackAtMost) {
      html.append(host);
      // A frame that was removed has lost its content.
      if (frame) load();
    }
    observer.observe(document, { childList: true });
    observer.observe(html, { childList: true, attributeFilter: ['lang'] });
    render();
    tell({ replyloop: 'language', language: language() });
  }

  window.addEventListener('message', ({ origin: from, source, data }: MessageEvent<unknown>) => {
    // Any page in any frame may post to this window; only messages from our iframe, with our origin, are accepted.
    if (from !== origin || !frame || source !== frame.contentWindow) return;
    const message = data as { replyloop?: unknown; count?: unknown; waits?: unknown } | null;
    switch (message?.replyloop) {
      case 'ready': {
        const focused = root.activeElement;
        state = 'ready';
        render();
        tell({ replyloop: 'start', identity });
        tell({ replyloop: shown ? 'shown' : 'hidden' });
        if (shown && focused) frame.focus();
        break;
      }
      case 'close':
        show(false);
        break;
      case 'unread':
        keep(Number(message.count) || 0, message.waits === true);
        break;
    }
  });
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && shown && !event.defaultPrevented) show(false);
  });
  window.addEventListener('storage', (event) => {
    if (event.key !== key) return;
    // Another page of the site has shown what was waiting.
    recall();
    render();
  });

  window.replyloop = {
    open: () => show(true),
    close: () => show(false),
    identify,
    included: (again) => {
      if (again.site !== site) return;
      asked = again.language;
      // A missing attribute means no change; for a visitor who has signed out, it is empty.
      if (again.identity !== undefined) identify(again.identity);
      attach();
    },
  };
  const observer = new MutationObserver(attach);
  attach();
  try {
    show(!!sessionStorage[key], false);
  } catch {
    // As above.
  }
  if (recall() && !frame) {
    render();
    if (document.readyState === 'complete') load();
    else window.addEventListener('load', () => frame ?? load());
  }
}
