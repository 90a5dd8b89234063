import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { reasonText } from '../src/admin/knowledge/import-reasons';
import {
  fileProblem,
  formatOf,
  mappingWith,
  type ImportReport,
  type Reason,
} from '../src/admin/knowledge/import-report';
import { chooseLanguage } from '../src/shared/language';

const rooms = join(import.meta.dirname, '../../src/main/java/io/replyloop');
const codes = [
  ...readFileSync(join(rooms, 'exchange/ReasonCode.java'), 'utf8').matchAll(/^ {4}([A-Z_]+)\(/gm),
].map(([, name]) => (name ?? '').toLowerCase().replaceAll('_', '-'));

describe('reasons of an import', () => {
  afterEach(() => chooseLanguage('en'));

  it.each(codes)('%s is told in both languages', (code) => {
    const reason = { code, message: 'only the server', values: { field: 'text' } };
    expect(reasonText(reason)).not.toBe('only the server');
    chooseLanguage('zh');
    expect(reasonText(reason)).toMatch(/\p{Script=Han}/u);
  });

  it('are there at all', () => {
    expect(codes.length).toBeGreaterThan(40);
  });

  it('of a newer server keep its sentence', () => {
    expect(reasonText({ code: 'new', message: 'Something new.', values: {} })).toBe('Something new.');
  });
});

describe('a file that cannot be used as it is', () => {
  afterEach(() => chooseLanguage('en'));

  const reason = (code: string, values = {}) => ({ code, message: '', values });
  const found = (complete: boolean, reasons: Reason[], notes: Reason[] = []): ImportReport =>
    ({
      lines: reasons.length,
      file: { complete, notes },
      results: reasons.map((each) => ({ line: 1, action: 'invalid', reasons: [each] })),
    }) as unknown as ImportReport;

  it.each([
    [found(false, [reason('no-text-column', { rows: 2 })]), /rows in the file: 2/, /2 行/],
    [found(false, [reason('empty-file')]), /The file is empty/, /文件是空的/],
    [found(true, [], [reason('no-rows')]), /only the names of the columns/, /只有列名/],
  ])('is told of as a whole', (report, english, chinese) => {
    const problem = fileProblem(report);
    if (!problem) throw new Error('is none');
    expect(reasonText(problem)).toMatch(english);
    chooseLanguage('zh');
    expect(reasonText(problem)).toMatch(chinese);
  });

  it('is another thing than a line with an error', () => {
    expect(fileProblem(found(true, [reason('text-missing')]))).toBeUndefined();
    expect(fileProblem(found(false, [reason('unclosed-quote')]))).toBeUndefined();
  });
});

describe('columns', () => {
  const columns = [
    { number: 1, name: 'Question', field: 'title' },
    { number: 2, name: 'Answer', field: 'text' },
    { number: 3, name: 'More' },
  ];

  it('that become a field take it from the one that had it', () => {
    expect(mappingWith(columns, 3, 'text')).toMatch(/^title=#1,text=#3,question=,.*id=$/);
  });

  it('that are not imported any more leave their field empty', () => {
    expect(mappingWith(columns, 1, '')).toMatch(/^title=,text=#2,/);
  });
});

it.each([
  ['a.CSV', 'csv'],
  ['a.tsv', 'csv'],
  ['a.jsonl', 'jsonl'],
  ['a.json', 'jsonl'],
  ['a.md', 'markdown'],
  ['a.txt', 'auto'],
])('the format of %s is %s', (name, format) => {
  expect(formatOf(name)).toBe(format);
});
