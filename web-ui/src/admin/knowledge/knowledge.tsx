import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { address, request, type Page, type Session } from '../../shared/api';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { saveFile } from '../../shared/save-file';
import { isAsked } from '../asked';
import type { Reply, ReplyProposal } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { editorTexts } from './editor-texts';
import { FrequentList } from './frequent';
import { ImportDialog } from './import';
import { KeptReplies } from './kept-replies';
import './knowledge.css';
import { knowledgeTexts } from './knowledge-texts';
import type { Proposed } from './proposal';
import { ReplyDialog } from './reply-dialog';
import { noFilter, ReplyFilters, ReplyList } from './reply-list';
import { ReplyPane } from './reply-pane';

const searchAfter = 250;
const here = '#/knowledge';

/** A reply that is open, or a new one: the same form for as long as the number is the same. */
interface Open {
  number: number;
  id: string | undefined;
}

export function KnowledgePage({ me }: { me: Session }) {
  const t = knowledgeTexts();
  const typed = useSignal(noFilter);
  const filter = useSignal(noFilter);
  useEffect(() => {
    const timer = setTimeout(() => (filter.value = typed.value), searchAfter);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const kept = useMemo(() => new KeptReplies(me.id), [me.id]);
  const panes = useRef<HTMLDivElement>(null);

  const replies = useLoaded(
    () => request<Page<Reply>>('/api/replies', { query: { ...filter.value, limit: 50 } }),
    [filter.value],
  );
  const open = useSignal<Open | undefined>(undefined);
  const isImporting = useSignal(isAsked(`${here}/import`));
  const proposed = useSignal<Proposed | undefined>(undefined);
  /** Counts the replies that were saved here, each of which may have changed what customers are offered. */
  const saved = useSignal(0);
  const { problem, run } = useAct();

  // The address names the reply that is open, so the browser's way back closes it, and a link from elsewhere opens it.
  useEffect(() => {
    const follow = () => {
      const id = /^#\/knowledge\/([\w-]+)$/.exec(location.hash)?.[1];
      if (!id || id === open.peek()?.id) {
        if (!id) open.value = undefined;
        return;
      }
      open.value = { number: (open.peek()?.number ?? 0) + 1, id: id === 'new' ? undefined : id };
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    const source = fromAddress();
    if (!source) return;
    // Loading the page again does not open the form again.
    history.replaceState(null, '', here);
    void run(async () => {
      const { conversation, message } = source;
      const from = `/api/unanswered/conversations/${conversation}`;
      const proposal = await request<ReplyProposal>(from, { query: { message } });
      proposed.value = {
        proposal,
        address: (answer) => address(`${from}/draft`, { question: answer?.sequence || undefined }),
      };
    });
  }, []);
  const goTo = (id: string) => (location.hash = `${here}/${id}`);
  const close = () => {
    const id = open.peek()?.id;
    location.hash = here;
    open.value = undefined;
    // The form had the focus; on a narrow screen the list is not there before it is drawn.
    requestAnimationFrame(() => {
      const row = id && panes.current?.querySelector<HTMLElement>(`[data-reply="${id}"]`);
      (row || panes.current?.querySelector<HTMLElement>('.new-reply'))?.focus();
    });
  };
  const stored = (fresh: Reply) => {
    saved.value += 1;
    const now = open.peek();
    if (now && now.id === undefined) {
      open.value = { ...now, id: fresh.id };
      history.replaceState(null, '', `${here}/${fresh.id}`);
    }
    const page = replies.value.peek();
    if (!page) return;
    // Where it stands: nothing moves away under whoever goes through the list.
    const isListed = page.items.some(({ id }) => id === fresh.id);
    const items = isListed
      ? page.items.map((reply) => (reply.id === fresh.id ? fresh : reply))
      : [fresh, ...page.items];
    replies.value.value = { ...page, items };
  };
  const page = replies.value.value;

  const more = () =>
    run(async () => {
      const next = await request<Page<Reply>>('/api/replies', {
        query: { ...filter.peek(), limit: 50, cursor: page?.next },
      });
      // One that was changed meanwhile may be in both.
      const known = new Set(page?.items.map(({ id }) => id));
      const others = next.items.filter(({ id }) => !known.has(id));
      replies.value.value = { items: [...(page?.items ?? []), ...others], next: next.next };
    });
  const save = (format: 'jsonl' | 'csv') =>
    run(async () => {
      await saveFile('/api/replies/export', { format }, `replies.${format}`);
    });

  return (
    <div ref={panes} class={open.value ? 'knowledge-panes opened' : 'knowledge-panes'}>
      <div class="stack list-pane">
        <div class="row">
          <button type="button" class="button primary new-reply" onClick={() => goTo('new')}>
            {t.newReply}
          </button>
          <button type="button" class="button" onClick={() => (isImporting.value = true)}>
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
        <FrequentList edited={`${String(open.value?.number)} ${String(saved.value)}`} open={goTo} />
        <ReplyFilters
          typed={typed}
          down={() => panes.current?.querySelector<HTMLElement>('.reply-row')?.focus()}
        />
        {page ? (
          <ReplyList
            page={page}
            filtered={filter.value !== noFilter}
            current={open.value?.id}
            unsaved={kept.ids.value}
            open={goTo}
          />
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
      </div>
      {open.value ? (
        <ReplyPane
          key={open.value.number}
          id={open.value.id}
          kept={kept}
          back={close}
          closed={close}
          stored={stored}
          instead={goTo}
        />
      ) : (
        <p class="card hint nothing-open">{editorTexts().nothingOpen}</p>
      )}
      {isImporting.value && (
        <ImportDialog closed={() => (isImporting.value = false)} imported={replies.reload} />
      )}
      {proposed.value && (
        <ReplyDialog
          proposed={proposed.value}
          closed={() => (proposed.value = undefined)}
          saved={replies.reload}
          instead={(id) => {
            proposed.value = undefined;
            goTo(id);
          }}
        />
      )}
    </div>
  );
}

/** The console's way here: a conversation, and perhaps an agent's message of it. */
function fromAddress(): { conversation: string; message: string | undefined } | undefined {
  const found = /^#\/knowledge\/from\/([\da-f-]+)(?:\/(\d+))?$/.exec(location.hash);
  return found?.[1] === undefined ? undefined : { conversation: found[1], message: found[2] };
}
