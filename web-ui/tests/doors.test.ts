import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasDemo } from '../src/shop/demo';
import { patience } from './settled';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('whether there is a demo', () => {
  let answers: (number | undefined)[];

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', () => {
      const status = answers.shift();
      return status === undefined ? Promise.reject(new TypeError()) : Promise.resolve({ status });
    });
  });

  it.each([
    [200, true],
    [404, false],
    [400, false],
  ])('is what the server says: %i', async (status, there) => {
    answers = [status];
    expect(await hasDemo()).toBe(there);
  });

  it.each([503, 429, 500, 408, undefined])('is asked again when it cannot say: %s', async (status) => {
    answers = [status, status, 200];
    const asked = hasDemo();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await asked).toBe(true);
  });
});

describe('the first admin', () => {
  it('is told where the browser does not keep the sign-in that follows', async () => {
    vi.stubGlobal('isSecureContext', false);
    vi.stubGlobal('fetch', (path: string) =>
      Promise.resolve(
        path.startsWith('/api/session')
          ? new Response('{"code":"signed-out"}', { status: 401 })
          : new Response('{}'),
      ),
    );
    const app = document.createElement('div');
    app.id = 'app';
    document.body.append(app);
    await import('../src/admin/setup');
    await vi.waitUntil(() => document.querySelector('form'), patience);
    const typed = { email: 'ada@example.org', name: 'Ada', password: 'correct horse' };
    for (const [name, text] of Object.entries(typed)) {
      const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
      if (field) field.value = text;
    }
    document.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    const alert = await vi.waitUntil(() => document.querySelector('[role=alert]'), patience);
    expect(alert.textContent).toContain('replyloop.signin.secure-cookie');
    expect(document.querySelector('form')).toBeNull();
    expect(location.pathname).not.toBe('/admin/');
  });
});
