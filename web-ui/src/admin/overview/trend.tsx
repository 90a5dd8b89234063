interface TrendProps {
  /** One for each day; null where there is nothing to tell. */
  now: (number | null)[];
  before: (number | null)[];
}

const width = 160;
const height = 36;
const edge = 3;

/** Runs of neighbouring days with a value: a line must not lead over days that tell nothing. */
export function runs(values: (number | null)[]): [index: number, value: number][][] {
  const found: [number, number][][] = [];
  let open: [number, number][] | undefined;
  values.forEach((value, index) => {
    if (value === null) open = undefined;
    else if (open) open.push([index, value]);
    else found.push((open = [[index, value]]));
  });
  return found;
}

function isThere(values: TrendProps['now']): boolean {
  return values.some((value) => value !== null);
}

/** A line over the days, and a fainter one of the days before. Its figures are in the report, so it is a picture only. */
export function Trend({ now, before }: TrendProps) {
  if (!isThere(now) && !isThere(before)) return <svg class="trend" aria-hidden="true" />;
  const high = Math.max(...[...now, ...before].map((value) => value ?? 0), 1e-9);
  const line = (values: TrendProps['now'], kind: string) => {
    const x = (index: number) => edge + (index / Math.max(1, values.length - 1)) * (width - 2 * edge);
    const y = (value: number) => height - edge - (value / high) * (height - 2 * edge);
    return runs(values).map((run) => {
      // A line of no length has round ends, which is a dot whatever the width of the picture.
      const dots = run.length === 1 ? [...run, ...run] : run;
      return (
        <polyline
          key={`${kind}${String(run[0]?.[0])}`}
          class={run.length === 1 ? `${kind} dot` : kind}
          points={dots.map(([index, each]) => `${x(index).toFixed(1)},${y(each).toFixed(1)}`).join(' ')}
        />
      );
    });
  };
  return (
    <svg
      class="trend"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {line(before, 'then')}
      {line(now, 'now')}
    </svg>
  );
}
