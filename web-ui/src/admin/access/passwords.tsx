import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { SingleSignOn } from '../rest';
import { accessTexts } from './texts';

const whoMay = ['everybody', 'admins', 'nobody'] as const;

interface PasswordRuleProps {
  known: SingleSignOn;
  changed: () => Promise<void>;
}

/** Who may still sign in with a password. */
export function PasswordRule({ known, changed }: PasswordRuleProps) {
  const own = accessTexts();
  const saved = useSignal(false);
  const { busy, problem, run } = useAct();
  const decide = (passwordsFor: string) =>
    void run(async () => {
      saved.value = false;
      try {
        await request('/api/single-sign-on/passwords', { method: 'PUT', json: { passwordsFor } });
        saved.value = true;
      } finally {
        await changed();
      }
    });
  return (
    <section class="card stack provider" aria-label={own.passwords}>
      <h2>{own.passwords}</h2>
      <label class="field">
        <span>{own.passwordsFor}</span>
        <select
          value={known.passwordsFor}
          disabled={busy.value}
          onChange={({ currentTarget }) => decide(currentTarget.value)}
        >
          {whoMay.map((who) => (
            // Opening the door again needs no proof.
            <option key={who} value={who} disabled={who !== 'everybody' && !known.triedByYou}>
              {own[who]}
            </option>
          ))}
        </select>
        <span class="hint">
          {known.triedByYou
            ? own.passwordsHint({ setting: 'replyloop.signin.passwords-always' })
            : own.passwordsFirst}
        </span>
      </label>
      <p class="hint">{own.factorsHint}</p>
      <ProblemNotice text={problem.value} />
      <div role="status">{saved.value && <p class="notice good">{own.passwordsSaved}</p>}</div>
    </section>
  );
}
