import { render } from 'preact';
import { afterEach, describe, expect, it } from 'vitest';
import { cronInWords } from '../src/admin/training/cron';
import { chooseLanguage, duration, startLanguage } from '../src/shared/language';
import { Linked } from '../src/shared/links';
import { ticks } from '../src/shared/plot';
import { luminance, textOn } from '../src/widget/colour';

function shown(text: string): HTMLElement {
  const box = document.createElement('div');
  render(<Linked text={text} />, box);
  return box;
}

const addresses = (box: HTMLElement) =>
  [...box.querySelectorAll('a')].map((link) => link.getAttribute('href'));

describe('links in messages', () => {
  it('are made of web addresses, without the full stop after them', () => {
    const box = shown('See https://example.com/a?b=1. (Or http://example.org/x)');
    expect(addresses(box)).toEqual(['https://example.com/a?b=1', 'http://example.org/x']);
    expect(box.textContent).toBe('See https://example.com/a?b=1. (Or http://example.org/x)');
  });

  it('end where Chinese punctuation begins', () => {
    expect(addresses(shown('请看 https://example.com/订单，谢谢'))).toEqual(['https://example.com/订单']);
  });

  it.each(['javascript:alert(1)', 'data:text/html,<b>x</b>', '<a href="https://x" onclick="y">', 'https://'])(
    'are never made of %s',
    (text) => {
      const box = shown(text);
      expect(box.textContent).toBe(text);
      expect(box.querySelector('b, [onclick], [href^="javascript"], [href^="data"]')).toBeNull();
    },
  );

  it('tell the other site nothing about this one', () => {
    expect(shown('https://example.com').querySelector('a')?.rel).toContain('noopener noreferrer');
  });
});

describe('in both languages', () => {
  afterEach(() => chooseLanguage('en'));

  it('the choice of the person outlives the page', () => {
    chooseLanguage('zh');
    startLanguage('en');
    expect(document.documentElement.lang).toBe('zh-CN');
  });

  it.each([
    ['0 3 * * *', 'every day at 03:00', '每天 03:00'],
    ['30 4 * * 1', 'Monday at 04:30', '星期一 04:30'],
    ['5 * * * *', 'every hour at minute 5', '每小时第 5 分'],
    ['0 0 1 * *', 'on day 1 of each month at 00:00', '每月 1 日 00:00'],
    ['*/7 3-5 * 2 *', 'by the expression above', '按上面的表达式'],
    ['0 25 * * *', undefined, undefined],
    ['60 3 * * *', undefined, undefined],
    ['nonsense', undefined, undefined],
    ['', undefined, undefined],
  ])('%s is said in words', (cron, english, chinese) => {
    expect(cronInWords(cron)).toBe(english);
    chooseLanguage('zh');
    expect(cronInWords(cron)).toBe(chinese);
  });

  it('durations are rounded to what matters', () => {
    expect([9.4, 75, 7260].map(duration)).toEqual(['9 s', '1 min', '2 h 1 min']);
  });
});

describe('pictures', () => {
  it('have axes with round numbers', () => {
    expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(0, 313, 6)).toEqual([0, 100, 200, 300]);
    expect(ticks(3, 3)).toEqual([3]);
  });

  it('have text that can be read on the site’s colour', () => {
    expect(luminance('#ffffff')).toBeCloseTo(1);
    expect(luminance('#000000')).toBe(0);
    const steps = ['00', '33', '66', '99', 'cc', 'ff'];
    for (const color of steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))) {
      const [low = 0, high = 0] = [luminance(color), luminance(textOn(color))].sort((one, two) => one - two);
      expect((high + 0.05) / (low + 0.05), color).toBeGreaterThan(4.5);
    }
  });
});
