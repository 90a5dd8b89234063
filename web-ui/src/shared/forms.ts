/** The text of a form's field; empty when it is not there or a file. */
export function fieldText(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

export function formValues(form: HTMLFormElement | null): FormData {
  return new FormData(form ?? undefined);
}
