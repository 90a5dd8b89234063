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
import { draftStatesTexts, historyTexts } from './history-texts';

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
            {t.undoReplies({ number: one.written })}
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
  imports: readonly HistoryImport[];
  closed: () => void;
  saved: () => Promise<void>;
}

type Forgotten = { conversations: number; deleted: boolean };

/** Says how many conversations there are before it deletes them. */
export function ForgetDialog({ imports, closed, saved }: ForgetProps) {
  const t = historyTexts();
  const form = useRef<HTMLFormElement>(null);
  const found = useSignal<Forgotten | undefined>(undefined);
  const { busy, problem, run } = useAct(() => ({ id: historyTexts().forgetField }));
  const ask = () =>
    run(async () => {
      const told = found.peek();
      const values = formValues(form.current);
      found.value = undefined;
      found.value = await request<Forgotten>('/api/history/forget', {
        method: 'POST',
        json: {
          importId: fieldText(values, 'importId'),
          kind: fieldText(values, 'kind'),
          id: fieldText(values, 'id'),
          ...(told && !told.deleted && { conversations: told.conversations }),
        },
      });
      if (found.peek()?.deleted) await saved();
    });
  const changed = () => (found.value = undefined);
  const answer = found.value;
  const isFound = answer !== undefined && !answer.deleted;
  return (
    <Dialog label={t.forgetTitle} closed={closed}>
      <Form form={form} submitted={() => void ask()}>
        <h2>{t.forgetTitle}</h2>
        <p>{t.forgetText}</p>
        <label class="field">
          <span>{t.forgetImport}</span>
          <select name="importId" onChange={changed}>
            {imports.map(({ id, file, number }) => (
              <option key={id} value={id}>
                {labelled(count(number), file)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t.forgetKind}</span>
          <select name="kind" onChange={changed}>
            <option value="customer">{t.forgetCustomer}</option>
            <option value="conversation">{t.forgetConversation}</option>
          </select>
        </label>
        <label class="field">
          <span>{t.forgetField}</span>
          <input name="id" required maxLength={500} autocomplete="off" onInput={changed} />
        </label>
        <ProblemNotice text={problem.value} />
        <div role="status">
          {answer && (
            <p class={`notice ${answer.deleted ? 'good' : 'warn'}`}>
              {(answer.deleted ? t.forgotten : t.forgetFound)({ number: answer.conversations })}
            </p>
          )}
        </div>
        <div class="row">
          <button type="submit" class={`button ${isFound ? 'danger' : 'primary'}`} disabled={busy.value}>
            {isFound ? t.forgetNow : t.forgetLook}
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

/** All that one import may have. */
async function allDrafts(importId: string, state: string): Promise<HistoryDraft[]> {
  const drafts: HistoryDraft[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<HistoryDraft> = await request(`/api/history/${importId}/drafts`, {
      query: { state, limit: 200, ...(cursor !== undefined && { cursor }) },
    });
    drafts.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return drafts;
}

/** Chooses the draft that stands for both. */
export function MergeDialog({ draft, importId, closed, saved }: MergeProps) {
  const t = historyTexts();
  const loaded = useLoaded(async () => [
    ...(await allDrafts(importId, 'open')),
    ...(await allDrafts(importId, 'written')),
  ]);
  const { busy, problem, run } = useAct();
  const join = (into: string) =>
    run(async () => {
      await request(`/api/history/drafts/${draft.id}/merge`, { method: 'POST', json: { into } });
      closed();
      await saved();
    });
  const others = loaded.value.value?.filter(({ id }) => id !== draft.id);
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
            {others.map(({ id, text, state }) => (
              <li key={id}>
                <div class="grow excerpt" dir="auto">
                  {text}
                  {state === 'written' && <span class="tag">{draftStatesTexts().written}</span>}
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
