import type { Host } from './host';
import { widgetTexts } from './texts';

/** Whether this browser keeps anything for us; many keep nothing for frames of other sites. */
export function keepsSomething(): boolean {
  try {
    localStorage.setItem('replyloop.widget', 'kept');
    localStorage.removeItem('replyloop.widget');
    return true;
  } catch {
    return false;
  }
}

/** Says what will be lost. With a voucher of the page's own site the conversation is found again all the same. */
export function NotKept({ host }: { host: Host }) {
  const t = widgetTexts();
  if (keepsSomething()) return null;
  return <p class="not-kept">{host.identified.value ? t.draftNotKept : t.nothingKept}</p>;
}
