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
