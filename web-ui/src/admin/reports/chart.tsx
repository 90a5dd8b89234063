import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { language } from '../../shared/language';

export interface Line {
  name: string;
  /** One for each day; null where there is nothing to tell. */
  values: (number | null)[];
}

interface ChartProps {
  /** What the chart shows, in words; its figures are in the table below it. */
  label: string;
  /** The first moment of each day or week. */
  days: string[];
  lines: Line[];
  format: (value: number) => string;
}

/** Blue, orange and grey are told apart by all eyes; dashes tell them apart without colour. */
const styles = [
  { token: '--accent', dash: [] },
  { token: '--warn', dash: [6, 4] },
  { token: '--muted', dash: [2, 3] },
];
const height = 240;
/** Up to so many days, each has a dot. */
const mostDots = 40;

/** Values without a neighbour: no line leads to them, so a dot has to show them. */
function lonely(values: Line['values']): number[] {
  const told = (index: number) => (values[index] ?? null) !== null;
  return [...values.keys()].filter((index) => told(index) && !told(index - 1) && !told(index + 1));
}

/** Once for all charts, with the first of them. */
let library: Promise<typeof uPlot> | undefined;

function load(): Promise<typeof uPlot> {
  library ??= Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(
    ([{ default: found }]) => found,
  );
  return library;
}

function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function options({ days, lines, format }: ChartProps, width: number): uPlot.Options {
  const axis = {
    stroke: () => colour('--muted'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
    font: '13px system-ui, sans-serif',
  };
  const named = new Intl.DateTimeFormat(language.peek() === 'zh' ? 'zh-CN' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return {
    width,
    height,
    // Half of the last day's name stands beyond its line.
    padding: [null, 32, null, null],
    tzDate: (seconds) => new Date(seconds * 1000),
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(high * 1.05, 1e-6)] } },
    axes: [
      {
        ...axis,
        splits: (plot) => {
          const step = Math.max(1, Math.ceil(days.length / Math.max(2, Math.floor(plot.width / 90))));
          return days.filter((_day, index) => index % step === 0).map(seconds);
        },
        values: (_plot, splits) => splits.map((at) => named.format(at * 1000)),
      },
      { ...axis, size: 64, values: (_plot, splits) => splits.map((value) => format(value)) },
    ],
    series: [
      {},
      ...lines.map(({ name, values }, index) => ({
        label: name,
        stroke: () => colour(styles[index]?.token ?? '--text'),
        width: 2,
        dash: styles[index]?.dash,
        spanGaps: false,
        points: {
          show: days.length <= mostDots,
          filter: days.length <= mostDots ? null : lonely(values),
          size: 6,
          fill: () => colour('--surface'),
        },
      })),
    ],
  };
}

function seconds(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** Whether there is anything of it to draw. */
function isThere({ values }: Line): boolean {
  return values.some((value) => value !== null);
}

/** Lines over days; without anything to draw there is neither a chart nor its legend. */
export function Chart(props: ChartProps) {
  return props.lines.some(isThere) ? <Drawn {...props} /> : null;
}

/** Drawn by uPlot, which is loaded with the first of them. */
function Drawn(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { label, days, lines } = props;
  const drawn = JSON.stringify([days, lines, language.value]);
  useEffect(() => {
    let plot: uPlot | undefined;
    let gone = false;
    const theme = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => plot?.redraw();
    const watch = new ResizeObserver(([entry]) => {
      if (entry) plot?.setSize({ width: Math.max(200, entry.contentRect.width), height });
    });
    void load().then((Plot) => {
      const here = box.current;
      if (gone || !here) return;
      plot = new Plot(
        options(props, Math.max(200, here.clientWidth)),
        [days.map(seconds), ...lines.map(({ values }) => values)],
        here,
      );
      watch.observe(here);
      theme.addEventListener('change', repaint);
    });
    return () => {
      gone = true;
      watch.disconnect();
      theme.removeEventListener('change', repaint);
      plot?.destroy();
    };
  }, [drawn]);
  return (
    <figure class="report-chart">
      <div ref={box} role="img" aria-label={label} />
      <figcaption class="row">
        {lines.map(
          (line, index) =>
            isThere(line) && (
              <span key={line.name} class={`line-name line-${String(index + 1)}`}>
                {line.name}
              </span>
            ),
        )}
      </figcaption>
    </figure>
  );
}
