import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { CustomerClient } from '../shared/customer';
import { language } from '../shared/language';
import './form.css';
import { formTexts } from './form-texts';

export interface AskedField {
  key: string;
  kind: string;
  required: boolean;
  labelEn?: string;
  labelZh?: string;
  options?: { en: string; zh: string }[];
}

const longest: Record<string, number> = { name: 200, email: 320 };

function inWords(en = '', zh = ''): string {
  return (language.value === 'zh' ? zh || en : en || zh).trim();
}

function labelOf(field: AskedField): string {
  const t = formTexts();
  const own = inWords(field.labelEn, field.labelZh);
  const label = own || (field.kind === 'email' ? t.email : t.name);
  return field.required ? label : t.optional({ label });
}

/** What is wrong with an answer, in words. */
function problemOf(field: AskedField, value: string): string | undefined {
  const t = formTexts();
  if (value === '') {
    if (!field.required) return undefined;
    if (field.kind === 'consent') return t.missingConsent;
    return field.kind === 'topic' ? t.missingChoice : t.missing;
  }
  return field.kind === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? t.noAddress : undefined;
}

/** What the site asks before the first message, in place of the field for it. */
export function PreChatForm({ client, fields }: { client: CustomerClient; fields: AskedField[] }) {
  const t = formTexts();
  const form = useRef<HTMLFormElement>(null);
  const values = useSignal<Record<string, string>>({});
  /** From the first try on, problems go as soon as they are mended. */
  const tried = useSignal(0);
  const valueOf = ({ key }: AskedField) => (values.value[key] ?? '').trim();
  const problems = new Map(
    tried.value === 0
      ? []
      : fields.flatMap((field): [string, string][] => {
          const problem = problemOf(field, valueOf(field));
          return problem === undefined ? [] : [[field.key, problem]];
        }),
  );
  useEffect(() => {
    if (tried.value > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tried.value]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (fields.some((field) => problemOf(field, valueOf(field)) !== undefined)) {
      tried.value += 1;
      return;
    }
    const answers = fields.map((field) => [field.key, valueOf(field)] as const);
    client.fill({
      language: language.peek() === 'zh' ? 'zh' : 'en',
      values: Object.fromEntries(answers.filter(([, value]) => value !== '')),
    });
  };
  return (
    <form ref={form} class="pre-chat" noValidate aria-label={t.before} onSubmit={submit}>
      <h2>{t.before}</h2>
      {fields.map((field) => (
        <Field
          key={field.key}
          field={field}
          value={values.value[field.key] ?? ''}
          problem={problems.get(field.key)}
          change={(value) => (values.value = { ...values.peek(), [field.key]: value })}
        />
      ))}
      <p role="alert" class="wrong">
        {problems.size > 0 && t.wrong({ number: problems.size })}
      </p>
      <button type="submit" class="button primary">
        {t.start}
      </button>
    </form>
  );
}

interface FieldProps {
  field: AskedField;
  value: string;
  problem?: string;
  change: (value: string) => void;
}

function Field({ field, value, problem, change }: FieldProps) {
  const t = formTexts();
  const id = useId();
  const described = {
    id,
    required: field.required,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
  };
  const written = {
    maxLength: longest[field.kind] ?? 1_000,
    dir: 'auto' as const,
    value,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => change(currentTarget.value),
  };
  const said = problem !== undefined && (
    <span id={`${id}-problem`} class="wrong">
      {problem}
    </span>
  );
  if (field.kind === 'consent') {
    return (
      <div class="field">
        <label>
          <input
            {...described}
            type="checkbox"
            checked={value !== ''}
            onChange={({ currentTarget: { checked } }) => change(checked ? 'yes' : '')}
          />{' '}
          {labelOf(field)}
        </label>
        {said}
      </div>
    );
  }
  return (
    <div class="field">
      <label for={id}>{labelOf(field)}</label>
      {field.kind === 'topic' ? (
        <select {...described} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
          <option value="">{t.choose}</option>
          {(field.options ?? []).map(({ en, zh }) => {
            const words = inWords(en, zh);
            return (
              <option key={words} value={words}>
                {words}
              </option>
            );
          })}
        </select>
      ) : field.kind === 'email' ? (
        <input {...described} {...written} type="email" autocomplete="email" />
      ) : (
        <input
          {...described}
          {...written}
          type="text"
          autocomplete={field.kind === 'name' ? 'name' : 'off'}
        />
      )}
      {said}
    </div>
  );
}
