import { fieldText } from '../../shared/form';
import { withCommas } from '../../shared/language';
import type { Reply } from '../rest';

/** What an admin writes of a reply; everything else follows from acts. */
export type Content = Pick<
  Reply,
  'title' | 'text' | 'language' | 'categories' | 'label' | 'shortcode' | 'choices'
>;

/** What was typed and not saved, with the version that it is a change of; none for a new reply. */
export interface Typed {
  version?: number;
  fields: Record<string, string>;
}

/** The fields of the form by their names, as they hold a reply. */
export function fieldsOf(content: Content): Record<string, string> {
  const { title, text, language, categories, label = '', shortcode = '', choices = [] } = content;
  return {
    title,
    text,
    language,
    label,
    shortcode,
    categories: withCommas(categories),
    choices: choices.join('\n'),
  };
}

export function contentOf(data: FormData): Content {
  const text = (name: string) => fieldText(data, name);
  return {
    title: text('title'),
    text: text('text'),
    language: text('language'),
    label: text('label') || undefined,
    shortcode: text('shortcode').replace(/^\//, '') || undefined,
    categories: text('categories')
      .split(/[,，、]/)
      .map((category) => category.trim())
      .filter(Boolean),
    choices: text('choices')
      .split('\n')
      .map((choice) => choice.trim())
      .filter(Boolean),
  };
}

/** What stands in a form at this moment, right or wrong, untrimmed. */
export function fieldsIn(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields[name] = value;
  return fields;
}

export function fill(form: HTMLFormElement, fields: Record<string, string>): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field && 'value' in field) field.value = value;
  }
}
