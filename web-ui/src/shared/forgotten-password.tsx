import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from './api';
import { fieldText, Form, formValues } from './form';
import { useAct } from './load';
import { messages } from './messages';
import { ProblemNotice } from './problem-notice';

const forgottenTexts = messages<'team/forgotten-password'>(
  import.meta.glob('../messages/*/team/forgotten-password.json', { import: 'default' }),
);

/** Asks for a link to a new password; the answer is the same whether or not there is such an account. */
export function Forgotten({ email, back }: { email: string; back: () => void }) {
  const t = forgottenTexts();
  const form = useRef<HTMLFormElement>(null);
  const asked = useSignal<string | undefined>(undefined);
  const told = useRef<HTMLParagraphElement>(null);
  const { busy, problem, fields, run } = useAct(() => ({ email: t.email }));
  useEffect(() => {
    // The button that was pressed is gone.
    if (asked.value !== undefined) told.current?.focus();
  }, [asked.value]);
  const submit = () =>
    run(async () => {
      const address = fieldText(formValues(form.current), 'email');
      await request('/api/forgotten-passwords', { method: 'POST', json: { email: address } });
      asked.value = address;
    });
  if (asked.value !== undefined) {
    return (
      <div class="stack">
        <p ref={told} role="status" tabIndex={-1}>
          {t.asked({ address: asked.value })}
        </p>
        <div>
          <button type="button" class="button" onClick={back}>
            {t.backToSignIn}
          </button>
        </div>
      </div>
    );
  }
  return (
    <Form key="forgotten" form={form} refused={fields.value} submitted={() => void submit()}>
      <p>{t.forgottenHint}</p>
      <label class="field">
        <span>{t.email}</span>
        <input type="email" name="email" autocomplete="username" defaultValue={email} required autofocus />
      </label>
      <ProblemNotice text={problem.value} />
      <div class="row">
        <button type="submit" class="button primary" disabled={busy.value}>
          {t.sendLink}
        </button>
        <button type="button" class="button" onClick={back}>
          {t.backToSignIn}
        </button>
      </div>
    </Form>
  );
}
