import { options } from 'preact';
import { afterEach, beforeEach, vi } from 'vitest';
import type { Session } from '../src/shared/api';
import type { Summary } from '../src/shared/frames';

export const ada: Session = { id: 'ada', email: 'ada@example.org', name: 'Ada', role: 'agent' };

/** What the REST interface answers, by the beginning of the address; a list is given piece by piece. */
export const answers = new Map<string, unknown[]>();
export const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  // Effects that a test before has left with its timers would hold up those of this one.
  options.requestAnimationFrame = (flush) => void setTimeout(flush, 16);
  localStorage.clear();
  answers.clear();
  asked.length = 0;
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    const [, list = []] = [...answers].find(([path]) => address.startsWith(path)) ?? [];
    const answer = list.length > 1 ? list.shift() : (list[0] ?? empty(address));
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
});

/** What a list without a beginning of its own is. */
function empty(address: string): unknown {
  if (address.endsWith('/profile'))
    return { id: 'customer', correctable: true, attributes: [], answers: [], notes: [], merged: [] };
  return /^\/api\/(labels|colleagues|inbox-views|conversations\/of-customer)/.test(address)
    ? []
    : { items: [] };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

export function summary(id: string, waitingSince?: string, more: Partial<Summary> = {}): Summary {
  const at = '2026-03-02T09:15:30.125Z';
  return {
    id,
    status: 'open',
    customer: { id: 'customer' },
    lastSequence: 1,
    updatedAt: at,
    createdAt: at,
    waitingSince,
    ...more,
  };
}
