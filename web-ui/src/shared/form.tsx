import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Problem, type Violation } from './api';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The initial content of each form. */
const asOpened = new WeakMap<HTMLFormElement, string>();

interface FormProps {
  form: RefObject<HTMLFormElement | null>;
  /** The names of the fields that were refused last, which are marked; the first of them gets the focus. */
  refused?: readonly string[];
  submitted: () => void;
  children: ComponentChildren;
}

/** A form whose errors are shown by the page, because the browser's bubbles use the browser's language. */
export function Form({ form, refused, submitted, children }: FormProps) {
  useLayoutEffect(() => {
    if (form.current) asOpened.set(form.current, content(form.current));
  }, [form]);
  useLayoutEffect(() => {
    if (form.current && refused) mark(form.current, refused);
  }, [form, refused]);
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onInput={({ target }) => {
        if (target instanceof Element) target.removeAttribute('aria-invalid');
      }}
      onSubmit={(event) => {
        event.preventDefault();
        submitted();
      }}
    >
      {children}
    </form>
  );
}

function mark(form: HTMLFormElement, refused: readonly string[]): void {
  const fields = [...form.elements].filter(isField);
  for (const field of fields) {
    if (refused.includes(field.name)) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
  // Not from under the hands of somebody who goes on writing in another one.
  const writes = fields.some((field) => field === document.activeElement);
  if (!writes) fields.find(({ name }) => refused.includes(name))?.focus();
}

function isField(element: Element): element is Field {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

/** Fields that browsers fill in automatically: nobody has entered them, so they are not lost. */
const filledIn = 'input[autocomplete="username"], input[autocomplete="current-password"]';

/** Whether something has been entered that would be lost; considers fields with a name. */
export function isChanged(form: HTMLFormElement): boolean {
  return (asOpened.get(form) ?? content(form)) !== content(form);
}

/** What has been entered since then would be lost; what the form had then is stored. */
export function nowSaved(form: HTMLFormElement, stored: string): void {
  asOpened.set(form, stored);
}

/** All that a form has, in one string. */
export function content(form: HTMLFormElement): string {
  const data = new FormData(form);
  for (const { name } of form.querySelectorAll<HTMLInputElement>(filledIn)) data.delete(name);
  return JSON.stringify([...data].map(([name, value]) => [name, text(value)]));
}

function text(value: FormDataEntryValue | null): string {
  return value === null ? '' : typeof value === 'string' ? value : value.name;
}

/**
 * The content of a form.
 *
 * @throws Problem with all invalid fields, as the server would report them
 */
export function formValues(form: HTMLFormElement | null): FormData {
  const wrong = [...(form?.elements ?? [])].filter(isWrong);
  if (wrong.length > 0) {
    wrong[0]?.focus();
    throw new Problem(0, 'invalid', '', wrong.map(violation));
  }
  return new FormData(form ?? undefined);
}

/** The trimmed text of a field; empty if the field does not exist. */
export function fieldText(values: FormData, name: string): string {
  return text(values.get(name)).trim();
}

/** A password exactly as typed, including surrounding spaces. */
export function passwordText(values: FormData, name: string): string {
  return text(values.get(name));
}

function isWrong(element: Element): element is Field {
  return isField(element) && !element.validity.valid;
}

function violation(field: Field): Violation {
  const { validity, name } = field;
  const { min, max, minLength, maxLength } = field as HTMLInputElement;
  const said = (rule: string, values: Violation['values'] = {}) => ({
    field: name,
    message: field.validationMessage,
    rule,
    values,
  });
  if (validity.valueMissing && !validity.badInput) return said('missing');
  if (validity.tooShort) return said('too-short', { min: minLength });
  if (validity.tooLong) return said('too-long', { max: maxLength });
  if (validity.rangeUnderflow) return said('too-small', { min });
  if (validity.rangeOverflow) return said('too-great', { max });
  return said('malformed');
}
