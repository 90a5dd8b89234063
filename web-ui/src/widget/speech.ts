import { effect } from '@preact/signals';
import {
  browserLanguage,
  chooseLanguage,
  speak,
  startLanguage,
  supported,
  type Language,
} from '../shared/language';
import { recall, remember } from '../shared/storage';
import type { Host } from './host';

const key = 'replyloop.widget.language';

/**
 * The chat speaks as the page around it does, also when the page changes its language, unless the person has chosen
 * another one here: that holds for as long as the page speaks as it did then.
 */
export function speakLike(host: Host): void {
  if (!host.embedded) return startLanguage(host.language.peek());
  effect(() => {
    const page = supported(host.language.value) ?? browserLanguage();
    const [spoken, chosen] = (recall(key) ?? '').split('>');
    speak((spoken === page && supported(chosen)) || page);
  });
}

export function chooseBeside(host: Host, chosen: Language): void {
  if (!host.embedded) return chooseLanguage(chosen);
  const page = supported(host.language.peek()) ?? browserLanguage();
  remember(key, chosen === page ? undefined : `${page}>${chosen}`);
  speak(chosen);
}
