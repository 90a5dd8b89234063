import { useSignal } from '@preact/signals';
import { adminTexts } from './texts';

/** Text to be copied. */
export function Snippet({ text }: { text: string }) {
  const t = adminTexts();
  const copied = useSignal(false);
  return (
    <div class="snippet">
      <code>{text}</code>
      <button
        type="button"
        class="button small"
        onClick={() => void navigator.clipboard.writeText(text).then(() => (copied.value = true))}
      >
        {copied.value ? t.copied : t.copy}
      </button>
    </div>
  );
}
