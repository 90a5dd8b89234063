import type { Wire } from '../shared/connection';
import type { Scene } from '../shared/preview';
import type { CustomerEvent, CustomerIn, CustomerOut } from '../shared/frames';
import { sampleTexts } from './sample-texts';

const conversation = '00000000-0000-4000-8000-000000000000';

/** A conversation as it could have been, in the language of the page. */
function said(scene: Scene): CustomerEvent[] {
  if (scene === 'before') return [];
  const t = sampleTexts();
  const agent = { kind: 'agent' as const, name: t.agent };
  const told: Omit<CustomerEvent, 'type' | 'sequence' | 'at'>[] = [
    { kind: 'message', author: { kind: 'customer' }, text: t.question },
    { kind: 'assignee', author: agent, assignee: t.agent },
    { kind: 'message', author: agent, text: t.answer, choices: [t.thanks, t.more] },
  ];
  if (scene === 'after') told.push({ kind: 'status', author: agent, status: 'resolved' });
  return told.map((event, index) => ({
    type: 'event',
    sequence: index + 1,
    at: minutesAgo(5 - index),
    ...event,
  }));
}

function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

/** In place of a server: whatever is written is answered here, and goes nowhere. */
export class SampleWire implements Wire {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  private last = 0;

  constructor(
    private readonly scene: Scene,
    private readonly maxTextLength: number,
  ) {
    queueMicrotask(() => this.onopen?.());
  }

  send(text: string): void {
    const frame = JSON.parse(text) as CustomerIn;
    // As from a network: never before what has sent it is done.
    queueMicrotask(() => this.hear(frame));
  }

  close(): void {
    this.onmessage = null;
  }

  private hear(frame: CustomerIn): void {
    switch (frame.type) {
      case 'hello':
        return this.welcome();
      case 'ping':
        return this.say({ type: 'pong' });
      case 'send': {
        const { id, text, attachments } = frame;
        const at = new Date().toISOString();
        this.last += 1;
        const stored = { sequence: this.last, at };
        const author = { kind: 'customer' as const };
        this.say({ type: 'event', ...stored, kind: 'message', author, id, text, attachments });
        return this.say({ type: 'ack', id, ...stored, conversation });
      }
      case 'rate': {
        const { id, resolution, score, comment } = frame;
        const at = new Date().toISOString();
        this.say({ type: 'rated', conversation, resolution, score, comment });
        return this.say({ type: 'ack', id, sequence: resolution, at, conversation });
      }
      case 'form':
      case 'read':
      case 'typing':
      case 'visit':
        // Not answered by a server, either.
        return;
    }
  }

  private welcome(): void {
    const events = said(this.scene);
    this.last = events.length;
    const { maxTextLength } = this;
    const known =
      events.length > 0
        ? {
            conversation,
            status: this.scene === 'after' ? ('resolved' as const) : ('open' as const),
            assignee: sampleTexts().agent,
          }
        : {};
    this.say({
      type: 'welcome',
      ...known,
      last: this.last,
      customerRead: this.last,
      agentRead: this.last,
      agentsOnline: true,
      maxTextLength,
    });
    for (const event of events) this.say(event);
  }

  private say(frame: CustomerOut): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}
