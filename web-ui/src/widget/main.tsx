import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { Problem, request } from '../shared/api';
import { saysWhatIsMissing, whenReadable } from '../shared/browser';
import { webSocket } from '../shared/connection';
import { CustomerClient } from '../shared/customer';
import { DraftStore, joined } from '../shared/draft-store';
import type { KeptFile } from '../shared/uploads';
import type { CustomerIn, Frame } from '../shared/frames';
import { watchBrowser } from '../shared/lifeline';
import { keeping, storedOutbox, tryStorage } from '../shared/storage';
import { followKeyboard } from '../shared/viewport';
import '../shared/tokens.css';
import '../shared/elements.css';
import '../shared/controls.css';
import { Files } from '../thread/files';
import { Chat, type SiteLook } from './chat';
import { paint } from './colour';
import { Host } from './host';
import { SiteHours } from './hours';
import { CustomerSession } from './session';
import { speakLike } from './speech';
import { showTheme } from './theme';
import { tellOf } from './told';
import { widgetTexts } from './texts';
import '../shared/bubble.css';
import './widget.css';

const query = new URLSearchParams(location.search);
const site = query.get('site') ?? '';
const host = new Host(query.get('origin'), query.get('language'), query.get('dir'));
/** Tells the team that the line in their page works. */
const embeddedIn = window.parent === window ? undefined : (query.get('origin') ?? undefined);
const outboxKey = `replyloop.widget.${site}.outbox`;
const draftKey = `replyloop.widget.${site}.draft`;
const color = query.get('color') ?? '';
const patience = 10_000;
/** How long to wait for the previous person's voucher; long enough for a request of the page to its own server. */
const waitsForVoucher = 5_000;
let attempts = 0;

showTheme(query.get('theme'));
paint(color);
tryStorage();
followKeyboard();
whenReadable(speakLike(host), (app) => {
  if (!saysWhatIsMissing(app)) void start(app);
});

async function start(app: HTMLElement): Promise<void> {
  const attempt = ++attempts;
  let look: SiteLook;
  const show = (state: State) => {
    if (attempt === attempts) render(<NoChat state={state} again={() => void start(app)} />, app);
  };
  show('loading');
  // A server that hangs does not report an error.
  const slow = setTimeout(() => show('failed'), patience);
  try {
    look = await request<SiteLook>('/api/widget', { query: { site, origin: embeddedIn } });
  } catch (problem) {
    const unknown = problem instanceof Problem && (problem.status === 400 || problem.status === 404);
    return show(unknown ? 'unknown' : 'failed');
  } finally {
    clearTimeout(slow);
  }
  if (attempt !== attempts) return;
  // A colour set by the page takes precedence, for the whole chat.
  paint(color || look.color);
  talk(app, look);
}

function talk(app: HTMLElement, look: SiteLook): void {
  let session: CustomerSession | undefined;
  let owner = '';
  const store = storedOutbox<Frame<CustomerIn, 'send'>>(outboxKey, () => owner);
  const drafts = new DraftStore<{ text: string; attachments?: KeptFile[] }>(
    draftKey,
    (text) => ({ text }),
    () => owner,
  );
  const draft = signal('');
  const hours = new SiteHours(
    look.hours,
    async () => (await request<SiteLook>('/api/widget', { query: { site } })).hours,
  );
  const kept = signal<KeptFile[]>([]);
  let files: Files | undefined;
  let client: CustomerClient | undefined;
  /** Whether the page has said who the customer is, whose attributes are no other's. */
  let wasIdentified = false;
  const forget = (next: string) => {
    owner = next;
    if (client) client.outbox.clear();
    else store.clear();
    drafts.clear();
    draft.value = '';
    files?.clear();
    kept.value = [];
  };
  const takeOver = () =>
    void drafts.takeOver((left) => {
      if (draft.peek().trim() || kept.peek().length > 0) return false;
      draft.value = joined(left.map(({ text }) => text));
      kept.value = left.flatMap(({ attachments = [] }) => attachments);
      return keeping.peek() === 'kept';
    });
  host.listen((identity, said) => {
    const leaves = wasIdentified;
    wasIdentified = identity !== undefined;
    if (session) {
      if (!session.identify(identity)) return;
      if (leaves) host.forgetAttributes();
      if (!client) return;
      client.reset();
      // What a page says of a visitor before it says who that is holds for them.
      client.visit(host.page.peek(), host.attributes.peek());
      takeOver();
      return;
    }
    const mine = new CustomerSession(site, identity, forget, said ? 0 : waitsForVoucher);
    session = mine;
    // Not earlier: the previous visitor's data must not be shown before it is known who this one is.
    void mine.known.then(() => begin(mine));
  });
  const begin = (mine: CustomerSession) => {
    owner = mine.owner;
    const made = new CustomerClient({
      open: webSocket('/ws/customer'),
      token: (refused) => mine.token(refused),
      store,
    });
    client = made;
    const own = drafts.own();
    draft.value = own?.text ?? '';
    kept.value = own?.attachments ?? [];
    effect(() => {
      const attachments = kept.value.length > 0 ? kept.value : undefined;
      drafts.keep(draft.value || attachments ? { text: draft.value, attachments } : undefined);
    });
    const bearer = async (refused: boolean) => ({ Authorization: `Bearer ${await mine.token(refused)}` });
    const madeFiles = new Files({ limits: made.attachmentLimits, kept, headers: bearer });
    files = madeFiles;
    takeOver();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') takeOver();
    });
    let connected = false;
    effect(() => {
      if (made.connection.health.value !== 'online') return;
      // After a break, the hours may have passed.
      if (connected) void hours.ask();
      connected = true;
    });
    tellOf(made, host);
    effect(() => made.visit(host.page.value, host.attributes.value));
    made.connection.start();
    watchBrowser(made.connection);
    const chat = { client: made, look, host, draft, files: madeFiles, hours, mayHaveWritten: mine.hasToken };
    render(<Chat {...chat} />, app);
    effect(() => {
      // Before that, it is unknown whether something is waiting.
      if (!made.caughtUp.value) return;
      const count = host.shown.value ? 0 : made.unread.value;
      const findable = keeping.value !== 'blocked' || host.identified.value;
      host.unread(count, findable && (count > 0 || awaitsAnswer(made)));
    });
  };
}

function awaitsAnswer(client: CustomerClient): boolean {
  const last = client.entries.value.filter(({ kind }) => kind === 'message').at(-1);
  return client.status.value === 'open' && last?.author.kind === 'customer';
}

type State = 'loading' | 'failed' | 'unknown';

/** Replaces the chat; it can be closed in any state, since it covers the page on a phone. */
function NoChat({ state, again }: { state: State; again: () => void }) {
  const t = widgetTexts();
  return (
    <main class={state === 'loading' ? 'failure loading' : 'failure'} aria-label={t.chat}>
      <h1 class="out-of-sight">{t.chat}</h1>
      <p role={state === 'loading' ? 'status' : 'alert'}>
        {{ loading: t.loadingChat, failed: t.cannotLoad, unknown: t.unknownSite }[state]}
      </p>
      <div class="row">
        {state === 'failed' && (
          <button type="button" class="button" onClick={again}>
            {t.retry}
          </button>
        )}
        {host.embedded && (
          <button type="button" class="button" onClick={() => host.close()}>
            {t.close}
          </button>
        )}
      </div>
    </main>
  );
}
