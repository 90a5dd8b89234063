/** What the server says about a file: of a dry run, what would happen; of an import, what did. */
export interface ImportReport {
  dryRun: boolean;
  stored: boolean;
  lines: number;
  created: number;
  updated: number;
  merged: number;
  unchanged: number;
  invalid: number;
  results: Result[];
  file: Reading;
  confirmation: string;
}

export const actions = ['created', 'updated', 'merged', 'unchanged', 'invalid'] as const;
export type Action = (typeof actions)[number];

export interface Result {
  line: number;
  action: Action;
  label?: string;
  category?: string;
  title?: string;
  text?: string;
  changed?: string[];
  reasons?: Reason[];
  notes?: Reason[];
}

/** A code with values, which pages translate, and the same in English. */
export interface Reason {
  code: string;
  message: string;
  values: Record<string, string | number>;
}

export interface Reading {
  format: string;
  encoding: string;
  encodingCertain: boolean;
  otherEncoding?: string;
  separator?: string;
  header: boolean;
  columnsCertain: boolean;
  complete: boolean;
  columns: Column[];
  rows: { line: number; cells: string[] }[];
  notes: Reason[];
}

export interface Column {
  number: number;
  name: string;
  field?: string;
}

/** What a column can be, as the server knows it. */
export const fields = [
  'title',
  'text',
  'question',
  'questions',
  'language',
  'categories',
  'shortcode',
  'label',
  'state',
  'id',
] as const;
export type Field = (typeof fields)[number];

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
