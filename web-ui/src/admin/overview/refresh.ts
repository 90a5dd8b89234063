import { useEffect } from 'preact/hooks';
import { sessionEnded } from '../../shared/api';

/**
 * Does it again every so often while somebody can see the page, and at once when they come back to it.
 * Not once the session has ended: to sign in again is asked for by what somebody does, and by nothing else.
 */
export function useRefreshed(act: () => Promise<void>, everyMillis: number): void {
  useEffect(() => {
    let last = Date.now();
    let running = false;
    const look = () => {
      if (document.hidden || running || sessionEnded.peek() || Date.now() - last < everyMillis) return;
      running = true;
      void act().finally(() => {
        last = Date.now();
        running = false;
      });
    };
    const timer = setInterval(look, Math.min(everyMillis, 1_000));
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [act, everyMillis]);
}
