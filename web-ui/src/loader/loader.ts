/**
 * Runs on the page that embeds the chat: a button, and on first use an iframe with the widget. It loads nothing and
 * stores nothing before somebody opens the chat.
 *
 *   <script src="https://chat.example.com/loader.js" data-site="KEY" async></script>
 *
 * Optional: data-color, data-position="left", data-language="zh", data-identity="JWT signed by the site".
 * From scripts: window.replyloop.open(), .close(), .identify(jwt).
 */
interface Replyloop {
  open(): void;
  close(): void;
  identify(jwt: string | undefined): void;
}

declare global {
  interface Window {
    replyloop?: Replyloop;
  }
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.dataset.site && !window.replyloop) start(script);

function start({ src, dataset }: HTMLScriptElement): void {
  const origin = new URL(src).origin;
  // Asked each time: a page that draws itself says its language only after this script has begun, and may change it.
  const language = (): string => dataset.language ?? (document.documentElement.lang || navigator.language);
  const texts = (): string[] =>
    language().toLowerCase().startsWith('zh')
      ? ['打开聊天', '关闭聊天', '聊天', '条未读']
      : ['Open chat', 'Close chat', 'Chat', 'unread'];
  const side = dataset.position === 'left' ? 'left' : 'right';
  let identity = dataset.identity;
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let shown = false;
  let unread = 0;

  const host = document.createElement('replyloop-chat');
  const root = host.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(`
:host{all:initial!important;position:fixed!important;z-index:2147483000!important;bottom:20px!important;${side}:20px!important}
button{all:unset;box-sizing:border-box;position:relative;display:block;width:56px;height:56px;margin-${side === 'left' ? 'right' : 'left'}:auto;border-radius:50%;cursor:pointer;
background:var(--c);color:#fff;box-shadow:0 2px 6px #0003,0 8px 24px #0003;transition:transform .15s}
button:hover{transform:scale(1.06)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
svg{position:absolute;inset:15px;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#c62828;font:700 13px/22px system-ui,sans-serif;text-align:center}
iframe{display:block;width:min(392px,calc(100vw - 40px));height:min(640px,calc(100vh - 120px));margin-bottom:14px;border:0;border-radius:16px;box-shadow:0 4px 12px #0002,0 16px 48px #0004;color-scheme:light dark}
[hidden]{display:none}
@media (max-width:480px){
.open iframe{position:fixed;inset:0;width:100vw;height:100vh;height:100dvh;margin:0;border-radius:0}
.open button{display:none}}
@media (prefers-reduced-motion:reduce){button{transition:none}}`);
  root.adoptedStyleSheets = [style];

  const box = document.createElement('div');
  box.style.setProperty('--c', dataset.color ?? '#3457d5');
  const button = document.createElement('button');
  button.type = 'button';
  const badge = document.createElement('b');
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(path);
  button.append(icon, badge);
  box.append(button);
  root.append(box);

  function render(): void {
    box.className = shown ? 'open' : '';
    if (frame) frame.hidden = !shown;
    path.setAttribute('d', shown ? 'M5 9l7 7 7-7' : 'M4 4h16v12h-8l-5 4v-4H4z');
    badge.hidden = shown || unread === 0;
    badge.textContent = unread > 9 ? '9+' : String(unread);
    badge.setAttribute('aria-hidden', 'true');
    button.setAttribute('aria-expanded', String(shown));
    const [open, close, , unreadName] = texts();
    const name = (shown ? close : open) ?? '';
    button.setAttribute(
      'aria-label',
      unread && !shown ? `${name} (${String(unread)} ${unreadName ?? ''})` : name,
    );
  }

  function tell(message: object): void {
    if (ready) frame?.contentWindow?.postMessage(message, origin);
  }

  function show(open: boolean): void {
    if (open === shown) return;
    shown = open;
    if (open && !frame) {
      frame = document.createElement('iframe');
      frame.title = texts()[2] ?? '';
      frame.allow = 'clipboard-write';
      const query = new URLSearchParams({
        site: dataset.site ?? '',
        origin: location.origin,
        language: language(),
      });
      frame.src = `${origin}/widget/?${query.toString()}`;
      box.prepend(frame);
    }
    render();
    tell({ replyloop: open ? 'shown' : 'hidden' });
    if (open) frame?.focus();
    else button.focus();
  }

  window.addEventListener('message', ({ origin: from, source, data }: MessageEvent<unknown>) => {
    // Any page in any frame may post to this window: only our iframe, showing our origin, is heard.
    if (from !== origin || !frame || source !== frame.contentWindow) return;
    const message = data as { replyloop?: unknown; count?: unknown } | null;
    switch (message?.replyloop) {
      case 'ready':
        ready = true;
        tell({ replyloop: 'start', identity });
        tell({ replyloop: shown ? 'shown' : 'hidden' });
        break;
      case 'close':
        show(false);
        break;
      case 'unread':
        unread = Number(message.count) || 0;
        render();
        break;
    }
  });
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && shown && !event.defaultPrevented) show(false);
  });
  button.addEventListener('click', () => show(!shown));

  window.replyloop = {
    open: () => show(true),
    close: () => show(false),
    identify: (jwt) => {
      identity = jwt;
      tell({ replyloop: 'start', identity });
    },
  };
  new MutationObserver(render).observe(document.documentElement, { attributeFilter: ['lang'] });
  render();
  document.body.append(host);
}

export {};
