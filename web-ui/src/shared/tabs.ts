import { newId } from './ids';

const idKey = 'replyloop.tab';
/** Long enough for a busy tab: if it were considered closed, its draft would appear twice. */
const answersWithin = 1_500;

interface Call {
  who?: true;
  here?: string;
}

/**
 * This tab's id. It survives a reload: it is put into session storage when the page is left and removed when the next
 * one starts, because a duplicated tab gets a copy of that storage and must not have the same id.
 */
function takeId(): string {
  const leave = (id: string | undefined) => {
    try {
      if (id === undefined) sessionStorage.removeItem(idKey);
      else sessionStorage.setItem(idKey, id);
    } catch {
      // Without storage, the tab gets a new id after a reload.
    }
  };
  let known: string | null = null;
  try {
    known = sessionStorage.getItem(idKey);
  } catch {
    // As above.
  }
  const id = known ?? newId();
  leave(undefined);
  window.addEventListener('pagehide', () => leave(id));
  window.addEventListener('pageshow', () => leave(undefined));
  return id;
}

let own: { id: string; channel: BroadcastChannel | undefined } | undefined;

function enter() {
  if (own) return own;
  const id = takeId();
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('replyloop.tabs') : undefined;
  channel?.addEventListener('message', ({ data }: MessageEvent<Call>) => {
    if (data.who) channel.postMessage({ here: id });
  });
  own = { id, channel };
  return own;
}

export function tabId(): string {
  return enter().id;
}

/** The ids of the other tabs that respond. A sleeping tab does not, so its draft may appear in two tabs. */
export async function livingTabs(): Promise<Set<string>> {
  const { channel } = enter();
  const living = new Set<string>();
  if (!channel) return living;
  const hear = ({ data }: MessageEvent<Call>) => {
    if (data.here !== undefined) living.add(data.here);
  };
  channel.addEventListener('message', hear);
  channel.postMessage({ who: true });
  await new Promise((done) => setTimeout(done, answersWithin));
  channel.removeEventListener('message', hear);
  return living;
}
