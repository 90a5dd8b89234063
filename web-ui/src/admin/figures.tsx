import { count, percent } from '../shared/language';

export function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div class="card figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface Bar {
  name: string;
  number: number;
  /** Names its colour. */
  kind: string;
}

/** Numbers beside their shares of the whole. */
export function Bars({ of }: { of: Bar[] }) {
  const whole = Math.max(
    1,
    of.reduce((sum, { number }) => sum + number, 0),
  );
  return (
    <dl class="bars">
      {of.map(({ name, number, kind }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <meter class={`bar ${kind}`} aria-label={name} min={0} max={1} value={number / whole} />
            <span class="number">{count(number)}</span>
            <span class="number hint">{percent(number / whole)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
