import type { Loaded } from '../shared/load';
import { adminTexts } from './texts';

/** In place of what is not here yet, or could not be loaded. */
export function Waiting<T>({ loaded }: { loaded: Loaded<T> }) {
  if (loaded.problem.value) {
    return (
      <div class="notice bad row spread">
        <p role="alert">{loaded.problem.value}</p>
        <button type="button" class="button small" onClick={() => void loaded.reload()}>
          {adminTexts().tryAgain}
        </button>
      </div>
    );
  }
  return <p class="hint">{adminTexts().loading}</p>;
}

interface FailedProps {
  loaded: Pick<Loaded<unknown>, 'problem' | 'reload'>[];
}

/** What else of a page could not be loaded, once, and how it is tried again; nothing while all is there or on its way. */
export function Failed({ loaded }: FailedProps) {
  const failed = loaded.filter(({ problem }) => problem.value !== undefined);
  if (failed.length === 0) return null;
  return (
    <div class="notice bad row spread">
      <p role="alert">{failed[0]?.problem.value}</p>
      <button
        type="button"
        class="button small"
        onClick={() => {
          for (const { reload } of failed) void reload();
        }}
      >
        {adminTexts().tryAgain}
      </button>
    </div>
  );
}
