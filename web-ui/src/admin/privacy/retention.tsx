import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, formValues } from '../../shared/form';
import { listed } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Retention, RetentionPreview } from '../rest';
import { privacyTexts } from './privacy-texts';

const longest = 36_500;

/** Says how many would be erased before it is saved, because nobody comes back. */
export function RetentionForm({ rule }: { rule: Retention }) {
  const t = privacyTexts();
  const form = useRef<HTMLFormElement>(null);
  const due = useSignal<string | undefined>(undefined);
  const asked = useSignal<Retention | undefined>(undefined);
  const done = useSignal(false);
  const { busy, problem, run } = useAct(() => ({
    resolvedAfter: t.resolvedAfter,
    openAfter: t.openAfter,
    importedAfter: t.importedAfter,
  }));
  const wanted = (): Retention => {
    const values = formValues(form.current);
    const days = (name: string) => {
      const text = values.get(name);
      return typeof text === 'string' && text.trim() ? Number(text) : null;
    };
    return {
      resolvedAfter: days('resolvedAfter'),
      openAfter: days('openAfter'),
      importedAfter: days('importedAfter'),
    };
  };
  const count = async (json: Retention) => {
    due.value = undefined;
    const answer = await request<RetentionPreview>('/api/retention/preview', { method: 'POST', json });
    due.value = listed(
      [
        answer.customers > 0 ? t.dueCustomers({ customers: answer.customers }) : '',
        answer.imported > 0 ? t.dueImported({ imported: answer.imported }) : '',
      ].filter(Boolean),
    );
    return due.value;
  };
  const put = async (json: Retention) => {
    await request('/api/retention', { method: 'PUT', json });
    asked.value = undefined;
    done.value = true;
  };
  const save = () =>
    void run(async () => {
      done.value = false;
      const json = wanted();
      if (await count(json)) asked.value = json;
      else await put(json);
    });
  return (
    <section class="card stack" aria-label={t.retention}>
      <h2>{t.retention}</h2>
      <p class="hint">{t.retentionHint}</p>
      <Form form={form} submitted={save}>
        <div
          class="columns"
          onInput={() => {
            due.value = undefined;
            done.value = false;
          }}
        >
          <Days name="resolvedAfter" label={t.resolvedAfter} value={rule.resolvedAfter} />
          <Days name="openAfter" label={t.openAfter} value={rule.openAfter} />
          <Days name="importedAfter" label={t.importedAfter} value={rule.importedAfter} />
        </div>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {t.save}
          </button>
          <button
            type="button"
            class="button"
            disabled={busy.value}
            onClick={() => void run(() => count(wanted()).then(() => undefined))}
          >
            {t.preview}
          </button>
          <span role="status" class="hint">
            {done.value
              ? t.saved
              : due.value !== undefined && (due.value ? t.wouldErase({ due: due.value }) : t.nothingDue)}
          </span>
        </div>
      </Form>
      {asked.value && (
        <Dialog label={t.retention} closed={() => (asked.value = undefined)}>
          <div class="stack">
            <h2>{t.retention}</h2>
            <p>{t.sure({ due: due.value ?? '' })}</p>
            <ProblemNotice text={problem.value} />
            <div class="row">
              <button
                type="button"
                class="button danger"
                disabled={busy.value}
                onClick={() => {
                  const json = asked.value;
                  if (json) void run(() => put(json));
                }}
              >
                {t.saveAndErase}
              </button>
              <LeaveButton>{t.cancel}</LeaveButton>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function Days({ name, label, value }: { name: string; label: string; value: number | null }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        name={name}
        type="number"
        min={1}
        max={longest}
        step={1}
        defaultValue={value?.toString() ?? ''}
      />
    </label>
  );
}
