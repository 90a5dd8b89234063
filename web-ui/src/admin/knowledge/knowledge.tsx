import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { address, request, type Page, type Session } from '../../shared/api';
import { useAct, useLoaded, useTyped } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { saveFile } from '../../shared/save-file';
import { isAsked } from '../asked';
import type { Reply, ReplyProposal } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { editorTexts } from './editor-texts';
import { BulkBar } from './bulk';
import { FrequentList } from './frequent';
import { ImportDialog } from './import';
import { KeptReplies } from './kept-replies';
import './knowledge.css';
import { knowledgeTexts } from './knowledge-texts';
import type { Proposed } from './proposal';
import { ReplyDialog } from './reply-dialog';
import { noFilter, queryOf, ReplyFilters, ReplyList } from './reply-list';
import { keyOf, ReplyPane, type Translated } from './reply-pane';

const here = '#/knowledge';

/** A reply that is open, or a new one: the same form for as long as the number is the same. */
interface Open {
  number: number;
  id: string | undefined;
  translates?: Translated;
  /** Opened by nobody: it does not take the focus. */
  quiet?: boolean;
}

export function KnowledgePage({ me }: { me: Session }) {
  const t = knowledgeTexts();
  const isReviewing = useMemo(() => isAsked(`${here}/to-review`), []);
  const { typed, settled: filter } = useTyped(isReviewing ? { ...noFilter, toReview: true } : noFilter);
  const kept = useMemo(() => new KeptReplies(me.id), [me.id]);
  const panes = useRef<HTMLDivElement>(null);

  /** As they were stored here last: a list that was asked for before is older where it comes after. */
  const newest = useRef(new Map<string, Reply>());
  const replies = useLoaded(async () => {
    const found = await request<Page<Reply>>('/api/replies', { query: queryOf(filter.value) });
    const newer = (reply: Reply) => {
      const known = newest.current.get(reply.id);
      return known && known.version > reply.version ? known : reply;
    };
    return { ...found, items: found.items.map(newer) };
  }, [filter.value]);
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
      const number = (open.peek()?.number ?? 0) + 1;
      const [, language, source] = /^new(?:-([a-z]{2})-([\da-f-]+))?$/.exec(id) ?? [];
      if (language && source) open.value = { number, id: undefined, translates: { language, source } };
      else open.value = { number, id: id === 'new' ? undefined : id };
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
  /** Also those that another search does not find: whoever gathers replies searches more than once. */
  const chosen = useSignal<ReadonlyMap<string, Reply>>(new Map());
  const choose = (ids: Iterable<string>) => {
    const listed = replies.value.peek()?.items ?? [];
    const known = new Map([...chosen.peek(), ...listed.map((reply) => [reply.id, reply] as const)]);
    chosen.value = new Map(
      [...ids].flatMap((id) => {
        const reply = known.get(id);
        return reply ? [[id, reply] as const] : [];
      }),
    );
  };
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
  /** @param from the form that has stored it, which may have given way to another meanwhile */
  const stored = (fresh: Reply, from: number) => {
    saved.value += 1;
    const now = open.peek();
    if (now?.number === from && now.id === undefined) {
      open.value = { number: now.number, id: fresh.id, translates: now.translates };
      history.replaceState(null, '', `${here}/${fresh.id}`);
    }
    listAgain([fresh]);
  };
  const listAgain = (all: Reply[]) => {
    for (const reply of all) newest.current.set(reply.id, reply);
    const page = replies.value.peek();
    if (!page) return;
    const fresh = new Map(all.map((reply) => [reply.id, reply]));
    // Where it stands: nothing moves away under whoever goes through the list.
    const items = page.items.map((reply) => fresh.get(reply.id) ?? reply);
    const listed = new Set(items.map(({ id }) => id));
    replies.value.value = { ...page, items: [...all.filter(({ id }) => !listed.has(id)), ...items] };
    chosen.value = new Map([...chosen.peek()].map(([id, reply]) => [id, fresh.get(id) ?? reply]));
  };
  const page = replies.value.value;

  const more = () =>
    run(async () => {
      const next = await request<Page<Reply>>('/api/replies', {
        query: { ...queryOf(filter.peek()), cursor: page?.next },
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
        {page && (page.items.length > 0 || chosen.value.size > 0) && (
          <BulkBar
            chosen={[...chosen.value.values()]}
            listed={page.items}
            choose={choose}
            changed={(all) => {
              // Those that are not listed were not found by this search, and their change does not make them so.
              const listed = new Set(replies.value.peek()?.items.map(({ id }) => id));
              listAgain(all.filter(({ id }) => listed.has(id)));
              const now = open.peek();
              // What is typed into it is not lost; saving it will show what has become of the reply.
              const isStale = all.some(({ id }) => id === now?.id) && !kept.ids.peek().has(now?.id ?? '');
              if (now && isStale) open.value = { number: now.number + 1, id: now.id, quiet: true };
            }}
          />
        )}
        {page ? (
          <ReplyList
            page={page}
            filtered={filter.value !== noFilter}
            current={open.value?.id}
            unsaved={kept.ids.value}
            open={goTo}
            chosen={chosen.value}
            choose={(id, isChosen) => {
              const others = [...chosen.peek().keys()].filter((other) => other !== id);
              choose(isChosen ? [...others, id] : others);
            }}
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
          translates={open.value.translates}
          quiet={open.value.quiet}
          kept={kept}
          back={close}
          closed={close}
          stored={stored}
          number={open.value.number}
          instead={goTo}
          translate={(of) => goTo(keyOf(of))}
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
