/** The language of a tag, whatever the dialect: `zh` of `zh-TW`. */
export function spoken(tag: string): string {
  return tag.split('-')[0] ?? tag;
}
