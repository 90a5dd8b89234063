import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MergeDialog } from '../src/console/customer-merge';
import { Tour } from '../src/shop/tour';

describe('what has not been found is looked for again', () => {
  let box: HTMLElement;

  beforeEach(() => {
    vi.useFakeTimers();
    box = document.createElement('div');
    document.body.append(box);
  });

  afterEach(() => {
    render(null, box);
    box.remove();
    vi.useRealTimers();
  });

  const passes = (time: number) => vi.advanceTimersByTimeAsync(time);
  const press = async (name: string) => {
    const found = [...document.querySelectorAll('button')].find((one) => one.textContent === name);
    if (!found) throw new Error(`no button ${name}`);
    found.click();
    await passes(50);
  };

  it('by the tour, when what was sent is learned only after the first suggestions', async () => {
    let items: object[] = [{ title: 'Gift wrapping' }];
    let looks = 0;
    vi.stubGlobal('fetch', (address: string | URL | Request, { method = 'GET' }: RequestInit = {}) => {
      const path = String(address instanceof Request ? address.url : address);
      if (path.endsWith('/suggestions')) {
        looks += 1;
        return Promise.resolve(Response.json({ items }));
      }
      if (path.includes('/api/demo/tour')) {
        const asked =
          method === 'POST' ? { conversation: 'two' } : { first: 'Wrapped?', again: 'As a gift?' };
        return Promise.resolve(Response.json(asked));
      }
      if (path.endsWith('/api/session')) return Promise.resolve(Response.json({ id: 'anna' }));
      return Promise.resolve(Response.json({ items: [] }));
    });
    render(<Tour show={() => undefined} leave={() => undefined} />, box);
    await passes(50);
    await press('Have the customer ask');
    await press('Skip this step');
    await press('Have another customer ask');
    await passes(50);
    expect(box.textContent).toContain('not among these suggestions');

    items = [{ title: 'Gift wrapping', why: { kind: 'before', by: 'anna', question: 'Wrapped?' } }];
    await passes(1_100);
    expect(box.textContent).toContain('“Gift wrapping” is number 1');
    const until = looks;
    await passes(5_000);
    expect(looks).toBe(until);
  });

  it('by Search, with the same words after a failure', async () => {
    let away = false;
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        away
          ? Response.json({ code: 'unavailable', detail: 'Try again.' }, { status: 503 })
          : Response.json([{ id: 'other', name: 'Wei', because: 'words', since: '2026-03-02T09:15:30Z' }]),
      ),
    );
    const profile = { id: 'one', correctable: true, attributes: [], answers: [], notes: [], merged: [] };
    render(<MergeDialog profile={profile} closed={() => undefined} />, box);
    await passes(50);
    const field = document.querySelector<HTMLInputElement>('input[type="search"]');
    if (!field) throw new Error('no field');
    away = true;
    field.value = 'wei';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await press('Search');
    expect(document.querySelector('[role="alert"]')).not.toBeNull();

    away = false;
    await press('Search');
    expect(document.querySelector('[role="alert"]')).toBeNull();
    expect(document.querySelector('.candidates strong')?.textContent).toBe('Wei');
    expect(document.querySelector('.merge-found')?.textContent).not.toBe('');
  });
});
