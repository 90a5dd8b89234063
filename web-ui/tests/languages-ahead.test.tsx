import { describe, expect, it, vi } from 'vitest';
import { language, loadOthersWhenIdle, messages } from '../src/shared/messages';
import { LanguageSwitch } from '../src/shared/switch';
import { page, press } from './page-bench';
import { patience } from './settled';

describe('the messages of the other language', () => {
  it('are loaded when the page is idle; a choice that fails is told in the language of the page', async () => {
    let isThere = false;
    const chinese = vi.fn(() =>
      isThere ? Promise.resolve({}) : Promise.reject(new TypeError('Failed to fetch')),
    );
    messages({
      '../messages/en/shared/late.json': () => Promise.resolve({}),
      '../messages/zh/shared/late.json': chinese,
    });
    expect(chinese).not.toHaveBeenCalled();
    loadOthersWhenIdle();
    await expect.poll(() => chinese.mock.calls.length, patience).toBe(1);

    const box = await page(<LanguageSwitch />);
    const alert = () => box.querySelector('[role=alert]');
    expect(alert()).toBeNull();
    await press(box, '中文');
    expect(alert()?.textContent).toContain(
      '中文 could not be loaded. Check the connection and choose it again.',
    );
    expect(language.value).toBe('en');

    isThere = true;
    await press(box, '中文');
    expect(language.value).toBe('zh');
    expect(alert()).toBeNull();
  });

  it('of a module that comes later are loaded, too', async () => {
    const chinese = vi.fn(() => Promise.resolve({}));
    messages({
      '../messages/en/shared/later.json': () => Promise.resolve({}),
      '../messages/zh/shared/later.json': chinese,
    });
    await expect.poll(() => chinese.mock.calls.length, patience).toBe(1);
  });
});
