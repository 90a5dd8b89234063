import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from './icons';
import { messages, messagesLoaded } from './messages';
import type { EmojiPicker } from './emoji-picker';

const labelTexts = messages<'thread/emoji-label'>(
  import.meta.glob('../messages/*/thread/emoji-label.json', { import: 'default' }),
);

/**
 * Inserts an emoji where the cursor of a text field is. The picker and its data are loaded when somebody first wants one.
 */
export function EmojiButton({ area }: { area: RefObject<HTMLTextAreaElement | null> }) {
  const t = labelTexts();
  const Picker = useSignal<{ of: typeof EmojiPicker } | undefined>(undefined);
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const toggle = async () => {
    open.value = !open.peek();
    if (!open.peek() || Picker.peek()) return;
    try {
      const { EmojiPicker } = await import('./emoji-picker');
      await messagesLoaded();
      Picker.value = { of: EmojiPicker };
    } catch {
      // A server that is away is told of by the connection; the next press asks again.
      open.value = false;
    }
  };
  const choose = (emoji: string) => {
    open.value = false;
    const field = area.current;
    if (!field) return;
    field.focus();
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
    // As if it had been typed.
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button quiet icon emoji-button"
        aria-label={t.emoji}
        title={t.emoji}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        onClick={() => void toggle()}
      >
        <Icon name="smile" />
      </button>
      {open.value && Picker.value && (
        <Picker.value.of
          choose={choose}
          closed={(back) => {
            open.value = false;
            if (back) button.current?.focus();
          }}
          opener={button}
        />
      )}
    </>
  );
}
