import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { address, request, type Page } from '../../shared/api';
import { shortTime } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { saveFile } from '../../shared/save-file';
import { isAsked } from '../asked';
import { FrequentList } from './frequent';
import { ImportDialog } from './import';
import { knowledgeTexts } from './knowledge-texts';
import type { Proposed } from './proposal';
import { ReplyDialog } from './reply-form';
import type { Reply, ReplyProposal } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';

const states = ['draft', 'published', 'archived'] as const;
const noFilter = { q: '', state: '', language: '', category: '' };
const searchAfter = 250;

export function KnowledgePage() {
  const t = knowledgeTexts();
  const typed = useSignal(noFilter);
  const filter = useSignal(noFilter);
  useEffect(() => {
    const timer = setTimeout(() => (filter.value = typed.value), searchAfter);
    return () => clearTimeout(timer);
  }, [typed.value]);

  const replies = useLoaded(
    () => request<Page<Reply>>('/api/replies', { query: { ...filter.value, limit: 50 } }),
    [filter.value],
  );
  const open = useSignal<Reply | Proposed | 'new' | 'import' | undefined>(
    isAsked('#/knowledge/import') ? 'import' : undefined,
  );
  const { problem, run } = useAct();
  // A link from elsewhere may name a reply.
  useEffect(() => {
    const openNamed = () => {
      const id = /^#\/knowledge\/([\w-]+)$/.exec(location.hash)?.[1];
      if (!id) return;
      history.replaceState(null, '', '#/knowledge');
      void run(async () => {
        open.value = await request<Reply>(`/api/replies/${id}`);
      });
    };
    openNamed();
    window.addEventListener('hashchange', openNamed);
    return () => window.removeEventListener('hashchange', openNamed);
  }, []);
  useEffect(() => {
    const source = fromAddress();
    if (!source) return;
    // Loading the page again does not open the form again.
    history.replaceState(null, '', '#/knowledge');
    void run(async () => {
      const { conversation, message } = source;
      const from = `/api/unanswered/conversations/${conversation}`;
      const proposal = await request<ReplyProposal>(from, { query: { message } });
      open.value = {
        proposal,
        address: (answer) => address(`${from}/draft`, { question: answer?.sequence || undefined }),
      };
    });
  }, []);
  const instead = (id: string) =>
    void run(async () => {
      open.value = await request<Reply>(`/api/replies/${id}`);
    });
  const change = (part: Partial<typeof noFilter>) => (typed.value = { ...typed.peek(), ...part });
  const page = replies.value.value;

  const more = () =>
    run(async () => {
      const next = await request<Page<Reply>>('/api/replies', {
        query: { ...filter.peek(), limit: 50, cursor: page?.next },
      });
      replies.value.value = { items: [...(page?.items ?? []), ...next.items], next: next.next };
    });
  const save = (format: 'jsonl' | 'csv') =>
    run(async () => {
      await saveFile('/api/replies/export', { format }, `replies.${format}`);
    });

  return (
    <>
      <div class="row">
        <button type="button" class="button primary" onClick={() => (open.value = 'new')}>
          {t.newReply}
        </button>
        <button type="button" class="button" onClick={() => (open.value = 'import')}>
          {t.import}
        </button>
        <button type="button" class="button" onClick={() => void save('jsonl')}>
          {t.export} JSONL
        </button>
        <button type="button" class="button" onClick={() => void save('csv')}>
          {t.export} CSV
        </button>
      </div>
      <ProblemNotice text={problem.value} />
      <FrequentList edited={open.value} open={instead} />
      <search class="filters">
        <label class="field wide">
          <span>{t.search}</span>
          <input
            type="search"
            placeholder={t.searchHint}
            value={typed.value.q}
            onInput={({ currentTarget: { value } }) => change({ q: value })}
          />
        </label>
        <label class="field">
          <span>{t.state}</span>
          <select onChange={({ currentTarget: { value } }) => change({ state: value })}>
            <option value="">{t.all}</option>
            {states.map((state) => (
              <option key={state} value={state}>
                {t[state]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t.language}</span>
          <select onChange={({ currentTarget: { value } }) => change({ language: value })}>
            <option value="">{t.all}</option>
            <option value="en">English</option>
            <option value="zh">中文</option>
          </select>
        </label>
        <label class="field">
          <span>{t.category}</span>
          <input
            value={typed.value.category}
            onInput={({ currentTarget: { value } }) => change({ category: value })}
          />
        </label>
      </search>
      {page ? (
        <ReplyList page={page} filtered={filter.value !== noFilter} open={(reply) => (open.value = reply)} />
      ) : (
        <Waiting loaded={replies} />
      )}
      {page?.next && (
        <div>
          <button type="button" class="button" onClick={() => void more()}>
            {adminTexts().more}
          </button>
        </div>
      )}
      {open.value === 'import' && (
        <ImportDialog closed={() => (open.value = undefined)} imported={replies.reload} />
      )}
      {open.value && open.value !== 'import' && (
        <ReplyDialog
          key={isReply(open.value) ? open.value.id : 'new'}
          reply={isReply(open.value) ? open.value : undefined}
          proposed={open.value === 'new' || isReply(open.value) ? undefined : open.value}
          closed={() => (open.value = undefined)}
          saved={replies.reload}
          instead={instead}
        />
      )}
    </>
  );
}

/** The console's way here: a conversation, and perhaps an agent's message of it. */
function fromAddress(): { conversation: string; message: string | undefined } | undefined {
  const found = /^#\/knowledge\/from\/([\da-f-]+)(?:\/(\d+))?$/.exec(location.hash);
  return found?.[1] === undefined ? undefined : { conversation: found[1], message: found[2] };
}

function isReply(opened: Reply | Proposed | 'new'): opened is Reply {
  return opened !== 'new' && 'id' in opened;
}

interface ReplyListProps {
  page: Page<Reply>;
  filtered: boolean;
  open: (reply: Reply) => void;
}

function ReplyList({ page, filtered, open }: ReplyListProps) {
  const t = knowledgeTexts();
  if (page.items.length === 0) return <p class="card hint">{filtered ? t.none : t.nothingYet}</p>;
  return (
    <ul class="card list replies">
      {page.items.map((reply) => (
        <li key={reply.id}>
          <button type="button" class="reply-row" onClick={() => open(reply)}>
            <span class="row">
              <strong>{reply.title}</strong>
              <StateTag state={reply.state} />
              {reply.categories.map((category) => (
                <span key={category} class="tag">
                  {category}
                </span>
              ))}
              {reply.shortcode && <kbd>/{reply.shortcode}</kbd>}
            </span>
            <span class="excerpt" dir="auto">
              {reply.text}
            </span>
            <span class="hint">
              {[
                reply.label,
                reply.questions > 0 && t.questions(reply.questions),
                reply.shown !== undefined && t.shownSent(reply.shown, reply.sent ?? 0),
                `${t.changed} ${shortTime(reply.updatedAt)}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function StateTag({ state }: { state: Reply['state'] }) {
  const tone = { draft: 'warn', published: 'good', archived: '' }[state];
  return <span class={`tag ${tone}`}>{knowledgeTexts()[state]}</span>;
}
