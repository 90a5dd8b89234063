// Messages of the pages: src/messages/<language>/<page>/<name>.json, in ICU MessageFormat, compiled when the pages are
// built. A language is a folder; what it lacks is taken from the source language. See src/docs/adr/0113.
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';
import { parse } from '@messageformat/parser';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

export const source = 'en';
export const folder = join(import.meta.dirname, 'src', 'messages', '/');

export const typesFile = join(import.meta.dirname, 'src', 'shared', 'message-types.ts');

/** @returns {Record<string, unknown>} */
export function readMessages(path, root = folder) {
  return JSON.parse(readFileSync(root + path, 'utf8'));
}

/** The names of all message files of a language, such as console/block. */
export function namesOf(language, root = folder) {
  return readdirSync(`${root}${language}`, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.json') && name !== 'language.json')
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

/**
 * The values in a message, by name: what kind each has to be.
 *
 * @returns {Map<string, 'text' | 'number' | 'case'>}
 */
export function valuesOf(message) {
  const values = new Map();
  const visit = (tokens) => {
    for (const token of tokens) {
      if (token.type === 'argument') values.set(token.arg, values.get(token.arg) ?? 'text');
      if (token.type === 'function' && token.key === 'number') values.set(token.arg, 'number');
      if (token.type === 'plural' || token.type === 'selectordinal') values.set(token.arg, 'number');
      if (token.type === 'select') values.set(token.arg, 'case');
      for (const { tokens: inner } of token.cases ?? []) visit(inner);
    }
  };
  visit(parse(message));
  return values;
}

const isGroup = (entry) => typeof entry === 'object' && entry !== null;

/** Plain messages become texts, those with values functions of them. */
export function compileMessages(messages, language) {
  const functions = {};
  const constant = new MessageFormat(language);
  const emit = (group, path) =>
    `{${Object.entries(group)
      .map(([key, entry]) => {
        const name = `${path}${key}`;
        const emitted = () => {
          if (isGroup(entry)) return emit(entry, `${name}/`);
          if (valuesOf(entry).size === 0) return JSON.stringify(constant.compile(entry)({}));
          functions[name] = entry;
          return `compiled[${JSON.stringify(name)}]`;
        };
        return `${JSON.stringify(key)}: ${emitted()}`;
      })
      .join(',\n')}}`;
  const messagesCode = emit(messages, '');
  if (Object.keys(functions).length === 0) return `export default ${messagesCode};\n`;
  const compiled = compileModule(new MessageFormat(language), functions);
  return `${compiled.replace('export default {', 'const compiled = {')}\nexport default ${messagesCode};\n`;
}

/** Whether a translation has all messages of the source. */
export function isComplete(translation, original) {
  return Object.entries(original).every(([key, entry]) =>
    isGroup(entry) ? isComplete(translation[key] ?? {}, entry) : translation[key] !== undefined,
  );
}

/** Compiles the message files that the pages import. */
export function messageFiles(root = folder) {
  const prefix = '\0messages:';
  return {
    name: 'message-files',
    enforce: 'pre',
    resolveId(id) {
      if (id.startsWith(prefix)) return id;
      // Not the path itself, because Vite takes everything that ends in .json for data.
      const file = /\/messages\/([\w-]+)\/([\w/-]+)\.json$/.exec(id);
      return file && file[2] !== 'language' ? `${prefix}${file[1]}/${file[2]}` : undefined;
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const path = id.slice(prefix.length);
      const [language = source, ...name] = path.split('/');
      const original = `${source}/${name.join('/')}`;
      this.addWatchFile(`${root}${path}.json`);
      const messages = readMessages(`${path}.json`, root);
      const code = compileMessages(messages, language);
      if (language === source || isComplete(messages, readMessages(`${original}.json`, root)))
        return { code, moduleType: 'js' };
      const filled = `import original from ${JSON.stringify(prefix + original)};
${code.replace('export default {', 'const translated = {')}
const filled = (all, some) => Object.fromEntries(Object.entries(all).map(([key, entry]) =>
  [key, typeof entry === 'object' ? filled(entry, some[key] ?? {}) : (some[key] ?? entry)]));
export default filled(original, translated);`;
      return { code: filled, moduleType: 'js' };
    },
  };
}

/** The TypeScript types of all messages, by the source language. */
export async function typesOf() {
  const kinds = { text: 'string | number', number: 'number', case: 'string | boolean' };
  const typed = (entry) => {
    if (isGroup(entry))
      return `{${Object.entries(entry)
        .map(([key, inner]) => `${JSON.stringify(key)}: ${typed(inner)};`)
        .join('\n')}}`;
    const values = [...valuesOf(entry)].map(([name, kind]) => `${JSON.stringify(name)}: ${kinds[kind]}`);
    return values.length === 0 ? 'string' : `(values: {${values.join('; ')}}) => string`;
  };
  const text = `/* Generated from the message files of the source language by npm run generate. */

export interface Messages {
${namesOf(source)
  .map((name) => `${JSON.stringify(name)}: ${typed(readMessages(`${source}/${name}.json`))};`)
  .join('\n')}
}
`;
  return format(text, { ...(await resolveConfig(typesFile)), filepath: typesFile });
}

if (process.argv[1] === import.meta.filename) writeFileSync(typesFile, await typesOf());
