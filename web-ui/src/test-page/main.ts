/**
 * A page as a website would be, with its chat on a real connection, for admins who try it. The page of the administration
 * around it says which website and how; opened by itself, it stays empty.
 */
import type { HostPage } from '../shared/test-page';
import { asked } from './asked';
import './page.css';
import { words } from './words';

let isMade = false;
window.addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
  if (origin !== location.origin || source !== window.parent || window.parent === window || isMade) return;
  const wanted = asked(data);
  if (!wanted) return;
  isMade = true;
  make(wanted);
});
if (window.parent !== window) window.parent.postMessage({ replyloop: 'ready' }, location.origin);

function make({ site, language, isDark, identity }: HostPage): void {
  const html = document.documentElement;
  html.lang = language === 'zh' ? 'zh-CN' : language;
  html.dir = language === 'ar' ? 'rtl' : 'ltr';
  html.classList.toggle('dark', isDark);
  html.style.setProperty('--site', site.color);
  document.title = site.name;
  const t = words[language];
  const name = made('strong', site.name);
  // A name is read in its own direction.
  name.dir = 'auto';
  const links = made('nav', undefined, ...t.links.map((link) => made('span', link)));
  const opening = made('section', undefined, made('h1', t.title), made('p', t.text));
  const goods = made(
    'ul',
    undefined,
    ...t.goods.map((good) => made('li', undefined, made('i'), made('h2', good))),
  );
  const header = made('header', undefined, name, links);
  const main = made('main', undefined, opening, goods);
  // Told apart from those of the page around.
  header.ariaLabel = site.name;
  main.ariaLabel = t.title;
  document.body.append(header, main, made('footer', t.foot));
  // Agents read it beside the conversation.
  window.replyloop = [['attributes', { test_page: true }]];
  const script = document.createElement('script');
  script.src = '/loader.js';
  script.async = true;
  Object.assign(script.dataset, { site: site.key, color: site.color, theme: isDark ? 'dark' : 'light' });
  if (identity) script.dataset.identity = identity;
  document.body.append(script);
}

function made(tag: string, text?: string, ...children: Node[]): HTMLElement {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}
