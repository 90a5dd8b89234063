import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { codeText } from '../../shared/problems';
import { language, sentences } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { leftOpen } from '../../shared/variables';
import type { Reply, ReplyAct, ReplyOutcome } from '../rest';
import { adminTexts } from '../texts';
import { bulkTexts } from './bulk-texts';
import { knowledgeTexts } from './knowledge-texts';

/** As the server takes at once; of more, one part after the other. */
const most = 100;

interface BulkBarProps {
  /** Some may be on no list any more, since another search was made. */
  chosen: Reply[];
  /** All that are listed. */
  listed: Reply[];
  choose: (ids: string[]) => void;
  changed: (replies: Reply[]) => void;
}

/** What was not done, and why. */
interface Left {
  id: string;
  title: string;
  /** In the language of the page, whichever that is later. */
  why: () => string;
}

interface Said {
  done: number;
  unchanged: number;
  left: Left[];
}

/** What can be done with all replies that are chosen in the list. */
export function BulkBar({ chosen, listed, choose, changed }: BulkBarProps) {
  const t = bulkTexts();
  const names = knowledgeTexts();
  const category = useSignal('');
  const on = useSignal('');
  const said = useSignal<Said | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const bar = useRef<HTMLDivElement>(null);
  const told = useRef<HTMLDivElement>(null);
  const isListed = new Set(listed.map(({ id }) => id));
  const elsewhere = chosen.filter(({ id }) => !isListed.has(id));
  const areAllChosen = listed.length > 0 && chosen.length - elsewhere.length >= listed.length;
  // The buttons go with the choice, and the focus with them.
  useEffect(() => {
    if (said.value) told.current?.focus();
  }, [said.value]);

  const act = (what: ReplyAct) =>
    run(async () => {
      said.value = undefined;
      // Customers would read what is left open in them: such a reply is looked at by itself.
      const open = what.what === 'publish' ? chosen.filter(({ text }) => leftOpen(text) !== undefined) : [];
      const asked = chosen.filter((reply) => !open.includes(reply));
      const outcomes: ReplyOutcome[] = [];
      for (let from = 0; from < asked.length; from += most) {
        const part = await request<ReplyOutcome[]>('/api/replies/acts', {
          method: 'POST',
          json: { replies: asked.slice(from, from + most).map(({ id }) => id), act: what },
        });
        outcomes.push(...part);
        // After each, since the next one may fail: what was done is known then, and the rest stays chosen.
        tell(open, outcomes, part);
      }
      if (asked.length === 0) tell(open, [], []);
    });
  /** @param newest of the part that has just been done */
  const tell = (open: Reply[], outcomes: ReplyOutcome[], newest: ReplyOutcome[]) => {
    const titles = new Map(chosen.map(({ id, title }) => [id, title]));
    said.value = {
      done: outcomes.filter(({ reply }) => reply).length,
      unchanged: outcomes.filter(({ reply, code }) => !reply && !code).length,
      left: [
        ...open.map(({ id, title, text }) => ({
          id,
          title,
          why: () => bulkTexts().leftOpen({ word: leftOpen(text) ?? '' }),
        })),
        ...outcomes.flatMap(({ id, code, message }) =>
          code ? [{ id, title: titles.get(id) ?? '', why: () => whyNot(code, message ?? '') }] : [],
        ),
      ],
    };
    changed(newest.flatMap(({ reply }) => reply ?? []));
    // What was not done stays chosen.
    const isDone = new Set(outcomes.flatMap(({ id, code }) => (code ? [] : id)));
    choose(chosen.flatMap(({ id }) => (isDone.has(id) ? [] : id)));
  };

  return (
    <div ref={bar} class="stack bulk-bar" role="group" aria-label={t.forChosen} tabIndex={-1}>
      <div class="row spread">
        {listed.length > 0 && (
          <label>
            <input
              type="checkbox"
              checked={areAllChosen}
              onChange={({ currentTarget: { checked } }) => {
                const others = elsewhere.map(({ id }) => id);
                choose(checked ? [...others, ...isListed] : others);
              }}
            />{' '}
            {t.all({ number: listed.length })}
          </label>
        )}
        <span class="hint" role="status">
          {chosen.length > 0 && t.chosen({ number: chosen.length })}
        </span>
      </div>
      {elsewhere.length > 0 && (
        <div class="row spread">
          <span class="hint">{t.elsewhere({ number: elsewhere.length })}</span>
          <button
            type="button"
            class="button small"
            disabled={busy.value}
            onClick={() => choose(chosen.flatMap(({ id }) => (isListed.has(id) ? [id] : [])))}
          >
            {t.letGo}
          </button>
        </div>
      )}
      {chosen.length > 0 && (
        <>
          <div class="row">
            <button
              type="button"
              class="button small"
              disabled={busy.value}
              onClick={() => void act({ what: 'publish' })}
            >
              {t.publish}
            </button>
            <button
              type="button"
              class="button small"
              disabled={busy.value}
              onClick={() => void act({ what: 'archive' })}
            >
              {t.archive}
            </button>
          </div>
          <div class="row bulk-value">
            <input
              aria-label={names.category}
              placeholder={names.category}
              maxLength={80}
              value={category.value}
              onInput={({ currentTarget: { value } }) => (category.value = value)}
            />
            {(['add-category', 'remove-category'] as const).map((what) => (
              <button
                key={what}
                type="button"
                class="button small"
                disabled={busy.value || !category.value.trim()}
                onClick={() => void act({ what, category: category.value.trim() })}
              >
                {what === 'add-category' ? t.addCategory : t.removeCategory}
              </button>
            ))}
          </div>
          <div class="row bulk-value">
            <input
              type="date"
              aria-label={t.reviewOn}
              value={on.value}
              onInput={({ currentTarget: { value } }) => (on.value = value)}
            />
            <button
              type="button"
              class="button small"
              disabled={busy.value}
              onClick={() => void act({ what: 'review', on: on.value || undefined })}
            >
              {on.value ? t.setReview : t.noReview}
            </button>
          </div>
        </>
      )}
      <ProblemNotice text={problem.value} />
      <div ref={told} role="status" tabIndex={-1}>
        {said.value && (
          <SaidNotice
            said={said.value}
            forget={() => {
              said.value = undefined;
              bar.current?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}

/** The server's words are English and name the reply; elsewhere the code has to do. */
function whyNot(code: string, message: string): string {
  return language.value === 'en' ? message : codeText(code, message);
}

function SaidNotice({ said: { done, unchanged, left }, forget }: { said: Said; forget: () => void }) {
  const t = bulkTexts();
  return (
    <div class={left.length > 0 ? 'notice warn stack' : 'notice good stack'}>
      <p>
        {sentences(
          t.done({ done }),
          unchanged > 0 ? t.unchanged({ number: unchanged }) : undefined,
          left.length > 0 ? t.left({ number: left.length }) : undefined,
        )}
      </p>
      {left.length > 0 && (
        <ul>
          {left.map(({ id, title, why }) => (
            <li key={id}>
              <strong dir="auto">{title}</strong>: {why()}
            </li>
          ))}
        </ul>
      )}
      <div>
        <button type="button" class="button small" onClick={forget}>
          {adminTexts().close}
        </button>
      </div>
    </div>
  );
}
