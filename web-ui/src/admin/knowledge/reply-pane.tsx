import { useLayoutEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Leavable } from '../../shared/dialog';
import { useLoaded } from '../../shared/load';
import { Icon } from '../../shared/team-icons';
import type { Reply } from '../rest';
import { Waiting } from '../waiting';
import { editorTexts } from './editor-texts';
import type { KeptReplies } from './kept-replies';
import { knowledgeTexts } from './knowledge-texts';
import type { Proposed } from './proposal';
import { ReplyForm } from './reply-form';
import { translationTexts } from './translation-texts';
import { Beside, Translations } from './translations';
import { UseAndReview } from './usage';
import { versionTexts } from './version-texts';
import { Versions } from './versions';

interface ReplyPaneProps {
  /** Absent for a new one. */
  id: string | undefined;
  /** What a new one is to say in another language. */
  translates?: Translated;
  quiet?: boolean;
  kept: KeptReplies;
  /** Without what is typed being lost. */
  back: () => void;
  closed: () => void;
  /** By which {@link stored} says what has stored it. */
  number: number;
  stored: (reply: Reply, from: number) => void;
  instead: (reply: string) => void;
  translate: (of: Translated) => void;
}

/** A reply, and the language in which it is to be said, too. */
export interface Translated {
  source: string;
  language: string;
}

/** A reply beside the list, or in place of it where there is no room for both. */
export function ReplyPane(props: ReplyPaneProps) {
  const { id, translates, quiet, kept, back, closed, number, instead, translate } = props;
  const stored = (fresh: Reply) => props.stored(fresh, number);
  const t = knowledgeTexts();
  const part = useRef<HTMLElement>(null);
  // A new one is given an id when it is stored, which changes nothing of the form.
  const { current: opened } = useRef(id);
  // As it is now, not as it was when the list was loaded.
  const load = () => {
    const wanted = opened ?? translates?.source;
    return wanted ? request<Reply>(`/api/replies/${wanted}`) : Promise.resolve(undefined);
  };
  const loaded = useLoaded(load);
  useLayoutEffect(() => {
    if (!quiet) part.current?.focus();
  }, []);
  const { current: key } = useRef(opened ?? keyOf(translates));
  const before = useRef(kept.of(key));
  const found = loaded.value.value;
  const discard = () => {
    kept.keep(id ?? key, undefined);
    closed();
  };
  return (
    <Leavable part={part} label={id ? t.editReply : t.newReply} class="card reply-pane" closed={discard}>
      {(opened ?? translates) && !found ? (
        <>
          <BackButton back={back} />
          <Waiting loaded={loaded} />
        </>
      ) : (
        <ReplyForm
          reply={opened ? found : undefined}
          proposed={translates && found && translationOf(found, translates)}
          kept={before.current}
          typed={(typed, stored) => kept.keep(stored ?? key, typed)}
          stored={(fresh) => {
            if (!opened) kept.keep(key, undefined);
            stored(fresh);
            return Promise.resolve();
          }}
          instead={instead}
          beside={(shown) =>
            shown ? (
              <Translations
                reply={shown}
                open={instead}
                begin={(language) => translate({ source: shown.id, language })}
              />
            ) : (
              translates &&
              found && (
                <section class="stack translations" aria-label={translationTexts().source}>
                  <h3>{translationTexts().source}</h3>
                  <Beside reply={found} />
                </section>
              )
            )
          }
          parts={(shown, form) => (
            <>
              <UseAndReview
                reply={shown}
                changed={(fresh) => {
                  form.noted({ reviewOn: fresh.reviewOn });
                  stored(fresh);
                }}
              />
              <Versions
                reply={shown}
                restored={(fresh) => {
                  form.anew(fresh, () => versionTexts().restored({ version: fresh.version }));
                  stored(fresh);
                }}
              />
            </>
          )}
        >
          <BackButton back={back} />
        </ReplyForm>
      )}
    </Leavable>
  );
}

/** By what a new one is kept, and by what the address names it. */
export function keyOf(translates: Translated | undefined): string {
  return translates ? `new-${translates.language}-${translates.source}` : 'new';
}

/** Of the same categories; the words are whoever's who writes it. */
function translationOf({ id, categories }: Reply, { language }: Translated): Proposed {
  return {
    proposal: { title: '', text: '', language, questions: [], answers: [] },
    address: () => `/api/reply-translations/${id}`,
    categories,
  };
}

function BackButton({ back }: { back: () => void }) {
  return (
    <button type="button" class="button small back-to-list" onClick={back}>
      <Icon name="back" /> {editorTexts().toList}
    </button>
  );
}
