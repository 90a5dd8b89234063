/** A piece of a text: as it was in both, only in the older, or only in the newer. */
export interface Piece {
  what: 'same' | 'removed' | 'added';
  text: string;
}

/** Beyond this, a comparison would be felt while typing. */
const mostWords = 1_500;

/** Words with the space after them; Chinese characters, which know no spaces, one by one. */
function wordsOf(text: string): string[] {
  return text.match(/\p{sc=Han}|[^\s\p{sc=Han}]+\s*|\s+/gu) ?? [];
}

/**
 * What has changed between two texts, word by word, by their longest common subsequence.
 *
 * @returns undefined for texts that are too long to be compared in passing
 */
export function piecesOf(before: string, after: string): Piece[] | undefined {
  const [older, newer] = [wordsOf(before), wordsOf(after)];
  const same = (one: number, other: number) => older[one]?.trimEnd() === newer[other]?.trimEnd();
  let start = 0;
  while (start < older.length && start < newer.length && same(start, start)) start++;
  let [endOlder, endNewer] = [older.length, newer.length];
  while (endOlder > start && endNewer > start && same(endOlder - 1, endNewer - 1)) {
    endOlder--;
    endNewer--;
  }
  const [rows, columns] = [endOlder - start, endNewer - start];
  if (rows > mostWords || columns > mostWords) return undefined;
  // The lengths of the common subsequences of what is left of each from there on.
  const width = columns + 1;
  const common = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      common[row * width + column] = same(start + row, start + column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));

  const pieces: Piece[] = [];
  const add = (what: Piece['what'], text: string) => {
    const last = pieces.at(-1);
    if (last?.what === what) last.text += text;
    else if (text) pieces.push({ what, text });
  };
  add('same', newer.slice(0, start).join(''));
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && same(start + row, start + column)) {
      add('same', newer[start + column] ?? '');
      row++;
      column++;
    } else if (row < rows && (column === columns || at(row + 1, column) >= at(row, column + 1))) {
      add('removed', older[start + row] ?? '');
      row++;
    } else {
      add('added', newer[start + column] ?? '');
      column++;
    }
  }
  add('same', newer.slice(endNewer).join(''));
  return pieces;
}

/** Of one kind; each Chinese character is one. */
export function wordCount(pieces: Piece[], what: Piece['what']): number {
  return pieces
    .filter((piece) => piece.what === what)
    .reduce((sum, { text }) => sum + wordsOf(text).filter((word) => word.trim()).length, 0);
}
