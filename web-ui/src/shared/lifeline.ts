import type { Connection } from './connection';

/**
 * Tells the connection what the browser knows about the network, and when a page wakes up.
 *
 * @param until stops it; without a signal, it runs for the lifetime of the page
 */
export function watchBrowser(connection: Connection, until?: AbortSignal): void {
  const listening = { signal: until };
  window.addEventListener('offline', () => connection.lost(), listening);
  window.addEventListener('online', () => connection.back(), listening);
  // After waking up, it is unknown whether the socket has survived.
  const awake = () => {
    if (document.visibilityState === 'visible') connection.wake();
  };
  document.addEventListener('visibilitychange', awake, listening);
  document.addEventListener('resume', awake, listening);
  window.addEventListener('focus', awake, listening);
  const back = ({ persisted }: PageTransitionEvent) => {
    // A page restored from the back-forward cache has lost its sockets, even if it was not notified.
    if (persisted) connection.renew();
  };
  window.addEventListener('pageshow', back, listening);
  (navigator as { connection?: EventTarget }).connection?.addEventListener('change', awake, listening);
  // Affects only the notice: a nearby server may well be reachable, and is tried immediately.
  connection.offline.value = !navigator.onLine;
}
