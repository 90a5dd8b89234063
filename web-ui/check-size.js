// The weight of what customers load, as measured by their browser. The build fails when a limit is passed.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('./dist/', import.meta.url);
const gzipped = (path) => gzipSync(readFileSync(new URL(path, dist))).length;

/** What the page asks for by itself: vite lists all that is imported statically. Parts that load later do not count. */
function loadedOnOpen(page) {
  const html = readFileSync(new URL(page, dist), 'utf8');
  return [
    page,
    ...new Set([...html.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.(?:js|css))"/g)].map(([, path]) => path)),
  ];
}

const budgets = [
  { what: 'loader', limit: 3 * 1024, bytes: gzipped('loader.js') },
  {
    what: 'widget, on open',
    limit: 40 * 1024,
    bytes: loadedOnOpen('widget/index.html').reduce((sum, path) => sum + gzipped(path), 0),
  },
];
for (const { what, limit, bytes } of budgets) {
  console.log(`${what}: ${bytes} bytes gzipped of ${limit} allowed`);
  if (bytes > limit) process.exitCode = 1;
}
