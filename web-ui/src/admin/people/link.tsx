import { useEffect, useRef } from 'preact/hooks';
import '../../shared/account.css';
import { dateAndTime } from '../../shared/language';
import { Snippet } from '../snippet';
import { peopleTexts } from './texts';

export interface HandedOver {
  /** Whom it is for. */
  name: string;
  /** Without this server's address. */
  path: string;
  until: string;
  /** Whether it is on its way to them by mail, too. */
  mailed: boolean;
}

/** A link to hand over, which the server shows only once. */
export function LinkToHandOver({ link: { name, path, until, mailed } }: { link: HandedOver }) {
  const t = peopleTexts();
  const box = useRef<HTMLDivElement>(null);
  // The form that asked for it has gone, and the focus with it.
  useEffect(() => box.current?.focus(), [path]);
  return (
    <div class="stack landing" ref={box} tabIndex={-1} role="group" aria-label={t.link}>
      {mailed && <p>{t.mailed({ name })}</p>}
      <p class="notice warn">{t.handOver({ name, time: dateAndTime(until) })}</p>
      <Snippet text={new URL(path, location.origin).href} />
    </div>
  );
}
