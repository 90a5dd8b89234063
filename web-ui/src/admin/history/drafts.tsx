import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request, type Page } from '../../shared/api';
import { labelled, languageName, supported } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { toBeFilledIn } from '../../shared/to-fill-in';
import { blankInWords, isName } from '../knowledge/fill-in';
import { ReplyDialog } from '../knowledge/reply-dialog';
import { useSimilarReplies } from '../knowledge/similar-replies';
import type { Proposed } from '../knowledge/proposal';
import type { HistoryDraft, HistoryImport, Reply, ReplyProposal } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { blanksTexts } from './blanks-texts';
import { MergeDialog } from './dialogs';
import { draftStatesTexts, historyTexts } from './history-texts';

const states = ['open', 'written', 'discarded'] as const;
type State = (typeof states)[number];

type Open =
  | { what: 'draft'; proposed: Proposed }
  | { what: 'reply'; reply: Reply }
  | { what: 'merge'; draft: HistoryDraft };

interface DraftsProps {
  one: HistoryImport;
  changed: () => Promise<void>;
}

/** The drafts of an import, those that would have been used most first. */
export function Drafts({ one, changed }: DraftsProps) {
  const t = historyTexts();
  const state = useSignal<State>('open');
  const limit = useSignal(25);
  const open = useSignal<Open | undefined>(undefined);
  const said = useSignal<(() => string) | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const heading = useRef<HTMLHeadingElement>(null);
  const loaded = useLoaded(
    () =>
      request<Page<HistoryDraft>>(`/api/history/${one.id}/drafts`, {
        query: { state: state.value, limit: limit.value },
      }),
    [state.value, limit.value, one.id],
  );
  const page = loaded.value.value;

  /** The card whose button was pressed may be gone: whoever works by keyboard goes on from the top of the list. */
  const decided = async () => {
    await Promise.all([loaded.reload(), changed()]);
    if (!document.activeElement || document.activeElement === document.body) heading.current?.focus();
  };
  const act = (draft: HistoryDraft, what: 'publish' | 'discard' | 'restore') =>
    run(async () => {
      said.value = undefined;
      // What is still to be filled in, or may be there already, is looked at first.
      if (what === 'publish' && (toBeFilledIn(draft.text) !== undefined || (await isThere(draft)))) {
        await propose(draft);
        return;
      }
      await request(`/api/history/drafts/${draft.id}/${what}`, { method: 'POST' });
      if (what === 'publish') said.value = () => historyTexts().published({ title: draft.title });
      await decided();
    });
  const { look } = useSimilarReplies();
  const isThere = async ({ title, text }: HistoryDraft) =>
    (await look(title, text)).some(({ state }) => state === 'published');
  const propose = async (draft: HistoryDraft) => {
    const place = `/api/history/drafts/${draft.id}`;
    const [proposal, { blanks }] = await Promise.all([
      request<ReplyProposal>(`${place}/proposal`),
      request<HistoryDraft>(place),
    ]);
    open.value = { what: 'draft', proposed: { proposal, blanks, address: () => `${place}/reply` } };
  };
  const edit = (draft: HistoryDraft) => run(() => propose(draft));
  const openReply = (id: string) =>
    run(async () => {
      open.value = { what: 'reply', reply: await request<Reply>(`/api/replies/${id}`) };
    });

  const shown = open.value;
  return (
    <section class="stack history-drafts">
      <div class="row spread">
        <h3 ref={heading} tabIndex={-1}>
          {t.openDrafts({ number: one.open })}
        </h3>
        <label class="row">
          <span>{t.showState}</span>
          <select
            value={state.value}
            onChange={({ currentTarget: { value } }) =>
              (state.value = states.find((name) => name === value) ?? 'open')
            }
          >
            {states.map((name) => (
              <option key={name} value={name}>
                {draftStatesTexts()[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="hint">{t.draftsHint}</p>
      <div role="status">{said.value && <p class="notice good">{said.value()}</p>}</div>
      <ProblemNotice text={problem.value} />
      {!page && <Waiting loaded={loaded} />}
      {page?.items.length === 0 && <p class="hint">{t.noDrafts}</p>}
      <ul class="groups">
        {page?.items.map((draft) => (
          <DraftCard
            key={draft.id}
            draft={draft}
            busy={busy.value}
            act={(what) => void act(draft, what)}
            edit={() => void edit(draft)}
            merge={() => (open.value = { what: 'merge', draft })}
            openReply={(id) => void openReply(id)}
          />
        ))}
      </ul>
      {page?.next && limit.value < 200 && (
        <div>
          <button
            type="button"
            class="button"
            onClick={() => (limit.value = Math.min(200, limit.value + 50))}
          >
            {adminTexts().more}
          </button>
        </div>
      )}
      {shown?.what === 'merge' && (
        <MergeDialog
          draft={shown.draft}
          importId={one.id}
          closed={() => (open.value = undefined)}
          saved={decided}
        />
      )}
      {shown && shown.what !== 'merge' && (
        <ReplyDialog
          key={shown.what === 'reply' ? shown.reply.id : 'draft'}
          reply={shown.what === 'reply' ? shown.reply : undefined}
          proposed={shown.what === 'draft' ? shown.proposed : undefined}
          closed={() => (open.value = undefined)}
          saved={decided}
          instead={(id) => void openReply(id)}
        />
      )}
    </section>
  );
}

interface CardProps {
  draft: HistoryDraft;
  busy: boolean;
  act: (what: 'publish' | 'discard' | 'restore') => void;
  edit: () => void;
  merge: () => void;
  openReply: (id: string) => void;
}

function DraftCard({ draft, busy, act, edit, merge, openReply }: CardProps) {
  const t = historyTexts();
  const whole = useSignal<HistoryDraft | undefined>(undefined);
  const { problem, run } = useAct();
  const { questions, wordings, blanks = [] } = whole.value ?? draft;
  const stood = blanks.filter((blank) => !isName(blank));
  // Each was written in answer to one question at most.
  const isAll =
    draft.wordings.length === 0 &&
    draft.questions.length >= draft.uses &&
    toBeFilledIn(draft.text) === undefined;
  const nothingMore =
    whole.value && wordings.length === 0 && stood.length === 0 && questions.length <= draft.questions.length;
  const toggle = () =>
    run(async () => {
      whole.value = whole.peek() ? undefined : await request<HistoryDraft>(`/api/history/drafts/${draft.id}`);
    });
  const button = (name: string, then: () => void, kind = '') => (
    <button
      type="button"
      class={`button ${kind}`}
      aria-label={labelled(name, draft.text)}
      disabled={busy}
      onClick={then}
    >
      {name}
    </button>
  );
  return (
    <li class="card stack group" aria-label={draft.text}>
      <div class="row">
        <span class="tag accent">{t.uses({ number: draft.uses })}</span>
        <span class="tag">{languageName(supported(draft.language) ?? 'en')}</span>
        {draft.smallTalk && (
          <span class="tag" title={t.smallTalkHint}>
            {t.smallTalk}
          </span>
        )}
      </div>
      <h4 dir="auto">{draft.title}</h4>
      <blockquote class="quote" dir="auto">
        {draft.text}
      </blockquote>
      {stood.length > 0 && <Examples name={blanksTexts().stood} texts={stood.map(blankInWords)} />}
      {questions.length > 0 && <Examples name={t.questions} texts={questions} />}
      {whole.value && wordings.length > 0 && <Examples name={t.wordings} texts={wordings} />}
      <div role="status">{nothingMore && <p class="hint">{t.noMore}</p>}</div>
      <ProblemNotice text={problem.value} />
      <div class="row">
        {draft.state === 'open' && (
          <>
            {button(toBeFilledIn(draft.text) ? t.fillIn : t.publish, () => act('publish'), 'primary')}
            {button(t.edit, edit)}
            {button(t.merge, merge, 'quiet')}
            {button(t.discard, () => act('discard'), 'quiet')}
          </>
        )}
        {draft.state === 'discarded' && button(t.restore, () => act('restore'))}
        {draft.state === 'written' && draft.reply && button(t.openReply, () => openReply(draft.reply ?? ''))}
        {!isAll && (
          <button
            type="button"
            class="button quiet small"
            aria-expanded={whole.value !== undefined}
            aria-label={labelled(whole.value ? t.showFewer : t.showAll, draft.text)}
            onClick={() => void toggle()}
          >
            {whole.value ? t.showFewer : t.showAll}
          </button>
        )}
      </div>
    </li>
  );
}

function Examples({ name, texts }: { name: string; texts: string[] }) {
  return (
    <div>
      <span class="hint">{name}</span>
      <ul class="asked" aria-label={name}>
        {texts.map((text, index) => (
          <li key={index} dir="auto">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
