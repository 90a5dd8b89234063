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
        const code = refuseRenewal === 403 ? 'blocked' : 'token-invalid';
        return Promise.resolve(new Response(JSON.stringify({ code }), { status: refuseRenewal }));
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

  const session = (identity?: string, waits = 0) => new CustomerSession('shop', identity, forget, waits);

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

  it('is the same for two pages of one visitor after all tokens were ended', async () => {
    const one = session();
    await one.token(false);
    const other = session();
    refuseRenewal = 401;
    expect(await one.token(true)).toBe('t3');
    expect(await other.token(true)).toBe('t3');
  });

  it('is not replaced for somebody who is blocked, who would be somebody else by it', async () => {
    const mine = session();
    await mine.token(false);
    refuseRenewal = 403;
    await expect(mine.token(true)).rejects.toMatchObject({ code: 'blocked' });
    expect(asked).toEqual([{ site: 'shop' }, { site: 'shop', renew: 't1' }]);
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

  describe('with a voucher of the site', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64url');
    const voucher = (sub: unknown, exp = 1) =>
      `${base64('{"alg":"HS256"}')}.${base64(JSON.stringify({ sub, exp }))}.signature`;
    const alice = voucher('alice');
    const bob = voucher('bob');
    const byIdentity = (identity: string) => ({ site: 'shop', identity });
    const anonymously = { site: 'shop' };

    const changes: [string, string | undefined, string | undefined][] = [
      ['another one', alice, bob],
      ['one that signs in', undefined, alice],
      ['one that signs out', alice, undefined],
      ['one whose voucher cannot be read', alice, 'jwt of Alice'],
      ['one whose voucher names nobody', alice, voucher(undefined)],
      ['the next one whose voucher cannot be read', 'a.b.c', 'a.b.c'],
    ];

    it.each(changes)('ends with its person on the next page: %s', async (_who, first, second) => {
      await session(first).token(false);
      forget.mockClear();
      expect(await session(second).token(false)).toBe('t2');
      expect(asked[1]).toEqual(second === undefined ? anonymously : byIdentity(second));
      expect(forget).toHaveBeenCalledOnce();
    });

    it.each(changes)('ends with its person on the same page: %s', async (_who, first, second) => {
      const shared = session(first);
      await shared.token(false);
      forget.mockClear();
      expect(shared.identify(second)).toBe(true);
      expect(forget).toHaveBeenCalledOnce();
      expect(await shared.token(false)).toBe('t2');
      expect(asked[1]).toEqual(second === undefined ? anonymously : byIdentity(second));
    });

    it('is one and the same in two tabs in which somebody signs in one after the other', async () => {
      const one = session();
      const other = session();
      await one.token(false);
      one.identify(alice);
      expect(await one.token(false)).toBe('t2');
      forget.mockClear();
      expect(other.identify(alice)).toBe(true);
      expect(forget).toHaveBeenCalledExactlyOnceWith(one.owner);
      expect(await other.token(false)).toBe('t2');
    });

    it('has what they have begun back whenever they come back', () => {
      const hers = session(alice);
      const { owner } = hers;
      hers.identify(bob);
      expect(hers.owner).not.toBe(owner);
      expect(session(alice).owner).toBe(owner);
      expect(session().owner).not.toBe(session('a.b.c').owner);
    });

    describe('on a page that says a moment later who is signed in', () => {
      let known: boolean;

      const later = () => {
        const made = session(undefined, 5_000);
        known = false;
        void made.known.then(() => (known = true));
        return made;
      };

      beforeEach(async () => {
        await session(alice).token(false);
        forget.mockClear();
      });

      it('is still there for them, with all that they have begun', async () => {
        const { owner } = session(alice);
        const shared = later();
        await vi.advanceTimersByTimeAsync(4_000);
        expect(known).toBe(false);
        shared.identify(alice);
        await vi.advanceTimersByTimeAsync(60_000);
        expect(known).toBe(true);
        expect(shared.owner).toBe(owner);
        expect(await shared.token(false)).toBe('t1');
        expect(forget).not.toHaveBeenCalled();
      });

      it('ends with its person when nobody comes', async () => {
        const shared = later();
        await vi.advanceTimersByTimeAsync(5_000);
        expect(known).toBe(true);
        expect(forget).toHaveBeenCalledExactlyOnceWith(shared.owner);
        expect(await shared.token(false)).toBe('t2');
        expect(asked[1]).toEqual(anonymously);
        expect(later().owner).toBe(shared.owner);
        await vi.advanceTimersByTimeAsync(0);
        expect(known).toBe(true);
      });

      it.each([
        ['somebody else comes', bob],
        ['the page says that they have signed out', undefined],
      ])('ends with its person at once when %s', async (_what, next) => {
        const shared = later();
        expect(shared.identify(next)).toBe(true);
        expect(forget).toHaveBeenCalledOnce();
        expect(await shared.token(false)).toBe('t2');
        await vi.advanceTimersByTimeAsync(60_000);
        expect(forget).toHaveBeenCalledOnce();
      });
    });

    it('stays kept while another tab still renews that of the visitor before', async () => {
      const before = session();
      await before.token(false);
      const hers = session(alice);
      await hers.token(false);
      await before.token(true);
      forget.mockClear();
      expect(session(alice).owner).toBe(hers.owner);
      expect(forget).not.toHaveBeenCalled();
    });

    it('stays with a person who comes with another voucher', async () => {
      const lín = (exp: number) => voucher('林-42 ÿ?>', exp);
      await session(lín(1)).token(false);
      forget.mockClear();
      const later = session(lín(2));
      expect(await later.token(false)).toBe('t1');
      expect(later.identify(lín(3))).toBe(false);
      expect(await later.token(false)).toBe('t1');
      expect(forget).not.toHaveBeenCalled();
      expect(await later.token(true)).toBe('t2');
      expect(asked[1]).toEqual(byIdentity(lín(3)));
    });

    it('is renewed with the voucher, because the server renews no identified one', async () => {
      const hers = session(alice);
      await hers.token(false);
      vi.advanceTimersByTime(hour * 0.6);
      expect(await hers.token(false)).toBe('t1');
      await vi.advanceTimersByTimeAsync(0);
      expect(asked[1]).toEqual(byIdentity(alice));
      expect(await hers.token(false)).toBe('t2');
    });

    it('ends at once, also while the server is still asked', async () => {
      const shared = session(alice);
      const asking = shared.token(false);
      shared.identify(bob);
      expect(await asking).toBe('t2');
      expect(asked).toEqual([byIdentity(alice), byIdentity(bob)]);
      expect(await session(bob).token(false)).toBe('t2');
    });

    it('leaves nothing to the next person even if there was no token yet', async () => {
      session(alice);
      forget.mockClear();
      await session(bob).token(false);
      expect(forget).toHaveBeenCalledOnce();
    });

    it('gives up a token that was kept without saying whose it is', async () => {
      const kept = {
        token: 'old',
        expiresAt: new Date(Date.now() + hour).toISOString(),
        issuedAt: Date.now(),
      };
      localStorage.setItem('replyloop.widget.shop', JSON.stringify({ ...kept, identified: true }));
      expect(await session().token(false)).toBe('t1');
      expect(forget).toHaveBeenCalledOnce();
    });
  });
});
