import { render, type ComponentChild } from 'preact';
import { afterEach, beforeEach, vi } from 'vitest';
import type { Example } from '../src/admin/rest';
import { chooseLanguage } from '../src/shared/language';
import { settled } from './settled';

export const at = '2026-11-29T08:00:00Z';
export const example: Example = {
  id: 42,
  conversation: 'c1',
  query: '- Hello\n> How can I help?\n- Where is my parcel?',
  replyId: 'r1',
  replyVersion: 2,
  reply: 'It travels for twelve days.',
  label: 1,
  excluded: false,
  version: 0,
  createdAt: at,
  agent: { id: 'a1', name: 'Kim' },
  outcome: 'sent',
  position: 2,
  shown: true,
  model: 3,
  side: 'train',
  snapshots: [1, 2],
  origin: 'decision',
};
/** What the page has asked the server for. */
export const asked: { address: string; body: unknown }[] = [];
/** What the server says, by method and address; nothing otherwise. */
export const answers: Record<string, unknown> = {};

/** For each test of a file. */
export function stubbed(): void {
  beforeEach(() => {
    asked.length = 0;
    for (const key of Object.keys(answers)) delete answers[key];
    Object.assign(answers, {
      'GET /api/examples': { items: [example] },
      'GET /api/examples/counts': {
        total: 1,
        fitting: 1,
        notFitting: 0,
        excluded: 0,
        corrected: 0,
        ofFiles: 0,
        ofHistory: 0,
      },
    });
    vi.stubGlobal('fetch', (address: string, { method, body }: RequestInit) => {
      asked.push({
        address: `${method ?? 'GET'} ${address}`,
        body: typeof body === 'string' ? JSON.parse(body) : undefined,
      });
      const answer = answers[`${method ?? 'GET'} ${address}`] ?? [];
      return Promise.resolve(
        answer instanceof Response ? answer.clone() : new Response(JSON.stringify(answer)),
      );
    });
  });

  afterEach(() => {
    for (const box of document.body.children) render(null, box);
    document.body.replaceChildren();
    chooseLanguage('en');
    vi.unstubAllGlobals();
  });
}

export async function page(drawn: ComponentChild): Promise<HTMLElement> {
  const box = document.createElement('div');
  document.body.append(box);
  render(drawn, box);
  await settled();
  return box;
}

export async function press(name: string): Promise<void> {
  [...document.querySelectorAll('button')]
    .find((button) => (button.getAttribute('aria-label') ?? button.textContent) === name)
    ?.click();
  await settled();
}
