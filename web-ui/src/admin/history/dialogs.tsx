import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request, type Page } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, fieldText, formValues } from '../../shared/form';
import { count, labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { HistoryDraft, HistoryImport } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { historyTexts } from './history-texts';

interface UndoProps {
  one: HistoryImport;
  closed: () => void;
  saved: () => Promise<void>;
}

/** Asks what becomes of the replies that were made of drafts. */
export function UndoDialog({ one, closed, saved }: UndoProps) {
  const t = historyTexts();
  const archive = useSignal(false);
  const { busy, problem, run } = useAct();
  const undo = () =>
    run(async () => {
      await request(`/api/history/${one.id}/undo`, {
        method: 'POST',
        json: { archiveReplies: archive.peek() },
      });
      closed();
      await saved();
    });
  return (
    <Dialog label={t.undoTitle} closed={closed}>
      <div class="stack">
        <h2>{t.undoTitle}</h2>
        <p>{t.undoText}</p>
        {one.written > 0 && (
          <label>
            <input
              type="checkbox"
              checked={archive.value}
              onChange={({ currentTarget: { checked } }) => (archive.value = checked)}
            />{' '}
            {t.undoReplies(count(one.written), one.written === 1)}
          </label>
        )}
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="button" class="button danger" disabled={busy.value} onClick={() => void undo()}>
            {t.undoNow}
          </button>
          <LeaveButton class="button quiet">{adminTexts().cancel}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}

interface ForgetProps {
  closed: () => void;
  saved: () => Promise<void>;
}

export function ForgetDialog({ closed, saved }: ForgetProps) {
  const t = historyTexts();
  const form = useRef<HTMLFormElement>(null);
  const done = useSignal<number | undefined>(undefined);
  const { busy, problem, run } = useAct(() => ({ id: historyTexts().forgetField }));
  const forget = () =>
    run(async () => {
      done.value = undefined;
      const { conversations } = await request<{ conversations: number }>('/api/history/forget', {
        method: 'POST',
        json: { id: fieldText(formValues(form.current), 'id') },
      });
      done.value = conversations;
      await saved();
    });
  return (
    <Dialog label={t.forgetTitle} closed={closed}>
      <Form form={form} submitted={() => void forget()}>
        <h2>{t.forgetTitle}</h2>
        <p>{t.forgetText}</p>
        <label class="field">
          <span>{t.forgetField}</span>
          <input name="id" required maxLength={500} autocomplete="off" />
        </label>
        <ProblemNotice text={problem.value} />
        <div role="status">
          {done.value !== undefined && (
            <p class="notice good">{t.forgotten(count(done.value), done.value === 1)}</p>
          )}
        </div>
        <div class="row">
          <button type="submit" class="button danger" disabled={busy.value}>
            {t.forgetNow}
          </button>
          <LeaveButton class="button quiet">{adminTexts().close}</LeaveButton>
        </div>
      </Form>
    </Dialog>
  );
}

interface MergeProps {
  draft: HistoryDraft;
  importId: string;
  closed: () => void;
  saved: () => Promise<void>;
}

/** Chooses the draft that stands for both. */
export function MergeDialog({ draft, importId, closed, saved }: MergeProps) {
  const t = historyTexts();
  const loaded = useLoaded(() =>
    request<Page<HistoryDraft>>(`/api/history/${importId}/drafts`, { query: { limit: 200 } }),
  );
  const { busy, problem, run } = useAct();
  const join = (into: string) =>
    run(async () => {
      await request(`/api/history/drafts/${draft.id}/merge`, { method: 'POST', json: { into } });
      closed();
      await saved();
    });
  const others = loaded.value.value?.items.filter(({ id }) => id !== draft.id);
  return (
    <Dialog label={t.mergeTitle} closed={closed}>
      <div class="stack">
        <h2>{t.mergeTitle}</h2>
        <blockquote class="quote" dir="auto">
          {draft.text}
        </blockquote>
        <p class="hint">{t.mergeText}</p>
        <ProblemNotice text={problem.value} />
        {others ? (
          <ul class="list history-others">
            {others.map(({ id, text }) => (
              <li key={id}>
                <div class="grow excerpt" dir="auto">
                  {text}
                </div>
                <button
                  type="button"
                  class="button small"
                  aria-label={labelled(t.mergeInto, text)}
                  disabled={busy.value}
                  onClick={() => void join(id)}
                >
                  {t.mergeInto}
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <Waiting loaded={loaded} />
        )}
        <div>
          <LeaveButton class="button quiet">{adminTexts().cancel}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}
