import { render } from 'preact';
import { afterEach, describe, expect, it } from 'vitest';
import { knowledgeTexts } from '../src/admin/knowledge/knowledge-texts';
import { cronInWords } from '../src/admin/training/cron';
import { chooseLanguage, duration, startLanguage } from '../src/shared/language';
import { Linked } from '../src/shared/links';
import { ticks } from '../src/shared/plot';
import { luminance, textOn } from '../src/shared/contrast';

function shown(text: string): HTMLElement {
  const box = document.createElement('div');
  render(<Linked text={text} />, box);
  return box;
}

const addresses = (box: HTMLElement) =>
  [...box.querySelectorAll('a')].map((link) => link.getAttribute('href'));

describe('how often a reply was used', () => {
  it('is said in the singular, too', () => {
    expect(knowledgeTexts().questions(1)).toBe('answered 1 question');
    expect(knowledgeTexts().questions(2)).toBe('answered 2 questions');
    expect(knowledgeTexts().shownSent(3, 1)).toBe('shown 3 times, sent once');
  });
});

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

  it('the choice of the person outlives the page', async () => {
    chooseLanguage('zh');
    await startLanguage('en');
    expect(document.documentElement.lang).toBe('zh-CN');
  });

  it.each([
    ['0 3 * * *', 'every day at 03:00', '每天 03:00'],
    ['0 2 * * 1-5', 'every weekday at 02:00', '每个工作日 02:00'],
    ['30 4 * * 1', 'on Monday at 04:30', '每周一 04:30'],
    ['30 4 * * MON,wed,0', 'on Monday, Wednesday and Sunday at 04:30', '每周一、周三、周日 04:30'],
    ['0 9 * * 6,7', 'on Saturday and Sunday at 09:00', '每周六和周日 09:00'],
    ['5 * * * *', 'every hour at minute 5', '每小时的第 5 分'],
    ['*/15 * * * *', 'every 15 minutes', '每 15 分钟'],
    ['* * * * *', 'every minute', '每分钟'],
    ['15 */6 * * *', 'every day at 00:15, 06:15, 12:15 and 18:15', '每天 00:15、06:15、12:15和18:15'],
    ['0 */2 * * *', 'every 2 hours from 00:00', '从 00:00 起每 2 小时'],
    ['0 0 1 * *', 'on day 1 of the month at 00:00', '每月 1 日 00:00'],
    [
      '0 0 1,15 1-3 *',
      'on day 1 and 15 of the month at 00:00 in January to March',
      '一月–三月 每月 1、15 日 00:00',
    ],
    ['0 0 13 * 5', 'on day 13 of the month and also on Friday at 00:00', '每月 13 日，以及每周五 00:00'],
    [
      '0,30 8-18 * * 1-5',
      'every weekday at minute 0 and 30 of the hours 8 to 18',
      '每个工作日 8–18 时的第 0、30 分',
    ],
    ['0 25 * * *', undefined, undefined],
    ['60 3 * * *', undefined, undefined],
    ['0 3 * *', undefined, undefined],
    ['*/0 3 * * *', undefined, undefined],
    ['5-1 3 * * *', undefined, undefined],
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
