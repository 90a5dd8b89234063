interface Range {
  from: string;
  to: string;
}

interface DateRangeProps {
  labels: Range;
  /** Days, or nothing for one that is open. */
  range: Range;
  change: (part: Partial<Range>) => void;
}

/** The first and the last day of a filter; neither lies beyond the other. */
export function DateRange({ labels, range: { from, to }, change }: DateRangeProps) {
  return (
    <>
      <label class="field">
        <span>{labels.from}</span>
        <input
          type="date"
          value={from}
          max={to || undefined}
          onInput={({ currentTarget: { value } }) => change({ from: value })}
        />
      </label>
      <label class="field">
        <span>{labels.to}</span>
        <input
          type="date"
          value={to}
          min={from || undefined}
          onInput={({ currentTarget: { value } }) => change({ to: value })}
        />
      </label>
    </>
  );
}
