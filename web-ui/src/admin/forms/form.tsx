import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { Form, formValues } from '../../shared/form';
import { newId } from '../../shared/ids';
import { labelled, language, withCommas } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { BesidePreview } from '../preview/beside';
import { LivePreview } from '../preview/live-preview';
import { lookSaved, withForm } from '../preview/look';
import type { Site, SiteFormField, SiteFormSettings } from '../rest';
import { DialogButtons } from '../dialog-buttons';
import './form.css';
import { formTexts } from './form-texts';

const kinds = ['name', 'email', 'topic', 'text', 'consent'] as const;
const mostFields = 10;

function kindName(kind: string): string {
  const t = formTexts();
  return { name: t.name, email: t.email, topic: t.topic, consent: t.consent }[kind] ?? t.text;
}

function titleOf({ kind, labelEn, labelZh }: SiteFormField): string {
  const own = language.value === 'zh' ? labelZh || labelEn : labelEn || labelZh;
  return own || kindName(kind);
}

/** What the chat of a website asks before it begins. */
export function SiteForm({ site }: { site: Site }) {
  const t = formTexts();
  const path = `/api/sites/${site.id}/form`;
  const loaded = useLoaded(() => request<SiteFormSettings>(path), [path]);
  const editing = useSignal(false);
  const form = loaded.value.value;
  return (
    <div class="stack">
      <div class="row spread">
        <h3>{t.form}</h3>
        <button
          type="button"
          class="button small"
          disabled={!form}
          aria-label={labelled(`${t.edit} · ${t.form}`, site.name)}
          onClick={() => (editing.value = true)}
        >
          {t.edit}
        </button>
      </div>
      <ProblemNotice text={loaded.problem.value} />
      {form && <p>{form.asked ? withCommas(form.fields.map(titleOf)) : t.nothing}</p>}
      {form && editing.value && (
        <FormDialog
          title={labelled(t.form, site.name)}
          path={path}
          site={site.key}
          stored={form}
          closed={() => (editing.value = false)}
          saved={loaded.reload}
        />
      )}
    </div>
  );
}

interface FormDialogProps {
  title: string;
  path: string;
  /** Its key. */
  site: string;
  stored: SiteFormSettings;
  closed: () => void;
  saved: () => Promise<void>;
}

function FormDialog({ title, path, site, stored, closed, saved }: FormDialogProps) {
  const t = formTexts();
  const form = useRef<HTMLFormElement>(null);
  const edited = useSignal(stored);
  const { busy, problem, run } = useAct(() => ({ fields: t.fields }));
  const { asked, fields } = edited.value;
  const set = (changed: SiteFormField[]) => (edited.value = { ...edited.peek(), fields: changed });
  const ask = (checked: boolean) =>
    (edited.value = { asked: checked, fields: fields.length > 0 || !checked ? fields : [fieldOf('name')] });
  const focus = (selector: string) =>
    queueMicrotask(() => form.current?.querySelector<HTMLElement>(selector)?.focus());
  const move = (index: number, by: number) => {
    const moved = [...fields];
    const [field] = moved.splice(index, 1);
    if (field) moved.splice(index + by, 0, field);
    set(moved);
  };
  const save = () =>
    run(async () => {
      formValues(form.current);
      await request(path, { method: 'PUT', json: edited.peek() });
      await saved();
      lookSaved();
      closed();
    });
  return (
    <Dialog
      label={title}
      class="with-preview"
      closed={closed}
      unsaved={() => JSON.stringify(edited.peek()) !== JSON.stringify(stored)}
    >
      <Form form={form} submitted={() => void save()}>
        <BesidePreview preview={() => <LivePreview site={site} change={withForm(edited.value)} isForm />}>
          <h2>{title}</h2>
          <label>
            <input
              type="checkbox"
              checked={asked}
              onChange={({ currentTarget: { checked } }) => ask(checked)}
            />{' '}
            {t.asked}
          </label>
          <p class="hint">{t.askedHint}</p>
          {asked && (
            <>
              <ol class="plain stack">
                {fields.map((field, index) => (
                  <FieldEditor
                    key={field.key}
                    field={field}
                    number={index + 1}
                    change={(part) =>
                      set(fields.map((each) => (each === field ? { ...each, ...part } : each)))
                    }
                    up={index > 0 ? () => move(index, -1) : undefined}
                    down={index < fields.length - 1 ? () => move(index, 1) : undefined}
                    remove={() => {
                      set(fields.filter((each) => each !== field));
                      focus('.add-field');
                    }}
                  />
                ))}
              </ol>
              <div>
                <button
                  type="button"
                  class="button small add-field"
                  disabled={fields.length >= mostFields}
                  onClick={() => set([...fields, fieldOf(next(fields))])}
                >
                  {t.add}
                </button>
              </div>
            </>
          )}
        </BesidePreview>
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}

function fieldOf(kind: string): SiteFormField {
  return { key: newId(), kind, required: kind === 'consent', labelEn: '', labelZh: '', options: [] };
}

function next(fields: SiteFormField[]): string {
  return kinds.slice(0, 2).find((kind) => !fields.some((field) => field.kind === kind)) ?? 'text';
}

interface FieldEditorProps {
  field: SiteFormField;
  number: number;
  change: (part: Partial<SiteFormField>) => void;
  up?: () => void;
  down?: () => void;
  remove: () => void;
}

function FieldEditor({ field, number, change, up, down, remove }: FieldEditorProps) {
  const t = formTexts();
  const title = t.field({ number, kind: titleOf(field) });
  const usual = field.kind === 'name' || field.kind === 'email';
  return (
    <li class="form-field stack" aria-label={title}>
      <div class="row spread">
        <select
          aria-label={title}
          value={field.kind}
          onChange={({ currentTarget: { value } }) => change({ kind: value })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindName(kind)}
            </option>
          ))}
        </select>
        <label>
          <input
            type="checkbox"
            checked={field.required}
            aria-label={labelled(t.required, title)}
            onChange={({ currentTarget: { checked } }) => change({ required: checked })}
          />{' '}
          {t.required}
        </label>
        <span class="row">
          {[
            { text: t.up, act: up },
            { text: t.down, act: down },
            { text: t.remove, act: remove },
          ].map(({ text, act }) => (
            <button
              key={text}
              type="button"
              class="button quiet small"
              aria-label={labelled(text, title)}
              aria-disabled={act === undefined}
              onClick={() => act?.()}
            >
              {text}
            </button>
          ))}
        </span>
      </div>
      <label class="field">
        <span>{t.labelEn}</span>
        <input
          name="fields"
          maxLength={500}
          placeholder={usual ? t.usual : undefined}
          value={field.labelEn ?? ''}
          onInput={({ currentTarget: { value } }) => change({ labelEn: value })}
        />
      </label>
      <label class="field">
        <span>{t.labelZh}</span>
        <input
          name="fields"
          maxLength={500}
          lang="zh-CN"
          placeholder={usual ? t.usual : undefined}
          value={field.labelZh ?? ''}
          onInput={({ currentTarget: { value } }) => change({ labelZh: value })}
        />
      </label>
      {field.kind === 'topic' && (
        <label class="field">
          <span>{t.options}</span>
          <textarea
            name="fields"
            rows={4}
            required
            defaultValue={(field.options ?? []).map(({ en, zh }) => (zh ? `${en} | ${zh}` : en)).join('\n')}
            onInput={({ currentTarget: { value } }) => change({ options: options(value) })}
          />
          <span class="hint">{t.optionsHint}</span>
        </label>
      )}
    </li>
  );
}

function options(text: string): { en: string; zh: string }[] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter((parts) => parts.some(Boolean))
    .map(([en = '', zh = '']) => ({ en, zh }));
}
