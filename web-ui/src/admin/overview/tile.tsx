import type { ComponentChildren } from 'preact';

interface TileProps {
  name: string;
  value: string;
  /** Where it is explained. */
  href: string;
  /** What stands below the figure. */
  notes?: (string | undefined)[];
  tone?: 'warn';
  children?: ComponentChildren;
}

/** A figure that leads to the page which explains it. */
export function Tile({ name, value, href, notes = [], tone, children }: TileProps) {
  return (
    <li>
      <a class={tone ? `card tile ${tone}` : 'card tile'} href={href}>
        {/* The spaces are not seen; without them, all of it would be read as one word. */}
        <span class="tile-name">{name}</span> <span class="tile-value">{value}</span>
        {notes.filter(Boolean).map((note) => (
          <span key={note} class="hint">
            {' '}
            {note}
          </span>
        ))}
        {children}
      </a>
    </li>
  );
}
