import type { components } from '../../shared/rest';

type Schemas = components['schemas'];

/** What the server says about a file: of a dry run, what would happen; of an import, what did. */
export type ImportReport = Required<Schemas['ImportReport']>;
export type Result = Schemas['ImportResult'];
export type Reading = Schemas['ImportedFile'];
export type Column = Schemas['ImportedColumn'];
export type Action = Result['action'];

export const actions: readonly Action[] = ['created', 'updated', 'merged', 'unchanged', 'invalid'];

/** A code with values, which pages translate, and the same in English. */
export type Reason = Schemas['ImportReason'];

/** What a column can be, as the server knows it. */
export const fields = [
  'title',
  'text',
  'question',
  'questions',
  'language',
  'categories',
  'shortcode',
  'choices',
  'label',
  'state',
  'id',
] as const;
export type Field = (typeof fields)[number];

/** What is wrong with the file as a whole, whichever line the server has found it in; nothing where it can be used. */
export function fileProblem({ file, lines, results }: ImportReport): Reason | undefined {
  if (lines === 0) return file.notes.find(({ code }) => code === 'no-rows');
  const [only] = lines === 1 && !file.complete ? results : [];
  return only?.reasons?.find(({ code }) => aboutFile.has(code));
}

const aboutFile = new Set(['empty-file', 'no-text-column', 'duplicate-column', 'too-many-columns']);

export const encodings = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'windows-1252', 'GB18030'] as const;
export const separators = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** How a person wants the file to be read; what is undefined, the file tells. */
export interface Wishes {
  encoding?: string;
  separator?: string;
  header?: boolean;
  mapping?: string;
  html: 'keep' | 'text';
  publish: boolean;
}

/** The columns as they are, with one of them used otherwise; a field has one column. */
export function mappingWith(columns: Column[], changed: number, field: string): string {
  return fields
    .map((name) => {
      const column =
        name === field
          ? changed
          : columns.find((each) => each.number !== changed && each.field === name)?.number;
      return `${name}=${column === undefined ? '' : `#${String(column)}`}`;
    })
    .join(',');
}

export function formatOf(name: string): string {
  if (/\.(csv|tsv|tab)$/i.test(name)) return 'csv';
  if (/\.(jsonl|ndjson|json)$/i.test(name)) return 'jsonl';
  return /\.(md|markdown)$/i.test(name) ? 'markdown' : 'auto';
}
