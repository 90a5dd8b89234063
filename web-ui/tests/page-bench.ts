import { render, type ComponentChild } from 'preact';
import { afterEach, beforeEach, vi } from 'vitest';
import { sessionEnded, type Session } from '../src/shared/api';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

export { settled };

export const grace: Session = { id: 'grace', email: 'grace@example.org', name: 'Grace', role: 'admin' };

/** What the server answers, by method and address; to all else nothing. */
export const answers: Record<string, () => Response | Promise<Response>> = {};
export const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  for (const known of Object.keys(answers)) delete answers[known];
  vi.stubGlobal('fetch', (address: string, { method }: RequestInit) =>
    Promise.resolve(
      answers[`${method ?? 'GET'} ${address}`]?.() ??
        json(address.startsWith('/api/blocked') ? { items: [] } : []),
    ),
  );
});

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  sessionEnded.value = undefined;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

export async function page(drawn: ComponentChild): Promise<HTMLElement> {
  const box = document.createElement('div');
  document.body.append(box);
  render(drawn, box);
  await settled();
  return box;
}

export async function press(box: HTMLElement, text: string): Promise<void> {
  const button = [...box.querySelectorAll('button')].findLast(({ textContent }) =>
    textContent.includes(text),
  );
  if (!button) throw new Error(`There is no button ${text}`);
  button.click();
  await settled();
}

export async function type(box: HTMLElement, name: string, text: string): Promise<void> {
  const field = box.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!field) throw new Error(`There is no field ${name}`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

export const submit = async (box: HTMLElement) => {
  [...box.querySelectorAll('form')]
    .at(-1)
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settled();
};
