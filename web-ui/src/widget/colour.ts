/** Gives the pages the site's colour, and text on it that can be read whatever the colour is. */
export function paint(color: string | undefined): void {
  if (!color || !/^#[0-9a-f]{6}$/i.test(color)) return;
  const style = document.documentElement.style;
  style.setProperty('--accent', color);
  style.setProperty('--on-accent', luminance(color) > 0.36 ? '#14181f' : '#ffffff');
}

/** Relative luminance as WCAG defines it. */
export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
