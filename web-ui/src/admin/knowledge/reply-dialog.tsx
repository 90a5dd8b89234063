import { Dialog } from '../../shared/dialog';
import type { Reply } from '../rest';
import { knowledgeTexts } from './knowledge-texts';
import type { Proposed } from './proposal';
import { ReplyForm } from './reply-form';

interface ReplyDialogProps {
  reply?: Reply;
  /** What a new one begins with. */
  proposed?: Proposed;
  closed: () => void;
  saved: () => Promise<void>;
  /** Opens a reply that says the same in place of this form. */
  instead: (reply: string) => void;
}

/** The form of a reply above another page; it is done once it is saved. */
export function ReplyDialog({ reply, proposed, closed, saved, instead }: ReplyDialogProps) {
  const t = knowledgeTexts();
  const stored = async (_: Reply, isDone: boolean) => {
    if (!isDone) return;
    await saved();
    closed();
  };
  return (
    <Dialog label={reply ? t.editReply : t.newReply} class="wide-dialog" closed={closed}>
      <ReplyForm reply={reply} proposed={proposed} stored={stored} instead={instead} />
    </Dialog>
  );
}
