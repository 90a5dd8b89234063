/**
 * Paints the page in a colour chosen elsewhere, in any CSS notation, with readable text on it: either black or white
 * always has a contrast of 4.5:1. On hover, the colour moves away from its text.
 */
export function paint(color: string | undefined): void {
  const accent = color && written(color);
  if (!accent) return;
  const style = document.documentElement.style;
  const text = textOn(accent);
  style.setProperty('--accent', accent);
  style.setProperty('--on-accent', text);
  style.setProperty(
    '--accent-hover',
    `color-mix(in srgb, ${accent} 85%, ${text === '#000000' ? 'white' : 'black'})`,
  );
}

export function textOn(color: string): string {
  return luminance(color) > 0.179 ? '#000000' : '#ffffff';
}

/** A colour as #rrggbb, as the browser parses it; nothing if it is invalid. */
function written(color: string): string | undefined {
  const probe = document.createElement('i');
  // A mixture is serialised as sRGB channels from 0 to 1, whatever its operands.
  probe.style.color = `color-mix(in srgb, ${color}, ${color})`;
  if (!probe.style.color) return undefined;
  document.body.append(probe);
  const channels = getComputedStyle(probe).color.match(/[\d.]+(?:e-?\d+)?/g) ?? [];
  probe.remove();
  return `#${channels
    .slice(0, 3)
    .map((part) =>
      Math.round(Math.min(1, Number(part)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Relative luminance as defined by WCAG. */
export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
