// What is loaded first, as measured by the browser. The build fails when a limit is passed.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('./dist/', import.meta.url);
const gzipped = (path) => gzipSync(readFileSync(new URL(path, dist))).length;
const languages = readdirSync(new URL('./src/messages/', import.meta.url));

/** All files that a page may load, without the messages of other languages. */
function filesOf(page, language) {
  const others = languages.filter((other) => other !== language);
  // Of the typeface, only names with letters of central Europe need the second part.
  const seldom = /latin-ext/;
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path) || seldom.test(path) || others.some((other) => path.startsWith(`assets/${other}-`)))
      return;
    seen.add(path);
    const text = readFileSync(new URL(path, dist), 'utf8');
    for (const [, name] of text.matchAll(/["'`/]([\w-]+\.(?:js|css|woff2))["'`)]/g)) visit(`assets/${name}`);
  };
  visit(`${page}/index.html`);
  return [...seen];
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
