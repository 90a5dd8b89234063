import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { composing } from '../shared/composer';
import { Icon } from '../shared/team-icons';
import type { Drafts } from './drafts';
import { quickRepliesTexts } from './quick-replies-texts';

/** As the server has it. */
const most = 5;
const longest = 60;

/** Opens the row in which answers are offered; with some in it, it stays open. */
export function OfferButton({ open, choices }: { open: Signal<boolean>; choices: string[] }) {
  const t = quickRepliesTexts();
  return (
    <button
      type="button"
      class="button quiet icon"
      aria-label={t.offer}
      title={t.offer}
      aria-expanded={open.value || choices.length > 0}
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
  const typed = useSignal('');
  const { choices = [] } = drafts.of(conversation).value;
  const shown = open.value || choices.length > 0;
  const toField = useSignal(false);
  useLayoutEffect(() => {
    // The button that was pressed is gone; where there were five, the field is there again.
    if (toField.peek()) field.current?.focus();
    toField.value = false;
  }, [choices.length]);
  useEffect(() => {
    if (open.value) field.current?.focus();
  }, [open.value]);
  if (!shown) return null;

  const put = (next: string[]) => drafts.write(conversation, { choices: next.length > 0 ? next : undefined });
  const add = () => {
    const answer = typed.peek().trim().replaceAll(/\s+/g, ' ');
    if (!answer) return;
    typed.value = '';
    if (choices.includes(answer) || choices.length >= most) return;
    put([...choices, answer]);
    if (choices.length + 1 === most) leave();
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
            onBlur={add}
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
