import { useEffect, useRef } from 'preact/hooks';
import { LeaveButton } from '../../shared/dialog';
import type { MadeProgramToken } from '../rest';
import { Snippet } from '../snippet';
import { adminTexts } from '../texts';
import { firstRequest } from './first-request';
import { programTexts } from './texts';

interface SecretProps {
  made: MadeProgramToken;
  copied: () => void;
}

/** A token that was just made, which the server shows only once. */
export function Secret({ made: { token, secret }, copied }: SecretProps) {
  const t = adminTexts();
  const own = programTexts();
  const box = useRef<HTMLDivElement>(null);
  const request = firstRequest(secret, token.scopes);
  // The form that asked for it has gone, and the focus with it.
  useEffect(() => box.current?.focus(), [secret]);
  return (
    <>
      <div class="stack landing" ref={box} tabIndex={-1} role="group" aria-label={own.secret}>
        <p class="notice warn">{own.once({ name: token.name })}</p>
        <Snippet text={secret} copied={copied} />
      </div>
      {request && (
        <>
          <p>{own.example}</p>
          <Snippet text={request} copied={copied} />
        </>
      )}
      <div class="row">
        <LeaveButton>{t.close}</LeaveButton>
      </div>
    </>
  );
}
