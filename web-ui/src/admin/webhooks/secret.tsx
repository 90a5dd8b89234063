import { useEffect, useRef } from 'preact/hooks';
import { LeaveButton } from '../../shared/dialog';
import type { MadeWebhook } from '../rest';
import { Snippet } from '../snippet';
import { adminTexts } from '../texts';
import { webhookTexts } from './texts';

interface SecretProps {
  made: MadeWebhook;
  copied: () => void;
}

/** A secret that was just made, which the server shows only once. */
export function Secret({ made: { webhook, secret }, copied }: SecretProps) {
  const t = adminTexts();
  const own = webhookTexts();
  const box = useRef<HTMLDivElement>(null);
  // The form that asked for it has gone, and the focus with it.
  useEffect(() => box.current?.focus(), [secret]);
  return (
    <>
      <div class="stack landing" ref={box} tabIndex={-1} role="group" aria-label={own.secret}>
        <p class="notice warn">{own.once({ name: webhook.name })}</p>
        <Snippet text={secret} copied={copied} />
      </div>
      <p class="hint">{own.howTo}</p>
      <div class="row">
        <LeaveButton>{t.close}</LeaveButton>
      </div>
    </>
  );
}
