import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Admin, sections } from '../src/admin/admin';
import { groups } from '../src/admin/navigation';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const grace = { id: 'grace', email: 'grace@example.org', name: 'Grace', role: 'admin' } as const;

async function administration(): Promise<HTMLElement> {
  // The pages themselves go on waiting for the server.
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const box = document.createElement('div');
  document.body.append(box);
  render(<Admin me={grace} />, box);
  await settled();
  return box;
}

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  location.hash = '';
  chooseLanguage('en');
  vi.unstubAllGlobals();
});

const menuButton = (box: HTMLElement) => box.querySelector<HTMLButtonElement>('.menu-button');

describe('the navigation of the administration', () => {
  it('shows every section once, the overview first and all others in a named group', async () => {
    const box = await administration();
    const links = [...box.querySelectorAll('nav a')].map((link) => link.getAttribute('href'));
    expect(links.toSorted()).toEqual(sections.map((name) => `#/${name}`).toSorted());
    expect(links[0]).toBe('#/overview');
    const names = [...box.querySelectorAll('nav ul[aria-labelledby]')].map(
      (list) => document.getElementById(list.getAttribute('aria-labelledby') ?? '')?.textContent,
    );
    expect(names).toEqual(['Answers', 'Learning', 'Team', 'Connections', 'Governance']);
    expect(groups).toHaveLength(names.length);
  });

  it('says which section is shown, and in Chinese', async () => {
    const box = await administration();
    location.hash = '#/audit';
    window.dispatchEvent(new Event('hashchange'));
    await settled();
    expect(box.querySelector('[aria-current="page"]')?.textContent).toBe('Audit log');
    chooseLanguage('zh');
    await settled();
    expect(box.querySelector('[aria-current="page"]')?.textContent).toBe('操作日志');
    expect(box.querySelector('nav')?.getAttribute('aria-label')).toBe('栏目');
  });

  it('is opened by its button, and Escape closes it and gives the focus back', async () => {
    const box = await administration();
    expect(menuButton(box)?.getAttribute('aria-expanded')).toBe('false');
    menuButton(box)?.click();
    await settled();
    expect(menuButton(box)?.getAttribute('aria-expanded')).toBe('true');
    const link = box.querySelector<HTMLElement>('nav a');
    link?.focus();
    link?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    expect(menuButton(box)?.getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(menuButton(box));
  });

  it('closes when a section is chosen, and the focus goes to the page', async () => {
    const box = await administration();
    menuButton(box)?.click();
    await settled();
    box.querySelector<HTMLElement>('nav a[href="#/knowledge"]')?.click();
    await settled();
    expect(menuButton(box)?.getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement?.id).toBe('main');
  });

  it('is skipped by its first link, which leaves the address as it is', async () => {
    const box = await administration();
    box.querySelector<HTMLElement>('a')?.click();
    await settled();
    expect(document.activeElement?.id).toBe('main');
    expect(location.hash).not.toContain('main');
  });
});
