import { beforeEach, describe, expect, it } from 'vitest';
import { CannedReplies, type CannedReply } from '../src/console/canned';
import { answers } from './console-bench';

describe('canned replies', () => {
  const reply = (shortcode: string, language?: string, text = 'Hello'): CannedReply => ({
    id: shortcode,
    shortcode,
    title: shortcode,
    text,
    language,
  });
  let canned: CannedReplies;

  beforeEach(async () => {
    answers.set('/api/replies/canned', [
      [reply('refund', 'en'), reply('refund-cn', 'zh-CN'), reply('return', undefined, '七天内可退货')],
    ]);
    canned = new CannedReplies();
    await canned.load();
  });

  it.each([
    ['/refund', '/refund'],
    ['  /refund\n', '/refund'],
    ['/Refund', '/Refund'],
    ['／refund', '／refund'],
    ['、refund', '、refund'],
    ['/refnd', '/refnd'],
    ['/', '/'],
    ['One moment /refund', '/refund'],
    ['/refund please', '/refund'],
    ['/home/x', undefined],
    ['/etc/passwd is a path', undefined],
    ['https://example.com/refund', undefined],
    ['and/or', undefined],
    ['/s is not one of our codes', undefined],
    ['You may /call us', undefined],
  ])('of “%s” is held back: %s', (text, word) => {
    expect(canned.unsent(text)).toBe(word);
  });

  it("the menu begins with the code that is typed whole, then with the customer's language, named or not", () => {
    const codes = (chinese: boolean) => canned.matching('/re', chinese).map(({ shortcode }) => shortcode);
    expect(codes(true)).toEqual(['refund-cn', 'return', 'refund']);
    expect(codes(false)).toEqual(['refund', 'refund-cn', 'return']);
    expect(canned.matching('/refund', true)[0]?.shortcode).toBe('refund');
    expect(canned.matching('/refund/x', false)).toEqual([]);
  });
});
