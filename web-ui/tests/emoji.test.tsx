import { createRef } from 'preact';
import { afterEach, describe, expect, it } from 'vitest';
import { EmojiButton } from '../src/shared/emoji';
import { emojiIn, found, recentEmoji, rememberEmoji } from '../src/shared/emoji-data';
import { language } from '../src/shared/messages';
import { page } from './page-bench';

afterEach(() => {
  language.value = 'en';
  localStorage.clear();
});

const first = async (spoken: string, looked: string) =>
  found(await emojiIn(spoken), looked).map(([emoji]) => emoji);

describe('emoji', () => {
  it('are found by their names in English and in Chinese, names before search words', async () => {
    expect((await first('en', 'teapot'))[0]).toBe('🫖');
    expect((await first('en', 'tea')).slice(0, 20)).toContain('🍵');
    expect(await first('en', 'thumbs up')).toContain('👍️');
    expect(await first('en', 'RED heart')).toContain('❤️');
    expect(await first('zh', '茶')).toContain('🍵');
    expect(await first('zh', '红心')).toContain('❤️');
    expect(await first('en', '茶')).toEqual([]);
    expect(await first('xx', 'teapot')).toContain('🫖');
  });

  it('hold no parts that do not stand alone', async () => {
    const all = (await emojiIn('en')).flat();
    expect(all.length).toBeGreaterThan(1_500);
    expect(all.map(([emoji]) => emoji)).not.toContain('🏻');
    expect(all.map(([emoji]) => emoji)).not.toContain('🇦');
  });

  it('used recently come first, once each, a few of them', () => {
    for (let i = 0; i < 30; i++) rememberEmoji(String.fromCodePoint(0x1f600 + i));
    rememberEmoji('😀');
    expect(recentEmoji()[0]).toBe('😀');
    expect(recentEmoji()).toHaveLength(16);
    localStorage.setItem('replyloop.emoji', '{"no": "list"}');
    expect(recentEmoji()).toEqual([]);
  });

  it('are chosen by keyboard, and stand where the cursor was', async () => {
    const area = createRef<HTMLTextAreaElement>();
    let typed = '';
    const box = await page(
      <form>
        <textarea ref={area} onInput={({ currentTarget: { value } }) => (typed = value)} />
        <EmojiButton area={area} />
      </form>,
    );
    const field = area.current as HTMLTextAreaElement;
    field.value = 'Hi there';
    field.setSelectionRange(2, 2);
    box.querySelector<HTMLElement>('.emoji-button')?.click();
    await expect
      .poll(() => box.querySelectorAll('.emoji').length, { timeout: 20_000 })
      .toBeGreaterThan(1_000);
    const key = (on: Element | null, name: string) =>
      on?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
    const search = box.querySelector<HTMLInputElement>('[type=search]');
    expect(document.activeElement).toBe(search);
    key(search, 'ArrowDown');
    const cells = [...box.querySelectorAll('.emoji')];
    expect(document.activeElement).toBe(cells[0]);
    key(document.activeElement, 'ArrowRight');
    key(document.activeElement, 'ArrowDown');
    expect(document.activeElement).toBe(cells[9]);
    key(document.activeElement, 'End');
    expect(document.activeElement).toBe(cells[15]);
    key(document.activeElement, 'ArrowUp');
    expect(document.activeElement).toBe(cells[7]);
    (cells[7] as HTMLElement).click();
    expect(typed).toBe(`Hi${cells[7]?.textContent ?? ''} there`);
    expect(document.activeElement).toBe(field);
    expect(recentEmoji()).toEqual([cells[7]?.textContent]);

    box.querySelector<HTMLElement>('.emoji-button')?.click();
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    await expect.poll(() => box.querySelector('[type=search]')).not.toBeNull();
    box.querySelector('[type=search]')?.dispatchEvent(escape);
    expect(escape.defaultPrevented).toBe(true);
    await expect.poll(() => box.querySelector('.emoji-picker')).toBeNull();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Insert an emoji');
  });
});
