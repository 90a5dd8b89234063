import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { render } from 'preact';
import { build } from 'vite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { messageFiles, namesOf, readMessages, typesFile, typesOf, valuesOf } from '../messages.js';
import { chooseLanguage } from '../src/shared/language';
import type * as Switch from '../src/shared/switch';
import type * as Language from '../src/shared/language';
import { widgetTexts } from '../src/widget/texts';
import { patience } from './settled';

type Entry = string | { [key: string]: Entry };

const web = join(import.meta.dirname, '..');

/** Every message of a file by its path in it. */
function flat(entry: Entry, path = ''): [string, string][] {
  if (typeof entry === 'string') return [[path, entry]];
  return Object.entries(entry).flatMap(([key, inner]) => flat(inner, path ? `${path}/${key}` : key));
}

const messagesOf = (language: string, name: string) =>
  new Map(flat(readMessages(`${language}/${name}.json`) as Entry));
const valuesIn = (message = '') => [...valuesOf(message).keys()].sort();

describe('messages', () => {
  afterEach(() => chooseLanguage('en'));

  it('are the same in both languages, with the same values', () => {
    expect(namesOf('zh')).toEqual(namesOf('en'));
    for (const name of namesOf('en')) {
      const [en, zh] = [messagesOf('en', name), messagesOf('zh', name)];
      expect([...zh.keys()].sort(), name).toEqual([...en.keys()].sort());
      for (const [key, text] of en) expect(valuesIn(zh.get(key)), `${name} ${key}`).toEqual(valuesIn(text));
    }
  });

  it('have types that are up to date', async () => {
    expect(readFileSync(typesFile, 'utf8')).toBe(await typesOf());
  });

  it('are all used', () => {
    expect(unused()).toEqual([]);
  });

  it('count as the language does', () => {
    const t = widgetTexts();
    expect([0, 1, 2].map((left) => t.charactersLeft({ left }))).toEqual([
      '0 characters left',
      '1 character left',
      '2 characters left',
    ]);
    chooseLanguage('zh');
    expect(widgetTexts().charactersLeft({ left: 1 })).toBe('还可输入 1 字');
  });
});

const sources = new Map(
  readdirSync(join(web, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('message-types.ts'))
    .map((name) => [name, readFileSync(join(web, 'src', name), 'utf8')]),
);

/**
 * The messages that no page asks for: neither where the messages of that file are used, nor by a name that is written
 * out elsewhere, as the wire format's names are.
 */
function unused(): string[] {
  const all = [...sources.values()];
  const declared = all.flatMap((text) => [...text.matchAll(/(\w+) = messages<\s*'([^']+)'/g)]);
  const variables = new Map(declared.map(([, variable, name]) => [name, variable]));
  return namesOf('en').flatMap((name) => {
    const variable = variables.get(name);
    if (!variable) return [name];
    const word = new RegExp(`\\b${variable}\\b`);
    const near = all.filter((text) => text.includes(variable) && word.test(text));
    // By names that the server gives: whether it gives them all, these files cannot tell.
    const table = `(?:${variable}[(][)])`;
    const byName = new RegExp(
      `(?:named[(]|word[(]|[.]{3}|Object[.]\\w+[(])${table}|${table}(?:\\[| as Record)|Record<[^=]*> = ${table}`,
    );
    const local = near.map((text) => new RegExp(`const (\\w+) = ${table}`).exec(text)?.[1]).filter(Boolean);
    const byLocalName = local.some((own) => near.some((text) => text.includes(`named(${own},`)));
    if (byLocalName || near.some((text) => byName.test(text))) return [];
    return Object.keys(readMessages(`en/${name}.json`))
      .filter((key) => {
        const asked = new RegExp(`[.]${key}\\b|[{,]\\s*${key}\\b`);
        // Of some names only the end is written out, such as `${queue} explained`.
        const end = ` ${key.split(' ').at(-1) ?? ''}`;
        const composed = key.includes(' ') && near.some((text) => text.includes(`}${end}\``));
        return (
          !composed &&
          !near.some((text) => asked.test(text)) &&
          !all.some((text) => text.includes(`'${key}'`))
        );
      })
      .map((key) => `${name} ${key}`);
  });
}

describe('a third language', () => {
  // Where the libraries are found, too.
  const room = mkdtempSync(join(web, 'node_modules', '.third-language-'));
  afterAll(() => rmSync(room, { recursive: true }));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(room, path)), { recursive: true });
    writeFileSync(join(room, path), text);
  };

  it('is a folder: it is offered, spoken, written in its direction, and filled up from English', async () => {
    for (const part of ['messages.ts', 'message-types.ts', 'language.ts', 'switch.tsx'])
      cpSync(join(web, 'src', 'shared', part), join(room, 'src', 'shared', part));
    cpSync(join(web, 'src', 'messages'), join(room, 'src', 'messages'), { recursive: true });
    const facts = { name: 'ʇxǝʇ', tag: 'qps', locale: 'ar', direction: 'rtl' };
    write('src/messages/qps/language.json', JSON.stringify(facts));
    write('src/messages/qps/shared/formats.json', JSON.stringify({ minutes: '[{minutes} ɯıu]' }));
    write('src/page.ts', "export * from './shared/language';\nexport * from './shared/switch';\n");
    await build({
      configFile: false,
      root: room,
      logLevel: 'error',
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
      plugins: [messageFiles(join(room, 'src', 'messages/'))],
      build: {
        target: 'es2022',
        lib: { entry: 'src/page.ts', formats: ['es'] },
        rolldownOptions: { external: /^preact|^@preact/, output: { entryFileNames: 'page.js' } },
      },
    });
    const page = (await import(
      /* @vite-ignore */ pathToFileURL(join(room, 'dist', 'page.js')).href
    )) as typeof Language & typeof Switch;
    expect(page.languages()).toEqual(['en', 'qps', 'zh']);
    expect(page.supported('qps-DE')).toBe('qps');

    await page.speak('en');
    const app = document.createElement('div');
    render(<page.LanguageSwitch />, app);
    const choice = app.querySelector('select');
    expect([...(choice?.options ?? [])].map(({ text }) => text)).toEqual(['English', 'ʇxǝʇ', '中文']);
    if (choice) choice.value = 'qps';
    choice?.dispatchEvent(new Event('change'));
    await expect.poll(() => page.language.value, patience).toBe('qps');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['qps', 'rtl']);
    expect(page.duration(180)).toBe('[3 ɯıu]');
    expect(page.duration(30)).toBe('30 s');
    await page.speak('zh');
    expect(document.documentElement.dir).toBe('ltr');
  });
});
