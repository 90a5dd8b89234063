// The weight of what customers load, as measured by their browser. The build fails when a limit is passed.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('./dist/', import.meta.url);
const gzipped = (path) => gzipSync(readFileSync(new URL(path, dist))).length;

/** What the page itself names, and what its scripts import before they begin. */
const atOnce = /(?:(?:src|href)="\/assets\/|(?:from|import) ?["']\.\/)([\w-]+\.(?:js|css))["']/g;
/** Also what they import when it is needed. */
const everything = /["'`/]([\w-]+\.(?:js|css))["'`/]/g;

function widgetFiles(names) {
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(new URL(path, dist), 'utf8');
    for (const [, name] of text.matchAll(names)) visit(`assets/${name}`);
  };
  visit('widget/index.html');
  return [...seen];
}

const weight = (paths) => paths.reduce((sum, path) => sum + gzipped(path), 0);
const budgets = [
  { what: 'loader', limit: 3 * 1024, bytes: gzipped('loader.js') },
  { what: 'widget', limit: 40 * 1024, bytes: weight(widgetFiles(atOnce)) },
  { what: 'widget with attachments', limit: 56 * 1024, bytes: weight(widgetFiles(everything)) },
];
for (const { what, limit, bytes } of budgets) {
  console.log(`${what}: ${bytes} bytes gzipped of ${limit} allowed`);
  if (bytes > limit) process.exitCode = 1;
}
