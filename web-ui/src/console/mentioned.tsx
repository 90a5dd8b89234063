import { Linked } from '../shared/links';
import { mentionParts, type Named } from '../shared/mention-text';

/** The text of a note, with the names of those whom it mentions marked. */
export function Mentioned({ text, people, me }: { text: string; people: Named[]; me: string }) {
  return (
    <>
      {mentionParts(text, people).map((part, index) =>
        typeof part === 'string' ? (
          <Linked key={index} text={part} />
        ) : (
          <span key={index} class={part.id === me ? 'mention me' : 'mention'}>
            @{part.name}
          </span>
        ),
      )}
    </>
  );
}
