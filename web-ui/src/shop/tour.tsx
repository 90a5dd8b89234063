import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { language } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { components } from '../shared/rest';
import { tourTexts } from './tour-texts';
import './tour.css';

type Suggestions = components['schemas']['SuggestionsView'];
type Events = components['schemas']['PageConversationEventView'];

/** What the demo's customers ask, in the language of the page; the server says which ones there are. */
interface Asked {
  conversation: string;
}

export interface Questions {
  first: string;
  again: string;
}

const steps = ['signIn', 'ask', 'answer', 'again', 'see', 'end'] as const;
type Step = (typeof steps)[number];

const every = 1_000;

interface TourProps {
  /** Shows the console, at a conversation or wherever it is. */
  show: (conversation?: string) => void;
  leave: () => void;
}

/** What became of the decision, as the server tells. */
type Seen = { title: string; place: number; question: string } | 'not';

/**
 * Two minutes with the running demo, in which a decision is learned. Whether a step is done is what the server says, in the
 * session of whoever signs in in the console: nothing here pretends to be.
 */
export function Tour({ show, leave }: TourProps) {
  const t = tourTexts();
  const step = useSignal<Step>('signIn');
  const conversation = useSignal<string | undefined>(undefined);
  const seen = useSignal<Seen | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  const questions = useSignal<Questions | undefined>(undefined);
  const { busy, problem, run, forget } = useAct();
  const spoken = language.value;
  useEffect(() => {
    heading.current?.focus();
    show();
  }, []);
  useEffect(() => {
    const life = new AbortController();
    const query = { language: spoken };
    void request<Questions>('/api/demo/tour', { query, signal: life.signal })
      .then((known) => (questions.value = known))
      .catch(() => undefined);
    return () => life.abort();
  }, [spoken]);
  const to = (next: Step) => {
    forget();
    step.value = next;
  };
  /** By a button of this panel: the focus stays here, on what is new. By itself, it stays where somebody works. */
  const press = (next: Step) => {
    to(next);
    heading.current?.focus();
  };
  useEffect(
    () =>
      whileWaiting(async (signal) => {
        const done = await isDone(step.peek(), conversation.peek(), signal);
        if (done === undefined || signal.aborted) return false;
        if (done === true) to(steps[steps.indexOf(step.peek()) + 1] ?? 'end');
        else seen.value = done;
        // What was sent may be learned a moment after the first suggestions are there.
        return done !== 'not';
      }),
    [step.value, conversation.value],
  );
  const ask = (which: keyof Questions, next: Step) =>
    void run(async () => {
      const json = { which, language: spoken };
      const asked = await request<Asked>('/api/demo/tour', { method: 'POST', json });
      conversation.value = asked.conversation;
      seen.value = undefined;
      show(asked.conversation);
      press(next);
    });
  const now = step.value;
  const title = t.step({ number: steps.indexOf(now) + 1, all: steps.length, title: t[now] });
  const following = steps[steps.indexOf(now) + 1];
  return (
    <section class="tour" aria-label={t.tour}>
      <div role="status">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p>{text(now, questions.value, seen.value)}</p>
      </div>
      <ProblemNotice text={problem.value} />
      <div class="row">
        {now === 'ask' && (
          <button
            type="button"
            class="button primary small"
            disabled={busy.value}
            onClick={() => ask('first', 'answer')}
          >
            {t.askDo}
          </button>
        )}
        {now === 'again' && (
          <button
            type="button"
            class="button primary small"
            disabled={busy.value}
            onClick={() => ask('again', 'see')}
          >
            {t.againDo}
          </button>
        )}
        {now === 'end' && (
          <a class="button small" href="/admin/#/training" target="_blank" rel="noopener">
            {t.runs}
          </a>
        )}
        {following && (
          <button
            type="button"
            class={now === 'see' && seen.value ? 'button primary small' : 'button quiet small'}
            onClick={() => press(following)}
          >
            {now === 'see' && seen.value ? t.end : t.skip}
          </button>
        )}
        <button type="button" class="button quiet small" onClick={leave}>
          {t.leave}
        </button>
      </div>
    </section>
  );
}

function text(step: Step, questions: Questions | undefined, seen: Seen | undefined): string {
  const t = tourTexts();
  switch (step) {
    case 'signIn':
      return t.signInText;
    case 'ask':
      return t.askText({ question: questions?.first ?? '…' });
    case 'answer':
      return t.answerText;
    case 'again':
      return t.againText({ question: questions?.again ?? '…' });
    case 'see':
      if (!seen) return t.looking;
      return seen === 'not' ? t.notYet : t.place(seen);
    case 'end':
      return t.endText;
  }
}

/** Looks again until it is done; what fails meanwhile, such as not being signed in, is asked again. */
function whileWaiting(look: (signal: AbortSignal) => Promise<boolean>): () => void {
  const life = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const once = async () => {
    const over = await look(life.signal).catch(() => false);
    if (!over && !life.signal.aborted) timer = setTimeout(() => void once(), every);
  };
  void once();
  return () => {
    life.abort();
    clearTimeout(timer);
  };
}

/** True, or what was seen; undefined as long as it is neither, or where nothing has to be waited for. */
async function isDone(
  step: Step,
  conversation: string | undefined,
  signal: AbortSignal,
): Promise<true | Seen | undefined> {
  if (step === 'signIn') return (await read('/api/session', signal)) ? true : undefined;
  if (conversation === undefined) return undefined;
  if (step === 'answer') {
    const events = await read<Events>(`/api/conversations/${conversation}/events`, signal);
    const answered = events?.items.some(({ kind, author }) => kind === 'message' && author.kind === 'agent');
    return answered ? true : undefined;
  }
  if (step === 'see') {
    const found = await read<Suggestions>(`/api/conversations/${conversation}/suggestions`, signal);
    return found && taught(found);
  }
  return undefined;
}

function taught({ items }: Suggestions): Seen {
  const index = items.findIndex(({ why }) => why?.kind === 'before' && why.by !== undefined);
  const item = items[index];
  return item ? { title: item.title, place: index + 1, question: item.why?.question ?? '' } : 'not';
}

/** Not by way of the session that other pages have: nobody is asked to sign in here. */
async function read<T>(address: string, signal: AbortSignal): Promise<T | undefined> {
  const response = await fetch(address, { headers: { Accept: 'application/json' }, signal });
  return response.status === 200 ? ((await response.json()) as T) : undefined;
}
