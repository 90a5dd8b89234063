import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem, request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { Form, fieldText, formValues } from '../../shared/form';
import { useAct } from '../../shared/load';
import { withCommas } from '../../shared/language';
import { placesToFillIn } from '../../shared/to-fill-in';
import { leftOpen } from '../../shared/variables';
import { ProblemNotice } from '../../shared/problem-notice';
import { VariablesHint } from './variables-hint';
import { StateTag } from './knowledge';
import { knowledgeTexts } from './knowledge-texts';
import { FillIn, LeftOpen } from './fill-in';
import { FrequentChoice } from './frequent';
import { AnswerChoice, type Proposed } from './proposal';
import { SimilarReplies } from './similar';
import type { AgentAnswer, Reply } from '../rest';
import { adminTexts } from '../texts';

interface ReplyDialogProps {
  reply?: Reply;
  /** What a new one begins with. */
  proposed?: Proposed;
  closed: () => void;
  saved: () => Promise<void>;
  /** Opens a reply that says the same in place of this form. */
  instead: (reply: string) => void;
}

export function ReplyDialog({ reply, proposed, closed, saved, instead }: ReplyDialogProps) {
  const t = knowledgeTexts();
  const form = useRef<HTMLFormElement>(null);
  const base = useSignal(reply);
  /** The version of somebody else that stands in the way. */
  const theirs = useSignal<Reply | undefined>(undefined);
  const answer = useSignal<AgentAnswer | undefined>(proposed?.proposal.answers[0]);
  const changes = useSignal(0);
  const { busy, problem, run, forget } = useAct(() => {
    const { title, text, language, label, shortcode, categories } = knowledgeTexts();
    return { title, text, language, label, shortcode, categories };
  });

  const values = () => {
    const data = formValues(form.current);
    const text = (name: string) => fieldText(data, name);
    return {
      title: text('title'),
      text: text('text'),
      language: text('language'),
      label: text('label') || undefined,
      shortcode: text('shortcode').replace(/^\//, '') || undefined,
      categories: text('categories')
        .split(/[,，、]/)
        .map((category) => category.trim())
        .filter(Boolean),
    };
  };

  /** A text to be published in which something is left to fill in. */
  const doubted = useSignal<string | undefined>(undefined);
  const typed = useSignal<string | undefined>(undefined);
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

  const newAddress = () => proposed?.address(answer.peek()) ?? '/api/replies';
  const choose = (chosen: AgentAnswer) => {
    const field = form.current?.elements.namedItem('text');
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.value = chosen.text;
    answer.value = chosen;
    changes.value += 1;
  };

  const store = async (version: number | undefined): Promise<Reply> => {
    const id = base.peek()?.id;
    try {
      return await request<Reply>(id ? `/api/replies/${id}` : newAddress(), {
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

  const save = (then?: 'publish', version = base.peek()?.version, anyway = false) =>
    run(async () => {
      if (!anyway && isDoubtful(then)) return;
      doubted.value = undefined;
      const stored = await store(version);
      // What is stored is the base from now on, also when publishing fails.
      base.value = stored;
      theirs.value = undefined;
      if (then) await request(`/api/replies/${stored.id}/publish`, { method: 'POST', json: {} });
      await saved();
      closed();
    });
  const archive = () =>
    run(async () => {
      await request(`/api/replies/${base.peek()?.id ?? ''}/archive`, { method: 'POST', json: {} });
      await saved();
      closed();
    });

  const shown = base.value;
  const title = shown ? t.editReply : t.newReply;
  const first = shown ?? proposed?.proposal;
  return (
    <Dialog label={title} class="wide-dialog" closed={closed}>
      <Form form={form} key={shown?.version} submitted={() => void save()}>
        <div class="row">
          <h2>{title}</h2>
          {shown && <StateTag state={shown.state} />}
          {shown && <span class="hint">{t.version(shown.version)}</span>}
        </div>
        <label class="field">
          <span>{t.title}</span>
          <input name="title" required maxLength={200} defaultValue={first?.title} />
        </label>
        <label class="field">
          <span>{t.text}</span>
          <textarea
            name="text"
            required
            rows={7}
            maxLength={8000}
            dir="auto"
            defaultValue={first?.text}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
          <span class="hint">{t.textHint}</span>
          <VariablesHint text={typed.value ?? first?.text ?? ''} />
        </label>
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
        <div class="columns">
          <label class="field">
            <span>{t.language}</span>
            <select name="language">
              <option value="en">English</option>
              <option value="zh" selected={first?.language.startsWith('zh')}>
                中文
              </option>
              {shown && !/^(?:en|zh)$/.test(shown.language) && (
                <option value={shown.language} selected>
                  {shown.language}
                </option>
              )}
            </select>
          </label>
          <label class="field">
            <span>{t.shortcode}</span>
            <input name="shortcode" maxLength={41} defaultValue={shown?.shortcode} />
            <span class="hint">{t.shortcodeHint}</span>
          </label>
          <label class="field">
            <span>{t.categories}</span>
            <input name="categories" defaultValue={shown && withCommas(shown.categories)} />
            <span class="hint">{t.categoriesHint}</span>
          </label>
          <label class="field">
            <span>{t.label}</span>
            <input name="label" maxLength={120} defaultValue={shown?.label} />
            <span class="hint">{t.labelHint}</span>
          </label>
        </div>
        {shown?.state === 'published' && <FrequentChoice reply={shown} />}
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
        {theirs.value ? (
          <Conflict
            theirs={theirs.value}
            take={() => {
              base.value = theirs.peek();
              theirs.value = undefined;
              forget();
            }}
            keep={() => void save(undefined, theirs.peek()?.version)}
          />
        ) : (
          <ProblemNotice text={problem.value} />
        )}
        <div class="row">
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
        </div>
      </Form>
    </Dialog>
  );
}

function Conflict({ theirs, take, keep }: { theirs: Reply; take: () => void; keep: () => void }) {
  const t = knowledgeTexts();
  return (
    <div class="notice warn stack" role="alert">
      <p>
        {t.conflict} ({t.version(theirs.version)})
      </p>
      <blockquote class="quote">
        <strong>{theirs.title}</strong>
        <br />
        {theirs.text}
      </blockquote>
      <div class="row">
        <LeaveButton class="button small" then={take}>
          {t.takeTheirs}
        </LeaveButton>
        <button type="button" class="button small" onClick={keep}>
          {t.keepMine}
        </button>
      </div>
    </div>
  );
}
