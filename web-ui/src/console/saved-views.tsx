import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request } from '../shared/api';
import { labelled } from '../shared/language';
import { problemText } from '../shared/problem-text';
import { loadSavedViews, saved, viewOf, type SavedQuery } from './saved-view-store';
import { inboxTexts } from './inbox-texts';
import type { Workspace } from './workspace';

export function SavedViews({ workspace }: { workspace: Workspace }) {
  const t = inboxTexts();
  const { inbox } = workspace;
  const name = useSignal('');
  const problem = useSignal<unknown>(undefined);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await loadSavedViews();
      problem.value = undefined;
    } catch (failure) {
      problem.value = failure;
    }
  };
  useEffect(() => void attempt(() => Promise.resolve()), []);
  const save = () =>
    attempt(async () => {
      const query: SavedQuery = { view: inbox.view.peek(), ...inbox.filter.peek() };
      await request('/api/inbox-views', { method: 'POST', json: { name: name.peek(), query } });
      name.value = '';
    });
  return (
    <section class="saved-views" aria-label={t.savedViews} tabIndex={-1}>
      <h3>{t.savedViews}</h3>
      {saved.value.length === 0 && <p class="hint">{t.noSavedViews}</p>}
      <ul class="plain">
        {saved.value.map((view) => (
          <li key={view.id} class="row spread">
            <button
              type="button"
              class="button quiet small"
              onClick={() => inbox.choose(...viewOf(view.query))}
            >
              {view.name}
            </button>
            <button
              type="button"
              class="button quiet small"
              aria-label={labelled(t.deleteView, view.name)}
              onClick={() => void attempt(() => request(`/api/inbox-views/${view.id}`, { method: 'DELETE' }))}
            >
              {t.deleteView}
            </button>
          </li>
        ))}
      </ul>
      <form
        class="row"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.peek().trim()) void save();
        }}
      >
        <input
          type="text"
          aria-label={t.viewName}
          placeholder={t.viewName}
          maxLength={60}
          value={name.value}
          onInput={({ currentTarget: { value } }) => (name.value = value)}
        />
        <button type="submit" class="button small" disabled={!name.value.trim()}>
          {t.saveView}
        </button>
      </form>
      <p class="bad-text" role="alert">
        {problem.value !== undefined && problemText(problem.value)}
      </p>
    </section>
  );
}
