import type { AgentClient } from '../shared/agent';
import type { Attachment } from '../shared/frames';
import { Uploads, type KeptFiles } from '../shared/uploads';
import type { Drafts } from './drafts';

/** The files that an agent is attaching, for each conversation; those that the server has are part of its draft. */
export class ThreadUploads {
  private readonly known = new Map<string, Uploads>();

  constructor(
    private readonly drafts: Drafts,
    private readonly client: () => AgentClient,
  ) {}

  of(conversation: string): Uploads {
    const known = this.known.get(conversation);
    if (known) return known;
    const made = new Uploads({
      limits: this.client().attachmentLimits,
      kept: keptIn(this.drafts, conversation),
      conversation,
    });
    this.known.set(conversation, made);
    return made;
  }
}

function keptIn(drafts: Drafts, conversation: string): KeptFiles {
  const draft = drafts.of(conversation);
  return {
    get value() {
      return draft.value.attachments ?? [];
    },
    set value(attachments) {
      drafts.write(conversation, { attachments });
    },
    peek: () => draft.peek().attachments ?? [],
  };
}

export function withFiles(attachments: Attachment[]): { attachments?: Attachment[] } {
  return attachments.length > 0 ? { attachments } : {};
}
