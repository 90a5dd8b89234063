import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { fieldText, Form, formValues } from '../../shared/form';
import { dateAndTime, listed } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { ModelPromotion, ModelRetention, User } from '../rest';
import { Waiting } from '../waiting';
import { modelTexts } from './model-texts';

const address = '/api/model-retention';

/** Whose files are kept, with a look at what that would delete. */
export function ModelRetentionCard({ changed }: { changed: () => Promise<void> }) {
  const t = modelTexts();
  const rule = useLoaded(() => request<ModelRetention>(address));
  const form = useRef<HTMLFormElement>(null);
  const preview = useSignal<number[] | undefined>(undefined);
  const saved = useSignal(false);
  const changes = useRef(0);
  const { busy, problem, run } = useAct(() => ({ keepNewest: t.keepNewest, promotedDays: t.promotedDays }));
  if (!rule.value.value) return <Waiting loaded={rule} />;
  const { enabled, keepNewest, promotedDays } = rule.value.value;
  const entered = () => {
    const values = formValues(form.current);
    return {
      keepNewest: Number(fieldText(values, 'keepNewest')),
      promotedDays: Number(fieldText(values, 'promotedDays')),
      enabled: values.has('enabled'),
    };
  };
  const look = () =>
    run(async () => {
      saved.value = false;
      preview.value = undefined;
      const { keepNewest: newest, promotedDays: days } = entered();
      const asked = changes.current;
      const models = await request<number[]>(`${address}/preview`, {
        query: { keepNewest: newest, promotedDays: days },
      });
      // Somebody may have gone on typing meanwhile.
      if (asked === changes.current) preview.value = models;
    });
  /** What was said before is about other numbers. */
  const edited = () => {
    changes.current++;
    preview.value = undefined;
    saved.value = false;
  };
  const save = () =>
    run(async () => {
      saved.value = false;
      rule.value.value = await request<ModelRetention>(address, { method: 'PUT', json: entered() });
      saved.value = true;
      await changed();
    });
  return (
    <section class="card stack" aria-label={t.retention}>
      <h3>{t.retention}</h3>
      <p class="hint">{t.retentionHint}</p>
      <Form form={form} submitted={() => void save()}>
        <label>
          <input
            type="checkbox"
            name="enabled"
            defaultChecked={enabled}
            onChange={() => (saved.value = false)}
          />{' '}
          {t.enabled}
        </label>
        <div class="columns">
          <label class="field">
            <span>{t.keepNewest}</span>
            <input
              type="number"
              name="keepNewest"
              min={1}
              max={1_000}
              step={1}
              required
              defaultValue={String(keepNewest)}
              onInput={edited}
            />
          </label>
          <label class="field">
            <span>{t.promotedDays}</span>
            <input
              type="number"
              name="promotedDays"
              min={0}
              max={3_650}
              step={1}
              required
              defaultValue={String(promotedDays)}
              onInput={edited}
            />
          </label>
        </div>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="button" class="button" disabled={busy.value} onClick={() => void look()}>
            {t.preview}
          </button>
          <button type="submit" class="button" disabled={busy.value}>
            {t.save}
          </button>
        </div>
        <div role="status">
          {preview.value && (
            <p class="notice">
              {preview.value.length === 0
                ? t.previewedNone
                : t.previewed({ models: listed(preview.value.map((number) => t.model({ number }))) })}
            </p>
          )}
          {saved.value && <p class="hint">{t.saved}</p>}
        </div>
      </Form>
    </section>
  );
}

/** Which model served from when on, and by whose decision. */
export function PromotionHistory({ serving }: { serving?: string }) {
  const t = modelTexts();
  const open = useSignal(false);
  return (
    <details
      class="card"
      open={open.value}
      onToggle={({ currentTarget }) => (open.value = currentTarget.open)}
    >
      <summary>{t.history}</summary>
      {open.value && <History serving={serving} />}
    </details>
  );
}

function History({ serving }: { serving?: string }) {
  const t = modelTexts();
  const promotions = useLoaded(() => request<ModelPromotion[]>('/api/model-promotions'), [serving]);
  const users = useLoaded(() => request<User[] | { items: User[] }>('/api/users'));
  if (!promotions.value.value) return <Waiting loaded={promotions} />;
  const people = users.value.value;
  const names = new Map(
    (Array.isArray(people) ? people : (people?.items ?? [])).map(({ id, name }) => [id, name]),
  );
  return (
    <ol class="starts">
      {promotions.value.value.map(({ number, at, by, automatic, back }) => (
        <li key={at}>
          <span>
            <strong>{t.model({ number })}</strong> <time dateTime={at}>{dateAndTime(at)}</time>
          </span>
          <span class="row">
            {back && <span class="tag warn">{t.back}</span>}
            <span class="hint">
              {automatic ? t.policy : by === undefined ? t.application : (names.get(by) ?? by)}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
