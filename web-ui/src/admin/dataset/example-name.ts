/** Ids of imported history begin here and go down; those of files begin at -1. The server's AllExamples says the same. */
const firstOfHistory = -1_000_000_000_000;

/** What people call an example: 42, F1 for the first one of a file, H1 for the first one of imported history. */
export function exampleName(id: number | string): string {
  const number = Number(id);
  if (number > 0) return String(id);
  return number > firstOfHistory ? `F${String(-number)}` : `H${String(firstOfHistory - number + 1)}`;
}
