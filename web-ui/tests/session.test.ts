import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CustomerSession } from '../src/widget/session';

const hour = 3_600_000;

describe('the token of a customer', () => {
  let asked: Record<string, string>[];
  let refuseRenewal: number | undefined;
  const forget = vi.fn();

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    forget.mockClear();
    asked = [];
    refuseRenewal = undefined;
    vi.stubGlobal('fetch', (_path: string, { body }: { body: string }) => {
      const question = JSON.parse(body) as Record<string, string>;
      asked.push(question);
      if (question['renew'] && refuseRenewal) {
        return Promise.resolve(new Response('{"code":"token-invalid"}', { status: refuseRenewal }));
      }
      const answer = {
        token: `t${String(asked.length)}`,
        expiresAt: new Date(Date.now() + hour).toISOString(),
      };
      return Promise.resolve(new Response(JSON.stringify(answer)));
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const session = (identity?: string) => new CustomerSession('shop', identity, forget);

  it('is kept across visits', async () => {
    expect(await session().token(false)).toBe('t1');
    expect(await session().token(false)).toBe('t1');
    expect(asked).toEqual([{ site: 'shop' }]);
  });

  it('is renewed in its second half, so that the customer stays the same', async () => {
    const mine = session();
    await mine.token(false);
    vi.advanceTimersByTime(hour * 0.6);
    expect(await mine.token(false)).toBe('t1');
    await vi.advanceTimersByTimeAsync(0);
    expect(asked[1]).toEqual({ site: 'shop', renew: 't1' });
    expect(await mine.token(false)).toBe('t2');
  });

  it('is replaced when the server refuses to renew it', async () => {
    const mine = session();
    await mine.token(false);
    refuseRenewal = 401;
    expect(await mine.token(true)).toBe('t3');
    expect(asked).toEqual([{ site: 'shop' }, { site: 'shop', renew: 't1' }, { site: 'shop' }]);
  });

  it('is not given up because the server is away', async () => {
    const mine = session();
    await mine.token(false);
    refuseRenewal = 503;
    await expect(mine.token(true)).rejects.toMatchObject({ status: 503 });
    expect(asked).toHaveLength(2);
  });

  it('ends with the identity that it was made for', async () => {
    await session('jwt of Wei').token(false);
    expect(asked).toEqual([{ site: 'shop', identity: 'jwt of Wei' }]);
    await session(undefined).token(false);
    expect(asked[1]).toEqual({ site: 'shop' });
    expect(forget).toHaveBeenCalled();
  });
});
