import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { render } from 'preact';
import { DoorPage } from '../shared/account';
import { Problem, keptSession, request } from '../shared/api';
import { whenReadable } from '../shared/browser';
import { startLanguage } from '../shared/language';
import { Form, formValues } from '../shared/form';
import { useAct, useLoaded } from '../shared/load';
import { NewPasswordField } from '../shared/new-password';
import { ProblemNotice } from '../shared/problem-notice';
import '../shared/theme.css';
import '../shared/typeface.css';
import { adminTexts, personLabels } from './texts';

const token = new URLSearchParams(location.search).get('token') ?? '';

function SetupPage() {
  const t = adminTexts();
  const usable = useLoaded(async () => {
    try {
      await request('/api/setup', { query: { token } });
      return true;
    } catch (problem) {
      // Only the server's own word makes a link a bad one.
      if (problem instanceof Problem && (problem.status === 404 || problem.status === 400)) return false;
      throw problem;
    }
  });
  const form = useRef<HTMLFormElement>(null);
  const made = useSignal(false);
  const { busy, problem, run } = useAct(personLabels);
  const make = () =>
    run(async () => {
      const { email, name, password } = Object.fromEntries(formValues(form.current));
      await request('/api/setup', { method: 'POST', json: { token, email, name, password } });
      made.value = true;
      await keptSession();
      location.href = '/admin/';
    });
  return (
    <DoorPage title={t.setupTitle}>
      <ProblemNotice text={usable.problem.value ?? (usable.value.value === false ? t.setupBad : undefined)} />
      {made.value && problem.value && (
        <>
          <p>{t.setupMade}</p>
          <ProblemNotice text={problem.value} />
          <a href="/admin/">{t.title}</a>
        </>
      )}
      {usable.value.value && !(made.value && problem.value) && (
        <Form form={form} submitted={() => void make()}>
          <p>{t.setupText}</p>
          <label class="field">
            <span>{t.email}</span>
            <input type="email" name="email" autocomplete="username" required autofocus />
          </label>
          <label class="field">
            <span>{t.name}</span>
            <input name="name" autocomplete="name" required maxLength={100} />
            <span class="hint">{t.nameHint}</span>
          </label>
          <NewPasswordField label={t.password} required />
          <ProblemNotice text={problem.value} />
          <button type="submit" class="button primary" disabled={busy.value}>
            {t.setupButton}
          </button>
        </Form>
      )}
    </DoorPage>
  );
}

whenReadable(startLanguage(), (app) => render(<SetupPage />, app));
