import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { labelled } from '../shared/language';
import { problemText } from '../shared/problem-text';
import { loadSavedViews, saved, viewOf, type SavedQuery, type SavedView } from './saved-view-store';
import { inboxTexts } from './inbox-texts';
import { savedViewsTexts } from './saved-views-texts';
import type { Workspace } from './workspace';

const longestName = 60;

export function SavedViews({ workspace }: { workspace: Workspace }) {
  const t = inboxTexts();
  const { inbox } = workspace;
  const section = useRef<HTMLElement>(null);
  const name = useSignal('');
  const problem = useSignal<unknown>(undefined);
  /** The one whose name is being changed. */
  const renamed = useSignal<string | undefined>(undefined);
  /** What was deleted last and can be brought back. */
  const deleted = useSignal<SavedView | undefined>(undefined);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await loadSavedViews();
      problem.value = undefined;
      return true;
    } catch (failure) {
      problem.value = failure;
      return false;
    }
  };
  useEffect(() => void attempt(() => Promise.resolve()), []);
  const told = useRef<HTMLParagraphElement>(null);
  // The list scrolls, and what takes it back has to be seen by whoever deleted the last view of many.
  useEffect(() => {
    if (deleted.value) told.current?.scrollIntoView({ block: 'nearest' });
  }, [deleted.value]);
  const create = (title: string, query: SavedQuery) =>
    attempt(() => request('/api/inbox-views', { method: 'POST', json: { name: title, query } }));
  const save = async () => {
    const query: SavedQuery = { view: inbox.view.peek(), ...inbox.filter.peek() };
    if (await create(name.peek(), query)) name.value = '';
  };
  const settled = () => {
    renamed.value = undefined;
    // The field that had the focus is gone.
    section.current?.focus();
  };
  const rename = async ({ id, name: before, query }: SavedView, title: string) => {
    const isNew = title && title !== before;
    const json = { name: title, query };
    if (!isNew || (await attempt(() => request(`/api/inbox-views/${id}`, { method: 'PUT', json }))))
      settled();
  };
  const remove = async (view: SavedView) => {
    if (await attempt(() => request(`/api/inbox-views/${view.id}`, { method: 'DELETE' }))) {
      deleted.value = view;
      // Its button is gone, and the focus must not be.
      section.current?.focus();
    }
  };
  const undo = async ({ name: title, query }: SavedView) => {
    if (await create(title, query)) {
      deleted.value = undefined;
      section.current?.focus();
    }
  };
  return (
    <section class="saved-views" aria-label={t.savedViews} tabIndex={-1} ref={section}>
      <h3>{t.savedViews}</h3>
      <p ref={told} class="row spread hint" role="status">
        {deleted.value && (
          <>
            {savedViewsTexts().deleted({ name: deleted.value.name })}{' '}
            <button
              type="button"
              class="button quiet small"
              onClick={() => deleted.value && void undo(deleted.value)}
            >
              {savedViewsTexts().undo}
            </button>
          </>
        )}
      </p>
      {saved.value.length === 0 && <p class="hint">{t.noSavedViews}</p>}
      <ul class="plain">
        {saved.value.map((view) => (
          <li key={view.id} class="row spread">
            {renamed.value === view.id ? (
              <Rename view={view} save={(title) => void rename(view, title)} cancel={settled} />
            ) : (
              <>
                <button
                  type="button"
                  class="button quiet small"
                  onClick={() => inbox.choose(...viewOf(view.query))}
                >
                  {view.name}
                </button>
                <span class="row">
                  <button
                    type="button"
                    class="button quiet small"
                    aria-label={labelled(savedViewsTexts().rename, view.name)}
                    onClick={() => (renamed.value = view.id)}
                  >
                    {savedViewsTexts().rename}
                  </button>
                  <button
                    type="button"
                    class="button quiet small"
                    aria-label={labelled(t.deleteView, view.name)}
                    onClick={() => void remove(view)}
                  >
                    {t.deleteView}
                  </button>
                </span>
              </>
            )}
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
          maxLength={longestName}
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

interface RenameProps {
  view: SavedView;
  save: (title: string) => void;
  cancel: () => void;
}

function Rename({ view, save, cancel }: RenameProps) {
  const t = savedViewsTexts();
  const field = useRef<HTMLInputElement>(null);
  const title = useSignal(view.name);
  useEffect(() => {
    field.current?.select();
  }, []);
  return (
    <form
      class="row"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(title.peek().trim());
      }}
    >
      <input
        ref={field}
        type="text"
        aria-label={labelled(t.newName, view.name)}
        maxLength={longestName}
        value={title.value}
        onInput={({ currentTarget: { value } }) => (title.value = value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          cancel();
        }}
      />
      <button type="submit" class="button small" disabled={!title.value.trim()}>
        {inboxTexts().saveView}
      </button>
    </form>
  );
}
