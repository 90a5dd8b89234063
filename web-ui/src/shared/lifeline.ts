import type { Connection } from './connection';

/**
 * Tells the connection what the browser knows about the network, and when a page wakes up.
 *
 * @param until ends it; without one it goes on as long as the page
 */
export function watchBrowser(connection: Connection, until?: AbortSignal): void {
  const listening = { signal: until };
  window.addEventListener('offline', () => connection.lost(), listening);
  window.addEventListener('online', () => connection.back(), listening);
  // Waking up, nobody knows whether the socket has outlived the sleep.
  const awake = () => {
    if (document.visibilityState === 'visible') connection.wake();
  };
  document.addEventListener('visibilitychange', awake, listening);
  document.addEventListener('resume', awake, listening);
  window.addEventListener('focus', awake, listening);
  const back = ({ persisted }: PageTransitionEvent) => {
    // A page that comes back from the browser's memory has lost its sockets, even where it was not told.
    if (persisted) connection.renew();
  };
  window.addEventListener('pageshow', back, listening);
  (navigator as { connection?: EventTarget }).connection?.addEventListener('change', awake, listening);
  // Only something to say: a server that is near may well be reached, and is tried at once.
  connection.offline.value = !navigator.onLine;
}
