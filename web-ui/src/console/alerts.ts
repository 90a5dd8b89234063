import { effect, signal, untracked } from '@preact/signals';
import type { Summary } from '../shared/frames';
import { mentions } from '../shared/mention-text';
import { recall, remember } from '../shared/storage';
import { alertTexts } from './alert-texts';
import { customerName } from './customer-name';
import { goTo } from './search';
import type { Workspace } from './workspace';

/**
 * What an agent wants to hear of: a customer's message in a conversation of theirs, or in one that nobody has taken; a
 * conversation that they are given; and a note that mentions them.
 */
export const occasions = ['mine', 'unassigned', 'given', 'mentioned'] as const;
export type Occasion = (typeof occasions)[number];

const soundKey = (occasion: Occasion) => `replyloop.console.sound-off.${occasion}`;
const desktopKey = 'replyloop.console.desktop';
/** Several messages at once are one sound. */
const quietFor = 2_000;
/** What happened longer ago was told before, or to a colleague. */
const newFor = 15_000;

export const sounds: Record<Occasion, ReturnType<typeof signal<boolean>>> = {
  mine: signal<boolean>(recall(soundKey('mine')) === undefined),
  unassigned: signal<boolean>(recall(soundKey('unassigned')) === undefined),
  given: signal<boolean>(recall(soundKey('given')) === undefined),
  mentioned: signal<boolean>(recall(soundKey('mentioned')) === undefined),
};

export function switchSound(occasion: Occasion, on: boolean): void {
  sounds[occasion].value = on;
  remember(soundKey(occasion), on ? undefined : 'off');
}

export type Desktop = 'on' | 'off' | 'denied' | 'unsupported';

function allowed(): Desktop {
  if (!('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && recall(desktopKey) !== undefined ? 'on' : 'off';
}

/** Off until the agent asks for it, since the browser asks, too. */
export const desktop = signal<Desktop>(allowed());

export async function switchDesktop(on: boolean): Promise<void> {
  if ('Notification' in window && on && Notification.permission === 'default')
    await Notification.requestPermission();
  remember(desktopKey, on ? 'on' : undefined);
  desktop.value = allowed();
}

interface Known {
  text: string | undefined;
  waitingSince: string | undefined;
  holder: string | undefined;
  sequence: number;
}

/** Tells messages of customers from everything else that moves a line of the inbox. */
export class Occasions {
  private readonly known = new Map<string, Known>();
  /** Conversations that this agent is about to take, which nobody has to tell them. */
  private readonly taking = new Set<string>();
  /** Conversations with a note that mentions this agent, who has not seen it. */
  private readonly mentioning = new Set<string>();

  constructor(private readonly me: string) {}

  takes(conversation: string): void {
    this.taking.add(conversation);
  }

  /**
   * An answer to what is open and nobody has takes it.
   *
   * @param listed the line that the inbox has shown so far
   */
  answers(conversation: string, listed?: Summary): void {
    // Those that are known are open.
    const known = this.known.get(conversation);
    const isFree = known ? !known.holder : listed?.status !== 'resolved' && !listed?.assignee;
    if (isFree) this.taking.add(conversation);
  }

  /** The answer was refused. */
  doesNotAnswer(conversation: string): void {
    this.taking.delete(conversation);
  }

  /** @param listed the line that the inbox has shown so far */
  of(summary: Summary, now: number, listed?: Summary): Occasion | undefined {
    const happened = this.ofCustomer(summary, now, listed);
    return this.isMentioned(summary, now, listed) ? 'mentioned' : happened;
  }

  private isMentioned({ id, triage, updatedAt }: Summary, now: number, listed?: Summary): boolean {
    const before = this.mentioning.has(id) || mentions(this.me, listed?.triage);
    if (!mentions(this.me, triage)) {
      this.mentioning.delete(id);
      return false;
    }
    this.mentioning.add(id);
    return !before && now - Date.parse(updatedAt) < newFor;
  }

  private ofCustomer(summary: Summary, now: number, listed?: Summary): Occasion | undefined {
    const {
      id,
      status,
      lastAuthor,
      lastText,
      lastSequence,
      waitingSince,
      assignee,
      updatedAt,
      customer,
      triage,
    } = summary;
    const before = this.known.get(id);
    if (status === 'open')
      this.known.set(id, { text: lastText, waitingSince, holder: assignee?.id, sequence: lastSequence });
    else this.known.delete(id);
    const holder = before ? before.holder : listed?.assignee?.id;
    const isMine = assignee?.id === this.me;
    const isGiven = isMine && holder !== this.me && !this.taking.delete(id);
    const isKnown = before !== undefined || listed !== undefined;
    if (isGiven && isKnown && status === 'open') return 'given';
    const isRecent = now - Date.parse(updatedAt) < newFor;
    if (isGiven && isRecent && status === 'open' && !waitingSince) return 'given';
    if (status !== 'open' || lastAuthor !== 'customer' || !waitingSince || customer.blocked) return undefined;
    if (triage?.spam || triage?.snoozedUntil) return undefined;
    const isNew = before
      ? before.text !== lastText ||
        before.waitingSince !== waitingSince ||
        // The same words once more; a note of a colleague looks the same, and is worth a look, too.
        (before.sequence < lastSequence && before.holder === assignee?.id)
      : isRecent;
    if (!isNew) return undefined;
    if (!assignee) return 'unassigned';
    return isMine ? 'mine' : undefined;
  }
}

/** Until the result is called. */
export function alertOf(workspace: Workspace): () => void {
  const occasions = new Occasions(workspace.me.id);
  let quietUntil = 0;
  workspace.inbox.heard = (summary) => {
    const occasion = occasions.of(summary, Date.now(), workspace.inbox.find(summary.id));
    const isInSight = document.visibilityState === 'visible' && document.hasFocus();
    if (!occasion || (isInSight && workspace.selected.peek() === summary.id)) return;
    if (sounds[occasion].peek() && Date.now() >= quietUntil) {
      quietUntil = Date.now() + quietFor;
      void soundOnce();
    }
    if (desktop.peek() === 'on' && !isInSight) notify(workspace, summary, occasion);
  };
  const stopTaking = effect(() => {
    for (const { frame, refused, heldUntil } of workspace.client.outbox.entries.value)
      if (frame.type === 'take') occasions.takes(frame.conversation);
      else if (frame.type === 'send' && refused) occasions.doesNotAnswer(frame.conversation);
      else if (frame.type === 'send' && heldUntil === undefined)
        occasions.answers(
          frame.conversation,
          untracked(() => workspace.inbox.find(frame.conversation)),
        );
  });
  const stopBadge = effect(() => showBadge(workspace.inbox.counts.value?.waiting ?? 0));
  return () => {
    workspace.inbox.heard = undefined;
    stopBadge();
    stopTaking();
  };
}

function notify(workspace: Workspace, summary: Summary, occasion: Occasion): void {
  let shown: Notification;
  try {
    // With the same tag, further messages and other tabs replace it instead of adding to it.
    const name = customerName(summary);
    const title = {
      given: alertTexts().givenTo({ name }),
      mentioned: alertTexts().mentionedIn({ name }),
      mine: name,
      unassigned: name,
    }[occasion];
    shown = new Notification(title, {
      body: summary.lastText,
      tag: summary.id,
      icon: '/favicon.svg',
    });
  } catch {
    // Browsers of phones have the constructor and refuse to use it.
    desktop.value = 'unsupported';
    return;
  }
  shown.onclick = () => {
    window.focus();
    goTo(workspace, summary.id);
    shown.close();
  };
}

/** Of several tabs, one is heard. */
async function soundOnce(): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) {
    playSound();
    return;
  }
  await locks.request('replyloop.console.sound', { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    playSound();
    await new Promise((done) => setTimeout(done, quietFor / 2));
  });
}

let audio: AudioContext | undefined;

/** Two soft tones, made here: nothing to load. */
export function playSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
    const from = audio.currentTime;
    for (const [tone, start] of [
      [660, 0],
      [880, 0.14],
    ] as const) {
      const oscillator = audio.createOscillator();
      const volume = audio.createGain();
      oscillator.frequency.value = tone;
      volume.gain.setValueAtTime(0.0001, from + start);
      volume.gain.exponentialRampToValueAtTime(0.12, from + start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + start + 0.35);
      oscillator.connect(volume).connect(audio.destination);
      oscillator.start(from + start);
      oscillator.stop(from + start + 0.4);
    }
  } catch {
    // A machine without a sound device: there are the title and the inbox.
  }
}

/** The number of those who wait, on the icon of the tab. */
function showBadge(waiting: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  if (!link) return;
  link.href = waiting ? `data:image/svg+xml,${encodeURIComponent(badge(waiting))}` : '/favicon.svg';
}

export function badge(waiting: number): string {
  const text = waiting > 99 ? '99+' : String(waiting);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#b3261e"/><text x="16" y="22" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${String(text.length > 2 ? 13 : 18)}" fill="#fff">${text}</text></svg>`;
}

export function deniedText(state: Desktop): string | undefined {
  const t = alertTexts();
  return { denied: t.denied, unsupported: t.unsupported, on: undefined, off: undefined }[state];
}
