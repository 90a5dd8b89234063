import { useId } from 'preact/hooks';

export interface Series {
  name: string;
  points: [x: number, y: number][];
  /** The index of the plot's colour, 1 to 3. */
  colour: 1 | 2 | 3;
}

interface PlotProps {
  label: string;
  series: Series[];
  xLabel: string;
  /** Limits of the axes, if known in advance. */
  xMax?: number;
  yMin?: number;
  yMax?: number;
}

const size = { width: 640, height: 240, left: 48, right: 12, top: 10, bottom: 34 };

/** Round numbers that divide a range into approximately this many steps. */
export function ticks(from: number, to: number, about = 5): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(10)),
  );
}

/** A line chart over steps. Its content is also given as text beside it, so the picture is decorative. */
export function Plot({ label, series, xLabel, xMax, yMin, yMax }: PlotProps) {
  const id = useId();
  const all = series.flatMap(({ points }) => points);
  const right = Math.max(xMax ?? 0, ...all.map(([x]) => x), 1);
  const low = yMin ?? Math.min(0, ...all.map(([, y]) => y));
  const high = Math.max(yMax ?? 0, ...all.map(([, y]) => y * 1.05), low + 1e-6);
  const x = (value: number) => size.left + (value / right) * (size.width - size.left - size.right);
  const y = (value: number) =>
    size.height - size.bottom - ((value - low) / (high - low)) * (size.height - size.top - size.bottom);
  return (
    <figure class="plot">
      <svg viewBox={`0 0 ${String(size.width)} ${String(size.height)}`} role="img" aria-labelledby={id}>
        <title id={id}>{label}</title>
        {ticks(low, high).map((tick) => (
          <g key={tick} class="tick">
            <line x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
            <text x={size.left - 8} y={y(tick) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {ticks(0, right, 6).map((tick) => (
          <text key={tick} class="tick" x={x(tick)} y={size.height - 16} text-anchor="middle">
            {tick}
          </text>
        ))}
        <text class="axis" x={size.width - size.right} y={size.height - 2} text-anchor="end">
          {xLabel}
        </text>
        {series.map(({ name, points, colour }) => (
          <g key={name} class={`series colour-${String(colour)}`}>
            <polyline
              points={points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ')}
            />
            {points.length <= 12 && points.map(([px, py]) => <circle key={px} cx={x(px)} cy={y(py)} r="3" />)}
          </g>
        ))}
      </svg>
      {series.length > 1 && (
        <figcaption class="row">
          {series.map(({ name, colour }) => (
            <span key={name} class={`legend colour-${String(colour)}`}>
              {name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}
