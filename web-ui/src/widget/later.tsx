import { useEffect, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { messagesLoaded } from '../shared/messages';

/**
 * A part of the chat that few visits need: its code is loaded when it is first shown, and nothing is there until then. If
 * it cannot be loaded, the chat goes on without it.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [, drawAgain] = useState(loaded !== undefined);
    useEffect(() => {
      if (loaded) return;
      void load().then(async (found) => {
        await messagesLoaded();
        loaded = found;
        drawAgain(true);
      });
    }, []);
    const Part = loaded;
    return Part ? <Part {...props} /> : null;
  };
}
