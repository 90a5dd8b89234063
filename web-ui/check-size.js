// What is loaded first, as measured by the browser. The build fails when a limit is passed.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('./dist/', import.meta.url);
const gzipped = (path) => gzipSync(readFileSync(new URL(path, dist))).length;
const languages = readdirSync(new URL('./src/messages/', import.meta.url));

/**
 * What a page loads when it is opened: all that is imported statically, which vite lists in it, with the typeface, and the
 * messages of a language. Parts that are loaded later do not count.
 */
function filesOf(page, language) {
  const html = readFileSync(new URL(`${page}/index.html`, dist), 'utf8');
  const files = new Set([`${page}/index.html`]);
  for (const [, path] of html.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.(?:js|css))"/g)) files.add(path);
  for (const path of [...files]) {
    const text = readFileSync(new URL(path, dist), 'utf8');
    for (const [, name] of text.matchAll(/["'`/]([\w-]+\.(?:js|woff2))["'`)]/g)) {
      // Of the typeface, only names with letters of central Europe need the second part.
      const isFont = name.endsWith('.woff2') && !name.includes('latin-ext');
      if (isFont || name.startsWith(`${language}-`)) files.add(`assets/${name}`);
    }
  }
  return [...files];
}

const weight = (page, language) => filesOf(page, language).reduce((sum, path) => sum + gzipped(path), 0);
const budgets = [
  { what: 'loader', limit: 3 * 1024, bytes: gzipped('loader.js') },
  ...languages.flatMap((language) => [
    { what: `widget (${language})`, limit: 40 * 1024, bytes: weight('widget', language) },
    { what: `console (${language})`, limit: 250 * 1024, bytes: weight('console', language) },
  ]),
];
for (const { what, limit, bytes } of budgets) {
  console.log(`${what}: ${bytes} bytes gzipped of ${limit} allowed`);
  if (bytes > limit) process.exitCode = 1;
}
