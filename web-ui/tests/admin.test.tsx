import { readdirSync, readFileSync } from 'node:fs';
import { render, type ComponentChild } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SitesPage } from '../src/admin/sites';
import { ModelList } from '../src/admin/training/models';
import { UsersPage } from '../src/admin/users';
import type { Session } from '../src/shared/api';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

const grace: Session = { id: 'grace', email: 'grace@example.org', name: 'Grace', role: 'admin' };

/** The page as it is once the server has answered, each address as it is told here and all others with nothing. */
async function page(answers: Record<string, unknown>, drawn: ComponentChild): Promise<HTMLElement> {
  vi.stubGlobal('fetch', (address: string, { method }: RequestInit) => {
    const answer = answers[`${method ?? 'GET'} ${address}`] ?? { items: [] };
    return Promise.resolve(answer instanceof Response ? answer : new Response(JSON.stringify(answer)));
  });
  const box = document.createElement('div');
  document.body.append(box);
  render(drawn, box);
  await settled();
  return box;
}

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  vi.unstubAllGlobals();
});

describe('a model that may take the place of another', () => {
  const model = (number: number, verdict: string, text: string) => ({
    id: `m${String(number)}`,
    number,
    serving: number === 1,
    learnedFromErased: false,
    origin: 'training',
    pinned: false,
    createdAt: '2026-11-29T08:00:00Z',
    metrics: { verdict, verdictText: { en: text, zh: '没有可靠的差异' } },
  });

  it('is asked for beside what the comparison said, in the language of the page', async () => {
    const box = await page(
      { 'GET /api/shadows': [] },
      <ModelList
        models={[model(1, '', ''), model(2, 'no-difference', 'No reliable difference')]}
        changed={settled}
      />,
    );
    box.querySelector<HTMLElement>('[aria-label="Model 2"] button:not(.quiet)')?.click();
    await settled();
    expect(document.querySelector('dialog')?.textContent).toContain('No reliable difference');
    chooseLanguage('zh');
    await settled();
    expect(document.querySelector('dialog')?.textContent).toContain('没有可靠的差异');
  });
});

describe('a website', () => {
  const site = (allowedOrigins: string[]) => ({
    id: 's1',
    name: 'Shop',
    key: 'k1',
    color: '#3457d5',
    allowedOrigins,
    identityRequired: false,
    audienceChecked: true,
    hasIdentitySecret: false,
  });

  it('without an address says that it is missing, and where to add it', async () => {
    const box = await page({ 'GET /api/sites': [site([])] }, <SitesPage />);
    expect(box.textContent).toContain('the address of the website is missing');
    box.querySelector<HTMLElement>('[aria-label="Add an address: Shop"]')?.click();
    await settled();
    expect(box.querySelector('dialog [name="allowedOrigins"]')).not.toBeNull();
  });

  it('with one says nothing of that', async () => {
    const box = await page({ 'GET /api/sites': [site(['https://shop.example'])] }, <SitesPage />);
    expect(box.textContent).not.toContain('is missing');
  });

  it('is named by buttons with the colon of the language', async () => {
    chooseLanguage('zh');
    const box = await page({ 'GET /api/sites': [site([])] }, <SitesPage />);
    expect(box.querySelector('[aria-label="编辑：Shop"]')).not.toBeNull();
  });

  it('has a name of its own kind in Chinese', async () => {
    chooseLanguage('zh');
    const box = await page({ 'GET /api/sites': [] }, <SitesPage />);
    [...box.querySelectorAll('button')].find(({ textContent }) => textContent === '添加网站')?.click();
    await settled();
    expect(box.querySelector('dialog')?.textContent).toContain('网站名称');
    expect(box.querySelector('dialog')?.textContent).not.toContain('姓名');
  });
});

describe('a refusal of the server', () => {
  it('names the field by its label, in the language of the page, also when that changes', async () => {
    const refusal = {
      code: 'conflict',
      detail: 'There is already an account with this e-mail address.',
      violations: [{ field: 'email', message: 'There is already one.', rule: 'taken', values: {} }],
    };
    chooseLanguage('zh');
    const box = await page(
      {
        'GET /api/users': [],
        'GET /api/invitations': [],
        'POST /api/invitations': new Response(JSON.stringify(refusal), { status: 409 }),
      },
      <UsersPage me={grace} />,
    );
    box.querySelector('button')?.click();
    await settled();
    const typed = { email: 'ben@example.org', name: 'Ben' };
    for (const [name, text] of Object.entries(typed)) {
      const field = box.querySelector<HTMLInputElement>(`[name="${name}"]`);
      if (field) field.value = text;
    }
    box.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settled();
    const told = () => box.querySelector('dialog [role="alert"]')?.textContent;
    expect(told()).toBe('“邮箱”已被使用，请换一个。');
    chooseLanguage('en');
    await settled();
    expect(told()).toBe('E-mail address: this is in use already. Choose another one.');
  });
});

it('no text is put together with the colon or the comma of one language', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx$/.test(file),
  );
  const puts = /`\$\{[^`]*\}[:,] \$\{|`[:,] \$\{|join\(', '\)/;
  expect(files.filter((file) => puts.test(readFileSync(`src/${file}`, 'utf8')))).toEqual([]);
});

it('every form that sets a password has the field with the rule beside it', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx$/.test(file),
  );
  const own = files.filter((file) => readFileSync(`src/${file}`, 'utf8').includes('="new-password"'));
  expect(own).toEqual(['shared/new-password.tsx']);
});
