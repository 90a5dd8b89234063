import { contrast, textOn } from '../shared/contrast';

/** Below this, what has the colour is hardly told from what is around it. */
const distinct = 3;
/** Where it stands, in the light and in the dark theme. */
const grounds = { light: '#ffffff', dark: '#181c23' };

/**
 * Paints the page in a colour chosen elsewhere, in any CSS notation, with readable text on it: either black or white
 * always has a contrast of 4.5:1. On hover, the colour moves away from its text. What would hardly be seen has an edge.
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
  for (const [theme, ground] of Object.entries(grounds))
    style.setProperty(
      `--edge-${theme}`,
      contrast(accent, ground) < distinct ? `color-mix(in srgb, ${accent} 45%, ${text})` : 'transparent',
    );
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
