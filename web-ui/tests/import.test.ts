import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { reasonText } from '../src/admin/knowledge/import-reasons';
import { formatOf, mappingWith } from '../src/admin/knowledge/import-report';
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
