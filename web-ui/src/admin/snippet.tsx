import { useSignal } from '@preact/signals';
import { copyText } from '../shared/copy';
import { adminTexts } from './texts';

interface SnippetProps {
  text: string;
  copied?: () => void;
}

/** Text to be copied. */
export function Snippet({ text, copied: told }: SnippetProps) {
  const t = adminTexts();
  const copied = useSignal(false);
  return (
    <div class="snippet">
      <code>{text}</code>
      <button
        type="button"
        class="button small"
        onClick={() =>
          void copyText(text).then((done) => {
            copied.value = done;
            if (done) told?.();
          })
        }
      >
        {copied.value ? t.copied : t.copy}
      </button>
    </div>
  );
}
