import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Problem, type Violation } from './api';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What each form held when it appeared. */
const asOpened = new WeakMap<HTMLFormElement, string>();

interface FormProps {
  form: RefObject<HTMLFormElement | null>;
  submitted: () => void;
  children: ComponentChildren;
}

/** A form whose mistakes are told by the page: the browser's own bubbles speak the browser's language. */
export function Form({ form, submitted, children }: FormProps) {
  useLayoutEffect(() => {
    if (form.current) asOpened.set(form.current, content(form.current));
  }, [form]);
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submitted();
      }}
    >
      {children}
    </form>
  );
}

/** What a browser fills in for somebody by itself: they have not entered it, and it is not lost. */
const filledIn = 'input[autocomplete="username"], input[autocomplete="current-password"]';

/** Whether something has been entered that would be lost; fields count by their names. */
export function isChanged(form: HTMLFormElement): boolean {
  return (asOpened.get(form) ?? content(form)) !== content(form);
}

function content(form: HTMLFormElement): string {
  const data = new FormData(form);
  for (const { name } of form.querySelectorAll<HTMLInputElement>(filledIn)) data.delete(name);
  return JSON.stringify([...data].map(([name, value]) => [name, text(value)]));
}

function text(value: FormDataEntryValue | null): string {
  return value === null ? '' : typeof value === 'string' ? value : value.name;
}

/**
 * What a form holds.
 *
 * @throws Problem with each field that does not hold what it should, as the server would say it
 */
export function formValues(form: HTMLFormElement | null): FormData {
  const wrong = [...(form?.elements ?? [])].filter(isWrong);
  if (wrong.length > 0) {
    wrong[0]?.focus();
    throw new Problem(0, 'invalid', '', wrong.map(violation));
  }
  return new FormData(form ?? undefined);
}

/** The text of a form's field without spaces around it; empty when it is not there. */
export function fieldText(values: FormData, name: string): string {
  return text(values.get(name)).trim();
}

/** A password counts as it is typed, spaces around it included. */
export function passwordText(values: FormData, name: string): string {
  return text(values.get(name));
}

function isWrong(element: Element): element is Field {
  const isField =
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement;
  return isField && !element.validity.valid;
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
