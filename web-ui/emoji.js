// Emoji with their names and search words in a language, from emojibase-data, as small as a page needs them: an array of
// groups, each with its emoji and the words by which it is found. Built on demand: the pages import virtual:emoji/<language>.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const { resolve } = createRequire(import.meta.url);
const prefix = 'virtual:emoji/';
/** Of the data; its 2 holds parts of emoji that do not stand alone. */
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9];

/** @returns {[emoji: string, name: string, words: string][][]} */
export function emojiOf(language) {
  const all = JSON.parse(readFileSync(resolve(`emojibase-data/${language}/compact.json`), 'utf8'));
  return groups.map((group) =>
    all
      .filter((each) => each.group === group)
      .sort((one, other) => one.order - other.order)
      .map(({ unicode, label, tags = [] }) => [unicode, label, tags.join(' ')]),
  );
}

export function emojiData() {
  return {
    name: 'emoji-data',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      // A text is parsed faster than a program.
      const text = JSON.stringify(JSON.stringify(emojiOf(id.slice(prefix.length + 1))));
      return { code: `export default JSON.parse(${text});\n`, moduleType: 'js' };
    },
  };
}
