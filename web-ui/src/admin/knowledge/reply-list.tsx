import type { Signal } from '@preact/signals';
import type { Page } from '../../shared/api';
import { labelled, shortTime } from '../../shared/language';
import type { Reply } from '../rest';
import { FoldedFilters } from '../folded-filters';
import { bulkTexts } from './bulk-texts';
import { editorTexts } from './editor-texts';
import { knowledgeTexts } from './knowledge-texts';
import { StateTag } from './state-tag';
import { isDue } from './usage';
import { usageTexts } from './usage-texts';

const states = ['draft', 'published', 'archived'] as const;

export const noFilter = { q: '', state: '', language: '', category: '', toReview: false };
export type ReplyFilter = typeof noFilter;

/** As the server is asked for replies. */
export function queryOf({ toReview, ...filter }: ReplyFilter) {
  return { ...filter, toReview: toReview || undefined, limit: 50 };
}

interface FiltersProps {
  typed: Signal<ReplyFilter>;
  /** To the first of what was found. */
  down: () => void;
}

export function ReplyFilters({ typed, down }: FiltersProps) {
  const t = knowledgeTexts();
  const { q, state, language, category, toReview } = typed.value;
  const change = (part: Partial<ReplyFilter>) => (typed.value = { ...typed.peek(), ...part });
  return (
    <search class="filters reply-filters" aria-label={editorTexts().filters}>
      <label class="field wide">
        <span>{t.search}</span>
        <input
          type="search"
          placeholder={t.searchHint}
          value={q}
          onInput={({ currentTarget: { value } }) => change({ q: value })}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            down();
          }}
        />
      </label>
      <FoldedFilters given={[state, language, category, toReview].filter(Boolean).length}>
        <label class="field">
          <span>{t.state}</span>
          <select value={state} onChange={({ currentTarget: { value } }) => change({ state: value })}>
            <option value="">{t.all}</option>
            {states.map((each) => (
              <option key={each} value={each}>
                {t[each]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t.language}</span>
          <select value={language} onChange={({ currentTarget: { value } }) => change({ language: value })}>
            <option value="">{t.all}</option>
            <option value="en">English</option>
            <option value="zh">中文</option>
          </select>
        </label>
        <label class="field wide">
          <span>{t.category}</span>
          <input value={category} onInput={({ currentTarget: { value } }) => change({ category: value })} />
        </label>
        <label class="wide">
          <input
            type="checkbox"
            checked={toReview}
            onChange={({ currentTarget: { checked } }) => change({ toReview: checked })}
          />{' '}
          {usageTexts().toReview}
        </label>
      </FoldedFilters>
    </search>
  );
}

interface ReplyListProps {
  page: Page<Reply>;
  filtered: boolean;
  /** The one that is beside the list. */
  current: string | undefined;
  unsaved: ReadonlySet<string>;
  open: (id: string) => void;
  chosen: ReadonlyMap<string, unknown>;
  choose: (id: string, isChosen: boolean) => void;
}

export function ReplyList(props: ReplyListProps) {
  const { page, filtered, current, unsaved, open, chosen, choose } = props;
  const t = knowledgeTexts();
  if (page.items.length === 0) return <p class="card hint">{filtered ? t.none : t.nothingYet}</p>;
  return (
    <ul class="card list replies" aria-label={editorTexts().list} onKeyDown={moveFocus}>
      {page.items.map((reply) => (
        <li key={reply.id}>
          <label class="choose">
            <input
              type="checkbox"
              aria-label={labelled(bulkTexts().choose, reply.title)}
              checked={chosen.has(reply.id)}
              onChange={({ currentTarget: { checked } }) => choose(reply.id, checked)}
            />
          </label>
          <button
            type="button"
            class="reply-row"
            data-reply={reply.id}
            aria-current={reply.id === current ? 'true' : undefined}
            onClick={() => open(reply.id)}
          >
            <span class="reply-line">
              <strong class="cut" dir="auto">
                {reply.title}
              </strong>
              <StateTag state={reply.state} />
              {isDue(reply) && <span class="tag warn">{usageTexts().toReview}</span>}
              {unsaved.has(reply.id) && <span class="tag accent">{editorTexts().notSaved}</span>}
            </span>
            <span class="reply-text" dir="auto">
              {reply.text}
            </span>
            <span class="reply-line hint">
              {reply.shortcode && <kbd>/{reply.shortcode}</kbd>}
              {reply.categories.map((category) => (
                <span key={category} class="tag">
                  {category}
                </span>
              ))}
              <span class="cut">
                {[
                  reply.label,
                  reply.questions > 0 && t.questions(reply.questions),
                  reply.shown !== undefined && t.shownSent(reply.shown, reply.sent ?? 0),
                  `${t.changed} ${shortTime(reply.updatedAt)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** From reply to reply by the arrow keys; each is in the order of the tab key, too. */
function moveFocus(event: KeyboardEvent): void {
  const list = event.currentTarget;
  const step = steps[event.key];
  if (!step || !(list instanceof HTMLElement) || !(event.target instanceof HTMLElement)) return;
  const rows = [...list.querySelectorAll<HTMLElement>('.reply-row')];
  const at = rows.indexOf(event.target);
  if (at < 0) return;
  event.preventDefault();
  rows[step(at, rows.length - 1)]?.focus();
}
