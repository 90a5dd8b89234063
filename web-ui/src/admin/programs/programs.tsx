import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { dateAndTime, labelled } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import { isAsked } from '../asked';
import type { ProgramToken } from '../rest';
import { Snippet } from '../snippet';
import { Waiting } from '../waiting';
import { MakeDialog } from './make';
import { RenewDialog, RevokeDialog } from './change';
import { firstRequest } from './first-request';
import './programs.css';
import { programTexts } from './texts';

type Open = { act: 'make' } | { act: 'renew' | 'revoke'; token: ProgramToken } | undefined;

/** Which programs use the REST interface, and what each may do. */
export function ProgramsPage() {
  const own = programTexts();
  const tokens = useLoaded(() => request<ProgramToken[]>('/api/program-tokens'));
  const open = useSignal<Open>(isAsked('#/programs/new') ? { act: 'make' } : undefined);
  const closed = () => (open.value = undefined);
  if (!tokens.value.value) return <Waiting loaded={tokens} />;
  return (
    <>
      <p class="hint">{own.intro}</p>
      <div>
        <button type="button" class="button primary" onClick={() => (open.value = { act: 'make' })}>
          {own.make}
        </button>
      </div>
      {tokens.value.value.length === 0 && (
        <section class="card stack">
          <p>{own.none}</p>
          <Snippet text={firstRequest('replyloop_…', ['suggest']) ?? ''} />
        </section>
      )}
      {tokens.value.value.length > 0 && (
        <ul class="card list programs">
          {tokens.value.value.map((token) => (
            <Line
              key={token.id}
              token={token}
              renew={() => (open.value = { act: 'renew', token })}
              revoke={() => (open.value = { act: 'revoke', token })}
            />
          ))}
        </ul>
      )}
      {open.value?.act === 'make' && <MakeDialog closed={closed} made={tokens.reload} />}
      {open.value?.act === 'renew' && (
        <RenewDialog token={open.value.token} closed={closed} done={tokens.reload} />
      )}
      {open.value?.act === 'revoke' && (
        <RevokeDialog token={open.value.token} closed={closed} done={tokens.reload} />
      )}
    </>
  );
}

interface LineProps {
  token: ProgramToken;
  renew: () => void;
  revoke: () => void;
}

function Line({ token, renew, revoke }: LineProps) {
  const own = programTexts();
  return (
    <li>
      <div class="grow">
        <strong>{token.name}</strong> <span class="hint">{own.endsWith({ hint: token.hint })}</span>
        <ul class="plain scopes" aria-label={own.scopes}>
          {token.scopes.map((scope) => (
            <li key={scope} class="tag" title={scope}>
              {own.scope[scope]}
            </li>
          ))}
        </ul>
        <div class="hint">
          {own.madeBy({ name: token.madeBy, time: dateAndTime(token.madeAt) })} ·{' '}
          {token.expiresAt ? own.until({ time: dateAndTime(token.expiresAt) }) : own.doesNotExpire} ·{' '}
          {token.lastUsedAt ? own.lastUsed({ time: dateAndTime(token.lastUsedAt) }) : own.neverUsed}
        </div>
        {token.state === 'maker-left' && <p class="notice warn">{own.makerLeft({ name: token.madeBy })}</p>}
      </div>
      {token.state !== 'valid' && <span class="tag bad">{own.state[token.state]}</span>}
      <button type="button" class="button small" aria-label={labelled(own.renew, token.name)} onClick={renew}>
        {own.renew}
      </button>
      <button
        type="button"
        class="button small"
        aria-label={labelled(own.revoke, token.name)}
        onClick={revoke}
      >
        {own.revoke}
      </button>
    </li>
  );
}
