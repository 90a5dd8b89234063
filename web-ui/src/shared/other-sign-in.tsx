import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { request } from './api';
import { messages, named } from './messages';
import type { components } from './rest';

type Ways = components['schemas']['WaysToSignIn'] & { mails: boolean };
type Mails = components['schemas']['PasswordMails'];

const refusalTexts = messages<'team/single-sign-on'>(
  import.meta.glob('../messages/*/team/single-sign-on.json', { import: 'default' }),
);

const parameter = 'single-sign-on';

/** Where the way through the provider begins; it ends on this page. */
function start(): string {
  const { pathname, search, hash } = location;
  const query = new URLSearchParams(search);
  query.delete(parameter);
  const rest = query.toString();
  const to = `${pathname}${rest && `?${rest}`}${hash}`;
  return `/api/session/single-sign-on/start?to=${encodeURIComponent(to)}`;
}

/** Why whoever comes back from the provider is not signed in, in the page's language; said until they leave the page. */
export function useRefusedThere(): () => string | undefined {
  const why = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const address = new URL(location.href);
    why.value = address.searchParams.get(parameter) ?? undefined;
    if (!why.peek()) return;
    // A page that is loaded anew, or kept as a bookmark, has nothing to do with it any more.
    address.searchParams.delete(parameter);
    history.replaceState(history.state, '', address);
  }, []);
  return () => {
    const t = refusalTexts();
    return why.value && (named(t, why.value) ?? t.failed);
  };
}

const passwordsAlone: Ways = { passwordsFor: 'everybody', mails: false };

/** After this long nobody waits for another way in: the form for a password is there meanwhile. */
const patienceMillis = 500;

/**
 * How the team signs in; undefined for the moment until that is known, so that nothing moves under the pointer. With
 * passwords where it cannot be known.
 */
export function useWays():
  { provider?: string; passwords: boolean; mails: boolean; start: string } | undefined {
  const ways = useSignal<Ways | undefined>(undefined);
  useEffect(() => {
    const gone = new AbortController();
    const otherwise = () => (ways.value ??= passwordsAlone);
    const timer = setTimeout(otherwise, patienceMillis);
    // Where it fails, the form says so when somebody uses it.
    Promise.all([
      request<Omit<Ways, 'mails'>>('/api/session/single-sign-on', { signal: gone.signal }),
      // Where this cannot be learned, there is an admin to ask, as without mails.
      request<Mails>('/api/forgotten-passwords', { signal: gone.signal }).catch(() => ({ offered: false })),
    ])
      .then(([found, { offered }]) => (ways.value = { ...found, mails: offered }))
      .catch(otherwise);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, []);
  if (!ways.value) return undefined;
  const { provider, passwordsFor, mails } = ways.value;
  return { provider, passwords: passwordsFor !== 'nobody', mails, start: start() };
}
