import { useSignal } from '@preact/signals';
import { request, type Page } from '../../shared/api';
import { labelled, languageTag, locale } from '../../shared/language';
import { useAct, useLoaded, useTyped } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { spoken } from '../../shared/spoken';
import type { Reply } from '../rest';
import { knowledgeTexts } from './knowledge-texts';
import { StateTag } from './state-tag';
import { translationTexts } from './translation-texts';

/** In which replies are written. */
const languages = ['en', 'zh'];
const mostFound = 5;

/** In the language of the page, since it stands in a sentence. */
function nameOf(tag: string): string {
  return new Intl.DisplayNames(locale(), { type: 'language' }).of(tag) ?? tag;
}

/** A reply as it says the same in another language, to be read beside the one that is written. */
export function Beside({ reply }: { reply: Reply }) {
  return (
    <article class="beside stack" lang={languageTag(spoken(reply.language))}>
      <div class="row">
        <strong dir="auto">{reply.title}</strong>
        <StateTag state={reply.state} />
      </div>
      <p dir="auto">{reply.text}</p>
      {reply.choices && (
        <p class="hint" dir="auto">
          {labelled(knowledgeTexts().choices, reply.choices.join(' · '))}
        </p>
      )}
    </article>
  );
}

interface TranslationsProps {
  reply: Reply;
  open: (id: string) => void;
  /** A draft in this language. */
  begin: (language: string) => void;
}

/** What says the same in other languages, and the languages in which nothing does. */
export function Translations({ reply, open, begin }: TranslationsProps) {
  const t = translationTexts();
  const address = `/api/reply-translations/${reply.id}`;
  const loaded = useLoaded(() => request<Reply[]>(address), [reply.id, reply.language]);
  const { busy, problem, run } = useAct();
  const others = loaded.value.value;
  if (!others) return <ProblemNotice text={loaded.problem.value} />;
  const has = new Set([reply, ...others].map(({ language }) => spoken(language)));
  const change = (method: 'PUT' | 'DELETE', of: string) =>
    run(async () => {
      await request<Reply>(of, { method, json: method === 'PUT' ? {} : undefined });
      await loaded.reload();
    });
  return (
    <section class="stack translations" aria-label={t.title}>
      <h3>{t.title}</h3>
      {others.map((other) => (
        <div key={other.id} class="stack">
          <span class="hint">{nameOf(spoken(other.language))}</span>
          <Beside reply={other} />
          <div class="row">
            <button
              type="button"
              class="button small"
              aria-label={labelled(t.open, other.title)}
              onClick={() => open(other.id)}
            >
              {t.open}
            </button>
            <button
              type="button"
              class="button small quiet"
              disabled={busy.value}
              aria-label={labelled(t.unlink, other.title)}
              onClick={() => void change('DELETE', `/api/reply-translations/${other.id}`)}
            >
              {t.unlink}
            </button>
          </div>
        </div>
      ))}
      {languages
        .filter((language) => !has.has(language))
        .map((language) => (
          <Missing
            key={language}
            language={language}
            busy={busy.value}
            begin={() => begin(language)}
            link={(id) => void change('PUT', `${address}/${id}`)}
          />
        ))}
      <ProblemNotice text={problem.value} />
    </section>
  );
}

interface MissingProps {
  language: string;
  busy: boolean;
  begin: () => void;
  link: (id: string) => void;
}

/** The newest of them; the server has one state for a question. */
async function notArchived(language: string, q: string, signal: AbortSignal): Promise<Reply[]> {
  const pages = await Promise.all(
    ['published', 'draft'].map((state) =>
      request<Page<Reply>>('/api/replies', { query: { q, language, state, limit: mostFound }, signal }),
    ),
  );
  return pages
    .flatMap(({ items }) => items)
    .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
    .slice(0, mostFound);
}

/** A language in which nothing says the same yet: a draft is begun, or a reply found that does. */
function Missing({ language, busy, begin, link }: MissingProps) {
  const t = translationTexts();
  const name = nameOf(language);
  const { typed: q, settled: wanted } = useTyped('');
  const isOpen = useSignal(false);
  const found = useLoaded(
    (signal) => (isOpen.value ? notArchived(language, wanted.value, signal) : Promise.resolve([])),
    [wanted.value, isOpen.value],
  );
  const fitting = found.value.value ?? [];
  return (
    <div class="stack">
      <span class="hint">{t.missing({ language: name })}</span>
      <div>
        <button type="button" class="button small" onClick={begin}>
          {t.begin({ language: name })}
        </button>
      </div>
      <details onToggle={({ currentTarget: { open } }) => (isOpen.value = open)}>
        <summary>{t.find}</summary>
        <div class="stack">
          <input
            type="search"
            aria-label={t.findHint}
            placeholder={t.findHint}
            value={q.value}
            onInput={(event) => {
              // It is no part of the reply.
              event.stopPropagation();
              q.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              // Nor does it save it.
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
          <ProblemNotice text={found.problem.value} />
          <ul class="plain stack" aria-label={t.find}>
            {fitting.map((reply) => (
              <li key={reply.id} class="row spread">
                <span lang={languageTag(language)}>{reply.title}</span>
                <button
                  type="button"
                  class="button small"
                  disabled={busy}
                  aria-label={labelled(t.link, reply.title)}
                  onClick={() => link(reply.id)}
                >
                  {t.link}
                </button>
              </li>
            ))}
          </ul>
          {found.value.value && fitting.length === 0 && <p class="hint">{t.nothingFound}</p>}
        </div>
      </details>
    </div>
  );
}
