/** The messages of all pages in all languages, by file. */
export const everyMessage: Record<string, unknown> = import.meta.glob('../src/messages/*/*/**/*.json', {
  eager: true,
  import: 'default',
});
