import type { AgentClient } from '../shared/agent';
import type { Attachment } from '../shared/frames';
import { withCommas } from '../shared/language';
import type { KeptFiles } from '../shared/uploads';
import { Files } from '../thread/files';
import type { Drafts } from './drafts';

/** The files that an agent is attaching, for each conversation; those that the server has are part of its draft. */
export class ThreadFiles {
  private readonly known = new Map<string, Files>();

  constructor(
    private readonly drafts: Drafts,
    private readonly client: () => AgentClient,
  ) {}

  of(conversation: string): Files {
    const known = this.known.get(conversation);
    if (known) return known;
    const made = new Files({
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

/** In place of a text that there is none of. */
export function namesOf(files: Attachment[] | undefined): string {
  return withCommas((files ?? []).map(({ name }) => name));
}

export function withFiles(attachments: Attachment[]): { attachments?: Attachment[] } {
  return attachments.length > 0 ? { attachments } : {};
}
