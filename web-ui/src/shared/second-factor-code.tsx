import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { secondFactorTexts } from './second-factor-texts';

/** A code of the authenticator, or, where that is allowed, a recovery code. */
export function CodeField({ orRecovery = false, refused }: { orRecovery?: boolean; refused?: string }) {
  const t = secondFactorTexts();
  const input = useRef<HTMLInputElement>(null);
  const recovery = useSignal(false);
  // Both before the next key press: whoever types as soon as they are told would have the rest of it selected.
  useLayoutEffect(() => {
    input.current?.focus();
  }, [recovery.value]);
  useLayoutEffect(() => {
    if (refused) input.current?.select();
  }, [refused]);
  return (
    <>
      <label class="field">
        <span>{recovery.value ? t.recoveryCode : t.code}</span>
        <input
          ref={input}
          name="code"
          required
          maxLength={40}
          autocomplete="one-time-code"
          autocapitalize="off"
          spellcheck={false}
          inputMode={recovery.value ? 'text' : 'numeric'}
        />
        <span class="hint">{recovery.value ? t.recoveryHint : t.codeHint}</span>
      </label>
      {orRecovery && (
        <div>
          <button type="button" class="button quiet small" onClick={() => (recovery.value = !recovery.value)}>
            {recovery.value ? t.useCode : t.useRecovery}
          </button>
        </div>
      )}
    </>
  );
}
