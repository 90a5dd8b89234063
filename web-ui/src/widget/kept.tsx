import { keeping } from '../shared/storage';
import type { Host } from './host';
import { widgetTexts } from './texts';

/** Says what will be lost. With a voucher of the site, the conversation can be found again nevertheless. */
export function NotKept({ host }: { host: Host }) {
  const t = widgetTexts();
  if (keeping.value !== 'blocked') return null;
  return <p class="not-kept">{host.identified.value ? t.draftNotKept : t.nothingKept}</p>;
}
