import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Problem, request } from '../../shared/api';
import { LeaveButton } from '../../shared/dialog';
import { Form, content, formValues, isChanged, nowSaved } from '../../shared/form';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { placesToFillIn } from '../../shared/to-fill-in';
import { leftOpen } from '../../shared/variables';
import type { AgentAnswer, Reply } from '../rest';
import { adminTexts } from '../texts';
import { Conflict } from './conflict';
import { contentOf, fieldsIn, fieldsOf, fill, type Content, type Typed } from './content';
import { isSame } from './differences';
import { editorTexts } from './editor-texts';
import { FillIn, LeftOpen } from './fill-in';
import { FrequentChoice } from './frequent';
import { knowledgeTexts } from './knowledge-texts';
import { ReplyPreview } from './preview';
import { AnswerChoice, type Proposed } from './proposal';
import { ReplyFields } from './reply-fields';
import { SimilarReplies } from './similar';
import { StateTag } from './state-tag';

/** What others may do with the form of a stored reply. */
export interface FormOf {
  /** Begins anew with what became of it otherwise. */
  anew: (fresh: Reply, saying: () => string) => void;
  /** Takes note of what is no part of the form. */
  noted: (part: Partial<Reply>) => void;
}

export interface ReplyFormProps {
  reply?: Reply;
  /** What a new one begins with. */
  proposed?: Proposed;
  /** What was typed before and not saved. */
  kept?: Typed;
  /** Whatever differs from what is stored, each time that it changes. */
  typed?: (typed: Typed | undefined, reply: string | undefined) => void;
  /** It is stored in this state; not done is what is still to be published. */
  stored: (reply: Reply, isDone: boolean) => Promise<void>;
  /** Opens a reply that says the same in place of this form. */
  instead: (reply: string) => void;
  /** To be read while it is written; absent is what is not stored yet. */
  beside?: (reply: Reply | undefined) => ComponentChildren;
  /** Below the form of what is stored. */
  parts?: (reply: Reply, form: FormOf) => ComponentChildren;
  /** Above the form, before its heading. */
  children?: ComponentChildren;
}

export function ReplyForm(props: ReplyFormProps) {
  const { reply, proposed, kept, typed, stored, instead, beside, parts, children } = props;
  const t = knowledgeTexts();
  const form = useRef<HTMLFormElement>(null);
  const base = useSignal(reply);
  /** Counts up when the form begins anew, with what somebody else has saved. */
  const generation = useSignal(0);
  /** The version of somebody else that stands in the way. */
  const theirs = useSignal<Reply | undefined>(undefined);
  const answer = useSignal<AgentAnswer | undefined>(proposed?.proposal.answers[0]);
  const changes = useSignal(0);
  /** What was typed before is still not saved. */
  const isKept = useSignal(kept !== undefined);
  /** In the language of the page, whichever that is later. */
  const said = useSignal<(() => string) | undefined>(undefined);
  const now = useSignal<Content>(
    reply ?? { title: '', categories: [], language: 'en', text: '', ...proposed?.proposal },
  );
  const { busy, problem, fields, run, forget } = useAct(() => {
    const { title, text, language, label, shortcode, categories, choices } = knowledgeTexts();
    return { title, text, language, label, shortcode, categories, choices };
  });
  const values = () => contentOf(formValues(form.current));

  const look = () => {
    if (!form.current) return;
    now.value = contentOf(new FormData(form.current));
    const version = base.peek()?.version;
    const unsaved = isChanged(form.current) ? { version, fields: fieldsIn(form.current) } : undefined;
    typed?.(unsaved, base.peek()?.id);
  };
  useLayoutEffect(() => {
    if (!form.current || !kept) return;
    fill(form.current, kept.fields);
    look();
    const mine = now.peek();
    isKept.value = isChanged(form.current);
    if (reply && kept.version !== reply.version && !isSame(reply, mine)) theirs.value = reply;
  }, []);
  useEffect(look, [changes.value, generation.value]);

  /** A text to be published in which something is left to fill in. */
  const doubted = useSignal<string | undefined>(undefined);
  /** What customers would read is looked at once more; what was published before with the same text is not. */
  const isDoubtful = (then?: 'publish') => {
    const { text } = values();
    const current = base.peek();
    const reaches = then === 'publish' || (current?.state === 'published' && current.text !== text);
    if (!reaches || leftOpen(text) === undefined) return false;
    doubted.value = text;
    return true;
  };
  const toText = () => {
    doubted.value = undefined;
    const field = form.current?.elements.namedItem('text');
    if (!(field instanceof HTMLTextAreaElement)) return;
    const [first] = placesToFillIn(field.value);
    field.focus();
    if (first) field.setSelectionRange(first.start, first.start + first.word.length);
  };

  const choose = (chosen: AgentAnswer) => {
    if (!form.current) return;
    fill(form.current, { text: chosen.text });
    answer.value = chosen;
    changes.value += 1;
  };

  const store = async (version: number | undefined): Promise<Reply> => {
    const id = base.peek()?.id;
    const newAddress = proposed?.address(answer.peek()) ?? '/api/replies';
    try {
      return await request<Reply>(id ? `/api/replies/${id}` : newAddress, {
        method: id ? 'PUT' : 'POST',
        json: { ...values(), version },
      });
    } catch (refusal) {
      if (id && refusal instanceof Problem && refusal.code === 'conflict') {
        const current = await request<Reply>(`/api/replies/${id}`);
        if (current.version !== version) theirs.value = current;
      }
      throw refusal;
    }
  };
  /** What was stored is the base from now on; what was typed while it was is not overwritten. */
  const take = (fresh: Reply, submitted: string) => {
    base.value = fresh;
    theirs.value = undefined;
    isKept.value = false;
    if (!form.current) return;
    if (content(form.current) !== submitted) {
      nowSaved(form.current, submitted);
    } else {
      fill(form.current, fieldsOf(fresh));
      nowSaved(form.current, content(form.current));
    }
    look();
  };

  const save = (then?: 'publish', version = base.peek()?.version, anyway = false) =>
    run(async () => {
      if (!form.current || (!anyway && isDoubtful(then))) return;
      doubted.value = undefined;
      const submitted = content(form.current);
      let fresh = await store(version);
      take(fresh, submitted);
      if (then) {
        // Saved it is, also when publishing fails: whoever saves again then must not make another one.
        await stored(fresh, false);
        fresh = await request<Reply>(`/api/replies/${fresh.id}/publish`, { method: 'POST', json: {} });
        base.value = fresh;
        look();
      }
      await stored(fresh, true);
      const { version: saved } = fresh;
      said.value = () => (then ? editorTexts().published : editorTexts().saved({ version: saved }));
    });
  const anew = (fresh: Reply, saying?: () => string) => {
    base.value = fresh;
    theirs.value = undefined;
    isKept.value = false;
    generation.value += 1;
    said.value = saying;
    forget();
    typed?.(undefined, fresh.id);
  };
  const noted = (part: Partial<Reply>) => {
    const now = base.peek();
    if (now) base.value = { ...now, ...part };
  };
  const archive = () =>
    run(async () => {
      const address = `/api/replies/${base.peek()?.id ?? ''}/archive`;
      const fresh = await request<Reply>(address, { method: 'POST', json: {} });
      anew(fresh, () => editorTexts().archived);
      await stored(fresh, true);
    });

  const shown = base.value;
  const title = shown ? t.editReply : t.newReply;
  const first = shown ?? (proposed && { ...proposed.proposal, categories: proposed.categories });
  return (
    <div
      class="reply-form"
      onInput={() => {
        said.value = undefined;
        look();
      }}
    >
      <Form form={form} key={generation.value} refused={fields.value} submitted={() => void save()}>
        <div class="row">
          {children}
          <h2>{title}</h2>
          {shown && <StateTag state={shown.state} />}
          {shown && <span class="hint">{t.version(shown.version)}</span>}
        </div>
        {kept && isKept.value && <KeptNote typed={kept} />}
        <div class="writing">
          <div class="stack">
            <ReplyFields first={first} stored={shown} text={now.value.text} />
            {!shown && proposed && (
              <AnswerChoice proposal={proposed.proposal} chosen={answer.value} choose={choose} />
            )}
            {!shown &&
              proposed?.blanks &&
              proposed.blanks.length > 0 &&
              answer.value === proposed.proposal.answers[0] && (
                <FillIn
                  blanks={proposed.blanks}
                  language={proposed.proposal.language}
                  form={form}
                  changed={() => (changes.value += 1)}
                />
              )}
            {!shown && <SimilarReplies form={form} changes={changes.value} open={instead} />}
            {shown?.state === 'published' && <FrequentChoice reply={shown} />}
          </div>
          <div class="stack reading">
            <ReplyPreview
              text={now.value.text}
              language={now.value.language}
              choices={now.value.choices?.join('\n')}
            />
            {beside?.(shown)}
          </div>
        </div>
        <div class="row form-acts">
          {doubted.value !== undefined && (
            <LeftOpen
              text={doubted.value}
              back={toText}
              publish={() =>
                void save(
                  base.peek()?.state === 'published' ? undefined : 'publish',
                  theirs.peek()?.version ?? base.peek()?.version,
                  true,
                )
              }
            />
          )}
          {theirs.value && (
            <Conflict
              theirs={theirs.value}
              mine={now.value}
              take={() => theirs.value && anew(theirs.value)}
              keep={() => void save(undefined, theirs.peek()?.version)}
            />
          )}
          <ProblemNotice text={theirs.value ? undefined : problem.value} />
          <button type="submit" class="button primary" disabled={busy.value}>
            {adminTexts().save}
          </button>
          {shown?.state !== 'published' && (
            <button type="button" class="button" disabled={busy.value} onClick={() => void save('publish')}>
              {t.publish}
            </button>
          )}
          {shown && shown.state !== 'archived' && (
            <LeaveButton disabled={busy.value} then={() => void archive()}>
              {t.archive}
            </LeaveButton>
          )}
          <LeaveButton class="button quiet">{adminTexts().cancel}</LeaveButton>
          {parts && (
            <span role="status" class="hint">
              {said.value?.()}
            </span>
          )}
        </div>
      </Form>
      {shown && parts?.(shown, { anew, noted })}
    </div>
  );
}

function KeptNote({ typed }: { typed: Typed }) {
  const t = editorTexts();
  return <p class="notice">{typed.version === undefined ? t.keptNew : t.kept({ version: typed.version })}</p>;
}
