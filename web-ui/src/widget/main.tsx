import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { Problem, request } from '../shared/api';
import { webSocket } from '../shared/connection';
import { CustomerClient } from '../shared/customer';
import { startLanguage } from '../shared/language';
import { recall, remember, storedOutbox } from '../shared/storage';
import '../shared/theme.css';
import { Chat, type SiteLook } from './chat';
import { paint } from './colour';
import { Host } from './host';
import { CustomerSession } from './session';
import { widgetTexts } from './texts';
import './widget.css';

const query = new URLSearchParams(location.search);
const site = query.get('site') ?? '';
const host = new Host(query.get('origin'));
const app = document.getElementById('app');
const outboxKey = `replyloop.widget.${site}.outbox`;
const draftKey = `replyloop.widget.${site}.draft`;

startLanguage(query.get('language'));
if (app) void start(app);

async function start(app: HTMLElement): Promise<void> {
  let look: SiteLook;
  try {
    look = await request<SiteLook>('/api/widget', { query: { site } });
  } catch (problem) {
    const unknown = problem instanceof Problem && (problem.status === 400 || problem.status === 404);
    render(<Failure unknown={unknown} again={() => void start(app)} />, app);
    return;
  }
  paint(look.color);
  talk(app, look);
}

function talk(app: HTMLElement, look: SiteLook): void {
  let session: CustomerSession | undefined;
  const client = new CustomerClient({
    open: webSocket('/ws/customer'),
    token: (refused) =>
      session?.token(refused) ?? Promise.reject(new Error('the page has not said who writes')),
    store: storedOutbox(outboxKey),
  });
  const draft = signal(recall(draftKey) ?? '');
  effect(() => remember(draftKey, draft.value));
  const forget = () => {
    client.outbox.clear();
    draft.value = '';
  };
  host.listen((identity) => {
    if (session) {
      if (session.identify(identity)) client.reset();
      return;
    }
    session = new CustomerSession(site, identity, forget);
    client.connection.start();
    // Not earlier: what the last visitor has left behind is not to be seen before it is known who this one is.
    render(<Chat client={client} look={look} host={host} draft={draft} />, app);
  });
  window.addEventListener('online', () => client.connection.retryNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') client.connection.retryNow();
  });
  effect(() => host.unread(host.shown.value ? 0 : client.unread.value));
}

function Failure({ unknown, again }: { unknown: boolean; again: () => void }) {
  const t = widgetTexts();
  return (
    <main class="failure">
      <p role="alert">{unknown ? t.unknownSite : t.cannotLoad}</p>
      <div class="row">
        {!unknown && (
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
