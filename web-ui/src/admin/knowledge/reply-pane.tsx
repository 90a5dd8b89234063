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
import { ReplyForm } from './reply-form';
import { versionTexts } from './version-texts';
import { Versions } from './versions';

interface ReplyPaneProps {
  /** Absent for a new one. */
  id: string | undefined;
  kept: KeptReplies;
  /** Without what is typed being lost. */
  back: () => void;
  closed: () => void;
  stored: (reply: Reply) => void;
  instead: (reply: string) => void;
}

/** A reply beside the list, or in place of it where there is no room for both. */
export function ReplyPane({ id, kept, back, closed, stored, instead }: ReplyPaneProps) {
  const t = knowledgeTexts();
  const part = useRef<HTMLElement>(null);
  // A new one is given an id when it is stored, which changes nothing of the form.
  const { current: opened } = useRef(id);
  // As it is now, not as it was when the list was loaded.
  const loaded = useLoaded(() => (opened ? request<Reply>(`/api/replies/${opened}`) : Promise.resolve(undefined)));
  useLayoutEffect(() => part.current?.focus(), []);
  const before = useRef(kept.of(opened ?? newReply));
  const reply = loaded.value.value;
  const discard = () => {
    kept.keep(id ?? newReply, undefined);
    closed();
  };
  return (
    <Leavable part={part} label={id ? t.editReply : t.newReply} class="card reply-pane" closed={discard}>
      {opened && !reply ? (
        <>
          <BackButton back={back} />
          <Waiting loaded={loaded} />
        </>
      ) : (
        <ReplyForm
          reply={reply}
          kept={before.current}
          typed={(typed, stored) => kept.keep(stored ?? newReply, typed)}
          stored={(fresh) => {
            if (!opened) kept.keep(newReply, undefined);
            stored(fresh);
            return Promise.resolve();
          }}
          instead={instead}
          parts={(shown, anew) => (
            <Versions
              reply={shown}
              restored={(fresh) => {
                anew(fresh, versionTexts().restored({ version: fresh.version }));
                stored(fresh);
              }}
            />
          )}
        >
          <BackButton back={back} />
        </ReplyForm>
      )}
    </Leavable>
  );
}

const newReply = 'new';

function BackButton({ back }: { back: () => void }) {
  return (
    <button type="button" class="button small back-to-list" onClick={back}>
      <Icon name="back" /> {editorTexts().toList}
    </button>
  );
}
