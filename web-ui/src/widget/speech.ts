import { effect } from '@preact/signals';
import {
  browserLanguage,
  chooseLanguage,
  language,
  speak,
  speakIfPossible,
  startLanguage,
  supported,
  type Language,
} from '../shared/language';
import { directionAround, facts } from '../shared/messages';
import { recall, remember } from '../shared/storage';
import type { Host } from './host';

const key = 'replyloop.widget.language';

/**
 * The chat follows the language of the surrounding page, also when that changes, unless the person has chosen another
 * one: that choice is kept as long as the page's language stays the same.
 */
export async function speakLike(host: Host): Promise<void> {
  effect(() => {
    // English on a page from right to left is laid out like the page; its sentences are still read from the left.
    directionAround.value = host.fromRight.value ? 'rtl' : undefined;
    document.documentElement.dir = directionAround.peek() ?? facts(language.value).direction;
  });
  if (!host.embedded) return startLanguage(host.language.peek());
  let spoken = Promise.resolve();
  effect(() => {
    const page = supported(host.language.value) ?? browserLanguage();
    const [then, chosen] = (recall(key) ?? '').split('>');
    spoken = speak((then === page && supported(chosen)) || page);
  });
  return spoken;
}

export function chooseBeside(host: Host, chosen: Language): void {
  if (!host.embedded) return chooseLanguage(chosen);
  const page = supported(host.language.peek()) ?? browserLanguage();
  remember(key, chosen === page ? undefined : `${page}>${chosen}`);
  speakIfPossible(chosen);
}
