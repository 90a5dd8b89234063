import type { Connection } from './connection';

/** Tells the connection what the browser knows about the network, and when a page wakes up. */
export function watchBrowser(connection: Connection): void {
  window.addEventListener('offline', () => connection.lost());
  window.addEventListener('online', () => connection.back());
  // Waking up, nobody knows whether the socket has outlived the sleep.
  const awake = () => {
    if (document.visibilityState === 'visible') connection.wake();
  };
  document.addEventListener('visibilitychange', awake);
  document.addEventListener('resume', awake);
  window.addEventListener('focus', awake);
  window.addEventListener('pageshow', ({ persisted }) => {
    // A page that comes back from the browser's memory has lost its sockets, even where it was not told.
    if (persisted) connection.renew();
  });
  (navigator as { connection?: EventTarget }).connection?.addEventListener('change', awake);
  // Only something to say: a server that is near may well be reached, and is tried at once.
  connection.offline.value = !navigator.onLine;
}
