import { signal, useSignal, type Signal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { composing } from '../shared/composer';
import { Icon } from '../shared/team-icons';
import { mostChoices, type Drafts } from './drafts';
import { quickRepliesTexts } from './quick-replies-texts';

const most = mostChoices;
/** As the server has it. */
const longest = 60;

/** What is typed and not added, which is never offered by itself, and is there again after a look elsewhere. */
const begun = new Map<string, Signal<string>>();

function begunFor(conversation: string): Signal<string> {
  const typed = begun.get(conversation) ?? signal('');
  begun.set(conversation, typed);
  return typed;
}

interface OfferButtonProps {
  conversation: string;
  open: Signal<boolean>;
  choices: string[];
}

/** Opens the row in which answers are offered; with some in it, it stays open. */
export function OfferButton({ conversation, open, choices }: OfferButtonProps) {
  const t = quickRepliesTexts();
  const typed = begunFor(conversation).value;
  return (
    <button
      type="button"
      class="button quiet icon"
      aria-label={t.offer}
      title={t.offer}
      aria-expanded={open.value || choices.length > 0 || typed !== ''}
      onClick={() => (open.value = !open.peek())}
    >
      <Icon name="choices" />
    </button>
  );
}

interface QuickRepliesProps {
  conversation: string;
  drafts: Drafts;
  open: Signal<boolean>;
  /** Where to go on writing. */
  leave: () => void;
}

/** The short answers that go with the reply that is being written. */
export function QuickReplies({ conversation, drafts, open, leave }: QuickRepliesProps) {
  const t = quickRepliesTexts();
  const hint = useId();
  const field = useRef<HTMLInputElement>(null);
  const typed = begunFor(conversation);
  const { choices = [] } = drafts.of(conversation).value;
  const shown = open.value || choices.length > 0 || typed.value !== '';
  const toField = useSignal(false);
  useLayoutEffect(() => {
    // The button that was pressed is gone, or was that beside the field; where there were five, the field is there again.
    if (toField.peek()) field.current?.focus();
    toField.value = false;
  }, [choices.length]);
  useLayoutEffect(() => {
    if (open.value) field.current?.focus();
  }, [open.value]);
  if (!shown) return null;

  const put = (next: string[]) => drafts.write(conversation, { choices: next.length > 0 ? next : undefined });
  const add = () => {
    const answer = typed.peek().trim().replaceAll(/\s+/g, ' ');
    if (!answer) return;
    // With the last character the row may go, and with the first answer it stays.
    if (!choices.includes(answer)) put([...choices, answer]);
    typed.value = '';
    if (!choices.includes(answer) && choices.length + 1 === most) leave();
    else field.current?.focus();
  };
  const remove = (answer: string) => {
    open.value = true;
    put(choices.filter((each) => each !== answer));
    toField.value = true;
  };
  return (
    <div class="quick-replies" role="group" aria-label={t.answers}>
      {choices.map((answer) => (
        <button
          key={answer}
          type="button"
          class="tag quick-reply"
          aria-label={t.remove({ answer })}
          title={t.remove({ answer })}
          onClick={() => remove(answer)}
        >
          <span dir="auto">{answer}</span> <Icon name="close" />
        </button>
      ))}
      {choices.length < most && (
        <>
          <input
            ref={field}
            type="text"
            dir="auto"
            maxLength={longest}
            aria-label={t.answer}
            aria-describedby={hint}
            placeholder={t.placeholder}
            value={typed.value}
            onInput={({ currentTarget: { value } }) => (typed.value = value)}
            onKeyDown={(event) => {
              if (composing(event)) return;
              if (event.key === 'Enter') {
                event.preventDefault();
                if (typed.peek().trim()) add();
                else leave();
              } else if (event.key === 'Escape') {
                event.preventDefault();
                typed.value = '';
                open.value = false;
                leave();
              }
            }}
          />
          <button
            type="button"
            class="button small"
            aria-label={t.addAnswer}
            disabled={!typed.value.trim()}
            onClick={add}
          >
            {t.add}
          </button>
          <span class="hint" id={hint}>
            {t.hint({ most })}
          </span>
        </>
      )}
      <span class="out-of-sight" role="status">
        {t.number({ number: choices.length })}
      </span>
    </div>
  );
}
