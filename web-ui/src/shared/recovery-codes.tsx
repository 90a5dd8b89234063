import './account.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { copyText } from './copy';
import { saveText } from './save-file';
import { secondFactorTexts } from './second-factor-texts';

interface RecoveryCodesProps {
  codes: string[];
  kept: () => void;
}

/** Codes to keep on paper; the server shows them only once. */
export function RecoveryCodes({ codes, kept }: RecoveryCodesProps) {
  const t = secondFactorTexts();
  const copied = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `${codes.join('\n')}\n`;
  return (
    <div class="stack">
      <h3 ref={heading} tabIndex={-1} class="landing">
        {t.recoveryTitle}
      </h3>
      <p>{t.recoveryText}</p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="row">
        <button
          type="button"
          class="button small"
          onClick={() => void copyText(text).then((done) => (copied.value = done))}
        >
          {copied.value ? t.copied : t.copy}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => saveText(text, 'replyloop-recovery-codes.txt')}
        >
          {t.save}
        </button>
      </div>
      <div>
        <button type="button" class="button primary" onClick={kept}>
          {t.kept}
        </button>
      </div>
    </div>
  );
}
