import { teamTexts } from './texts';

interface TurnFieldsProps {
  label: string;
  hint: string;
  on: boolean;
  seconds: number;
  switched: (on: boolean) => void;
}

/** Whether conversations are given out in turn, and, only then, how long one may stay unopened. */
export function TurnFields({ label, hint, on, seconds, switched }: TurnFieldsProps) {
  const t = teamTexts();
  return (
    <>
      <div>
        <label>
          <input
            type="checkbox"
            name="roundRobin"
            checked={on}
            onChange={({ currentTarget: { checked } }) => switched(checked)}
          />{' '}
          {label}
        </label>
        <p class="hint">{hint}</p>
      </div>
      {on && (
        <label class="field">
          <span>{t.acceptWithin}</span>
          <input type="number" name="acceptWithin" required min={10} max={3600} defaultValue={seconds} />
        </label>
      )}
    </>
  );
}
