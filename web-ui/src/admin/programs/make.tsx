import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, formValues } from '../../shared/form';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { MadeProgramToken, ProgramToken } from '../rest';
import { adminTexts } from '../texts';
import { Secret } from './secret';
import { programTexts } from './texts';

const scopes: ProgramToken['scopes'] = [
  'suggest',
  'feedback',
  'knowledge.read',
  'knowledge.write',
  'conversations.read',
  'conversations.erase',
  'reports.read',
];

interface MakeDialogProps {
  closed: () => void;
  made: () => Promise<void>;
}

/** A program is to use the REST interface: which, what it may do, and its token. */
export function MakeDialog({ closed, made }: MakeDialogProps) {
  const t = adminTexts();
  const own = programTexts();
  const form = useRef<HTMLFormElement>(null);
  const result = useSignal<MadeProgramToken | undefined>(undefined);
  const copied = useSignal(false);
  const nothingChosen = useSignal(false);
  const missing = useId();
  const { busy, problem, run } = useAct(() => ({ name: own.name, scopes: own.scopes, days: own.validFor }));
  const make = () =>
    run(async () => {
      const values = formValues(form.current);
      const chosen = values.getAll('scopes');
      nothingChosen.value = chosen.length === 0;
      if (nothingChosen.value) {
        form.current?.querySelector<HTMLInputElement>('[name=scopes]')?.focus();
        return;
      }
      result.value = await request<MadeProgramToken>('/api/program-tokens', {
        method: 'POST',
        json: { name: values.get('name'), scopes: chosen, days: Number(values.get('days')) },
      });
      await made();
    });
  return (
    <Dialog label={own.make} closed={closed} unsaved={() => result.value !== undefined && !copied.value}>
      {result.value ? (
        <div class="stack">
          <h2>{own.make}</h2>
          <Secret made={result.value} copied={() => (copied.value = true)} />
          <ProblemNotice text={problem.value} />
        </div>
      ) : (
        <Form form={form} submitted={() => void make()}>
          <h2>{own.make}</h2>
          <label class="field">
            <span>{own.name}</span>
            <input name="name" required maxLength={60} autocomplete="off" />
            <span class="hint">{own.nameHint}</span>
          </label>
          <fieldset class="stack" aria-describedby={nothingChosen.value ? missing : undefined}>
            <legend>{own.scopes}</legend>
            {scopes.map((scope) => (
              <label key={scope}>
                <input type="checkbox" name="scopes" value={scope} />{' '}
                <span>
                  {own.scope[scope]} <code class="hint">{scope}</code>
                </span>
              </label>
            ))}
            {nothingChosen.value && (
              <p id={missing} class="notice bad" role="alert">
                {own.chooseOne}
              </p>
            )}
          </fieldset>
          <label class="field">
            <span>{own.validFor}</span>
            <select name="days">
              <option value="30">{own.days({ number: 30 })}</option>
              <option value="90">{own.days({ number: 90 })}</option>
              <option value="365" selected>
                {own.year}
              </option>
              <option value="0">{own.forever}</option>
            </select>
          </label>
          <ProblemNotice text={problem.value} />
          <div class="row">
            <button type="submit" class="button primary" disabled={busy.value}>
              {own.make}
            </button>
            <LeaveButton>{t.cancel}</LeaveButton>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
