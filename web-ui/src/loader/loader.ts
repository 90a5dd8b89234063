/**
 * Runs on the page that embeds the chat: a button, and on first use an iframe with the widget. Loads and stores nothing
 * until somebody opens the chat. Afterwards it keeps two facts in the page's own storage, whether this tab has the chat
 * open and how much is unread, so that the next page shows both immediately. The iframe is loaded unasked only if
 * something was waiting, to see whether it still is. The script may be in the head, may be included repeatedly, and
 * survives pages that replace their body.
 *
 *   <script src="https://chat.example.com/loader.js" data-site="KEY" async></script>
 *
 * Its attributes and window.replyloop, for scripts of the page, are described in src/docs/widget.md.
 */
import { fillsScreen, styles } from './styles';

type Call = [name: string, ...values: unknown[]];
type Heard = (event: CustomEvent) => void;

interface Replyloop {
  open(): void;
  close(): void;
  toggle(): void;
  identify(jwt: string | undefined): void;
  setLanguage(tag: string | undefined): void;
  /** What the site knows of the customer, for its agents; nobody vouches for it. */
  attributes(values: Record<string, string | number | boolean>): void;
  on(event: string, heard: Heard): void;
  off(event: string, heard: Heard): void;
  /** Carries calls out: scripts that run before this one push them into an array of the same name. */
  push(...calls: Call[]): void;
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
    replyloop?: Replyloop | Call[];
    CloseWatcher?: new () => CloseWatcher;
  }
}

const patience = 10_000;
/** The widget reports before its page has loaded; error pages and refused frames also load, but report nothing. */
const patienceAfterLoad = 2_000;
const keptFor = 7 * 86_400_000;
/** If a page keeps removing the chat, it is eventually left removed. */
const putBackAtMost = 50;

// In this order: open and close the chat, its name, what is unread, the states of loading, and two buttons.
const english = [
  'Open chat',
  'Close chat',
  'Chat',
  'unread',
  'Loading the chat…',
  'The chat cannot be loaded right now.',
  'Retry',
  'Close',
] as const;
const chinese = [
  '打开聊天',
  '关闭聊天',
  '聊天',
  '条未读',
  '正在加载聊天…',
  '暂时无法加载聊天。',
  '重试',
  '关闭',
] as const;

// A module has no current script.
const script = (document.currentScript ??
  document.querySelector('[data-site][src*="/loader.js"]')) as HTMLScriptElement | null;
if (script?.dataset.site) {
  const before = window.replyloop as Partial<Replyloop & Call[]> | undefined;
  if (before?.included) before.included(script.dataset);
  else start(script, before as Call[] | undefined);
}

/** @param calls what the page has asked for so far */
function start({ src, dataset }: HTMLScriptElement, calls: Call[] = []): void {
  const { origin } = new URL(src);
  const { site = '', color = '', position, theme = '', label = '' } = dataset;
  const html = document.documentElement;
  const key = `replyloop.unread.${site}`;
  let { identity, language: asked } = dataset;
  let frame: HTMLIFrameElement | undefined;
  let state: 'loading' | 'ready' | 'failed' = 'loading';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watcher: CloseWatcher | undefined;
  let shown = false;
  let unread = 0;
  let putBack = 0;
  /** As text, which can always be posted: a value that cannot fails where the page gives it. */
  let attributes: string | undefined;

  // Evaluated each time: a single-page application may set its language after this script has started, and change it.
  // A text also where the page has given something else.
  const language = () => String(asked ?? (html.lang || navigator.language));
  const texts = () => (language().toLowerCase().startsWith('zh') ? chinese : english);
  const direction = (): string => getComputedStyle(html).direction;
  // A page's mistake in one of its functions is reported by the browser and stops nothing here.
  const events = new EventTarget();
  const emit = (name: string, detail?: object) => events.dispatchEvent(new CustomEvent(name, { detail }));
  const stored = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch {
      // Without storage, the next page shows the chat closed, and no badge at first.
      return undefined;
    }
  };

  function make<K extends keyof HTMLElementTagNameMap>(tag: K, name = '', ...children: Node[]) {
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
  const badge = make('b');
  const said = make('output');
  const retry = makeButton('', () => {
    load();
    close.focus();
  });
  const close = makeButton('', () => show(false));
  const note = make('div', 'note', said, retry, close);
  const panel = make('div', 'panel', note);
  const words = make('span');
  words.textContent = label;
  const button = makeButton('launch', () => show(!shown), words, badge);
  const box = make('aside', '', panel, button);
  box.style.cssText = `color-scheme:${theme};--c:${CSS.supports('color', color) ? color : '#3457d5'}`;
  const host = document.createElement('replyloop-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  root.append(box);

  function render(): void {
    const [openChat, closeChat, name, unreadWord, loading, failed, again, leave] = texts();
    // Without a wish, the button is where lines end on this page.
    box.dir = position === 'left' ? 'rtl' : position === 'right' ? 'ltr' : direction();
    panel.dir = direction();
    box.className = `${shown ? 'open' : ''} ${state}`;
    box.ariaLabel = name;
    panel.hidden = !shown;
    note.hidden = state === 'ready';
    said.textContent = state === 'failed' ? failed : loading;
    retry.textContent = again;
    retry.hidden = state !== 'failed';
    close.textContent = leave;
    if (frame) frame.title = name;
    badge.hidden = shown || !unread;
    badge.textContent = unread > 9 ? '9+' : String(unread);
    button.ariaExpanded = String(shown);
    button.ariaLabel =
      `${label} ${shown ? closeChat : openChat}${unread && !shown ? ` (${String(unread)} ${unreadWord})` : ''}`.trim();
  }

  function tell(message: object): void {
    // Without query and fragment, which nobody else has to know.
    if (state === 'ready')
      frame?.contentWindow?.postMessage({ ...message, page: location.pathname, attributes }, origin);
  }

  function load(): void {
    frame?.remove();
    frame = make('iframe');
    const query = new URLSearchParams({
      site,
      origin: location.origin,
      language: language(),
      dir: direction(),
      color,
      theme,
    });
    frame.src = `${origin}/widget/?${String(query)}`;
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
    stored(() => (sessionStorage[key] = open || ''));
    // Twice does no harm.
    watcher?.destroy();
    if (open) {
      if (!frame || state === 'failed') load();
      if (window.CloseWatcher && matchMedia(fillsScreen).matches) {
        watcher = new window.CloseWatcher();
        watcher.onclose = () => show(false);
      }
    }
    render();
    tell({ replyloop: open ? 'shown' : 'hidden' });
    emit(open ? 'opened' : 'closed');
    if (!asked) return;
    if (!open) button.focus();
    else if (state === 'ready') frame?.focus();
    else close.focus();
  }

  function identify(jwt: string | undefined): void {
    // What was said of whoever was signed in is no one else's.
    if (identity) attributes = '';
    identity = jwt;
    // An open chat knows whether somebody else reads now.
    if (!frame) unread = 0;
    render();
    tell({ replyloop: 'start', identity });
  }

  function keep(count: number, waits: boolean): void {
    if (count !== unread) emit('unread', { count });
    unread = count;
    stored(() => {
      // A count is kept for visitors without a voucher alone: the next page may be another person's.
      if (waits) localStorage[key] = JSON.stringify([identity ? 0 : count, Date.now()]);
      else localStorage.removeItem(key);
    });
    render();
  }

  /** Returns whether something is waiting, as far as an earlier page knew. */
  function recall(): boolean | undefined {
    unread = 0;
    return stored(() => {
      const [count, at] = JSON.parse(localStorage[key] as string) as [number, number];
      const fresh = Date.now() - at < keptFor;
      if (fresh && !identity) unread = count;
      return fresh;
    });
  }

  /**
   * Beside the body, not in it, so that an open conversation survives pages that replace their body (Turbo, htmx,
   * single-page applications). If it is removed nevertheless, it is put back.
   */
  function attach(): void {
    if (document.body && host.parentNode !== html && putBack++ < putBackAtMost) {
      html.append(host);
      // A frame that was removed has lost its content.
      if (frame) load();
    }
    observer.observe(document, { childList: true });
    observer.observe(html, { childList: true, attributeFilter: ['lang', 'dir'] });
    speak(asked);
  }

  function speak(tag: string | undefined): void {
    asked = tag;
    render();
    tell({ replyloop: 'language', language: language(), dir: direction() });
  }

  addEventListener('message', ({ origin: from, source, data }: MessageEvent<unknown>) => {
    // Any page in any frame may post to this window; only messages from our iframe, with our origin, are accepted.
    if (from !== origin || !frame || source !== frame.contentWindow) return;
    const message = data as { replyloop?: unknown; count?: unknown; waits?: unknown; by?: unknown } | null;
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
        keep((message.count as number) | 0, !!message.waits);
        break;
      case 'message':
      case 'resolved':
        emit(message.replyloop, { by: message.by });
        // Where it was written: a single-page application may have moved on.
        tell({});
        break;
    }
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && shown && !event.defaultPrevented) show(false);
  });
  addEventListener('storage', (event) => {
    if (event.key !== key) return;
    // Another page of the site has shown what was waiting.
    recall();
    render();
  });

  const api: Replyloop = {
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!shown),
    identify,
    setLanguage: speak,
    attributes: (values) => {
      attributes = JSON.stringify(values);
      tell({});
    },
    on: (name, heard) => events.addEventListener(name, heard as EventListener),
    off: (name, heard) => events.removeEventListener(name, heard as EventListener),
    push: (...more) => {
      for (const [name, ...values] of more)
        (api as unknown as Record<string, ((...values: unknown[]) => void) | undefined>)[name]?.(...values);
    },
    included: (again) => {
      if (again.site !== site) return;
      asked = again.language;
      // A missing attribute means no change; for a visitor who has signed out, it is empty.
      if ('identity' in again) identify(again.identity);
      attach();
    },
  };
  window.replyloop = api;
  const observer = new MutationObserver(attach);
  attach();
  show(!!stored(() => sessionStorage[key] as unknown), false);
  api.push(...calls);
  if (recall() && !frame) {
    render();
    if (document.readyState === 'complete') load();
    else addEventListener('load', () => frame ?? load());
  }
}
