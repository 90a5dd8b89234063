import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CustomerClient, CustomerEntry } from '../shared/customer';
import '../shared/choices.css';
import { choicesTexts } from './choices-texts';

/** Beneath the message that offers them, until somebody has answered or the conversation has moved on. */
export function Choices({ client, entry }: { client: CustomerClient; entry: CustomerEntry }) {
  const offer = client.offer.value;
  return offer && offer.sequence === entry.sequence ? <Buttons client={client} {...offer} /> : null;
}

function Buttons({ client, choices }: { client: CustomerClient; choices: string[] }) {
  const group = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const here = group.current;
    // They go by themselves, too; the focus must not be lost with them.
    return () => {
      if (here?.contains(document.activeElement))
        here.closest<HTMLElement>('.messages')?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div class="short-answers" role="group" aria-label={choicesTexts().choices} ref={group}>
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          class="short-answer"
          dir="auto"
          onClick={() => client.answer(choice)}
        >
          {choice}
        </button>
      ))}
    </div>
  );
}
