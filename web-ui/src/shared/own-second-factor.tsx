import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from './api';
import { fieldText, Form, formValues, passwordText } from './form';
import { useAct, useLoaded } from './load';
import { ProblemNotice } from './problem-notice';
import './account.css';
import { RecoveryCodes } from './recovery-codes';
import type { components } from './rest';
import { CodeField } from './second-factor-code';
import { SecretToScan } from './second-factor-secret';
import { secondFactorLabels, secondFactorTexts, type SecondFactorSecret } from './second-factor-texts';

type State = components['schemas']['SecondFactorState'];
type Codes = components['schemas']['RecoveryCodes'];

/** What the password is asked for. */
type Act = 'begin' | 'codes' | 'remove';

type Step =
  | { is: 'asking'; act: Act }
  | { is: 'confirming'; secret: SecondFactorSecret }
  | { is: 'keeping'; codes: string[] };

const path = '/api/session/second-factor';

/** One's own second step of signing in: switched on and off, with new recovery codes. */
export function OwnSecondFactor() {
  const t = secondFactorTexts();
  const state = useLoaded(() => request<State>(path));
  const step = useSignal<Step | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, run, forget } = useAct(secondFactorLabels);
  const turn = (next?: Step) => {
    forget();
    step.value = next;
  };
  const prove = (act: Act) =>
    void run(async () => {
      const json = { current: passwordText(formValues(form.current), 'current') };
      if (act === 'begin') {
        step.value = {
          is: 'confirming',
          secret: await request<SecondFactorSecret>(path, { method: 'POST', json }),
        };
      } else if (act === 'codes') {
        const { codes } = await request<Codes>(`${path}/recovery-codes`, { method: 'POST', json });
        step.value = { is: 'keeping', codes };
      } else {
        await request(`${path}/remove`, { method: 'POST', json });
        step.value = undefined;
      }
      await state.reload();
    });
  const confirm = () =>
    void run(async () => {
      const json = { code: fieldText(formValues(form.current), 'code') };
      const { codes } = await request<Codes>(`${path}/confirm`, { method: 'POST', json });
      step.value = { is: 'keeping', codes };
      await state.reload();
    });
  const now = step.value;
  const known = state.value.value;
  const cancel = (
    <button type="button" class="button" onClick={() => turn()}>
      {t.cancel}
    </button>
  );
  return (
    <section class="stack matter" aria-label={t.title}>
      <h3>{t.title}</h3>
      <ProblemNotice text={state.problem.value} />
      {known && !now && (
        <>
          <p>
            {known.on ? t.isOn({ number: known.recoveryCodesLeft }) : t.isOff}{' '}
            {known.required && (known.on ? t.isKept : t.isRequired)}
          </p>
          <div class="row">
            {known.on ? (
              <>
                <button
                  type="button"
                  class="button small"
                  onClick={() => turn({ is: 'asking', act: 'codes' })}
                >
                  {t.newCodes}
                </button>
                {!known.required && (
                  <button
                    type="button"
                    class="button small"
                    onClick={() => turn({ is: 'asking', act: 'remove' })}
                  >
                    {t.switchOff}
                  </button>
                )}
              </>
            ) : (
              <button type="button" class="button small" onClick={() => turn({ is: 'asking', act: 'begin' })}>
                {t.switchOn}
              </button>
            )}
          </div>
        </>
      )}
      {now?.is === 'asking' && (
        <Form key={now.act} form={form} submitted={() => prove(now.act)}>
          <label class="field">
            <span>{t.current}</span>
            <input type="password" name="current" autocomplete="current-password" required autofocus />
            <span class="hint">{now.act === 'remove' ? t.offHint : t.currentHint}</span>
          </label>
          <ProblemNotice text={problem.value} />
          <div class="row">
            <button type="submit" class="button primary" disabled={busy.value}>
              {now.act === 'remove' ? t.switchOff : t.next}
            </button>
            {cancel}
          </div>
        </Form>
      )}
      {now?.is === 'confirming' && (
        <Form form={form} submitted={confirm}>
          <SecretToScan secret={now.secret} />
          <CodeField refused={problem.value} />
          <ProblemNotice text={problem.value} />
          <div class="row">
            <button type="submit" class="button primary" disabled={busy.value}>
              {t.switchOn}
            </button>
            {cancel}
          </div>
        </Form>
      )}
      {now?.is === 'keeping' && <RecoveryCodes codes={now.codes} kept={() => turn()} />}
    </section>
  );
}
