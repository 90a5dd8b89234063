import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = '../src/main/java/io/replyloop';
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.java'))
  .map((file) => readFileSync(join(root, file), 'utf8'));

/** From an opening bracket to the one that closes it. */
function bracketed(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if ('({'.includes(text.charAt(at))) depth++;
    else if (')}'.includes(text.charAt(at)) && --depth === 0) return text.slice(from, at);
  }
  return text.slice(from);
}

const named = /[(,]\s*"([a-zA-Z0-9]+)",(?!\s*\w+\.class)/g;
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)];

/** What is handed to the audit log: in the call itself, or by a method that names the fields of something. */
function written(): string[] {
  const calls = /AuditDetails\s*\.(?:of|between)\(|[^.\w]record\(\s*AuditAction|audit\.record\(/g;
  const methods = /Map<String, (?:Object|\?)> (?:settings|fields|facts|audited)\([^)]*\) \{/g;
  const maps = /\b(?:what|details)\.put\(\s*"([a-zA-Z0-9]+)",/g;
  const found = sources.flatMap((source) => [
    ...all(source, calls).map((call) => bracketed(source, source.indexOf('(', call.index))),
    ...all(source, methods).map((method) => bracketed(source, method.index + method[0].length - 1)),
    ...(source.includes('AuditDetails.of(') ? all(source, maps).map(([put]) => put) : []),
  ]);
  return [...new Set(found.flatMap((text) => all(text, named).map(([, name = '']) => name)))].sort();
}

const words = (language: string, name: string) =>
  JSON.parse(readFileSync(`src/messages/${language}/admin/${name}.json`, 'utf8')) as Record<string, string>;

/** Told by a sentence of its own. */
const sentences = ['moreNotRecorded'];

describe.each(['en', 'zh'])('the words of the audit log (%s)', (language) => {
  it('name every field that the server writes', () => {
    const fields = written();
    expect(fields).toEqual(
      expect.arrayContaining([
        'weekly',
        'offlineZh',
        'formOptions',
        'ratingAsked',
        'keepOldMinutes',
        'champion',
      ]),
    );
    const known = { ...words(language, 'audit-field'), ...words(language, 'audit-export-field') };
    expect(fields.filter((field) => !(field in known) && !sentences.includes(field))).toEqual([]);
  });

  it('name every table that can be exported', () => {
    const source = readFileSync(join(root, 'reports/ReportTable.java'), 'utf8');
    const tables = all(source, /^ {4}([A-Z][A-Z_]+)\($/gm).map(([, name = '']) =>
      name.toLowerCase().replaceAll('_', '-'),
    );
    expect(Object.keys(words(language, 'audit-export-table')).sort()).toEqual(tables.sort());
  });
});
