import { useEffect, useRef } from 'preact/hooks';
import type { CustomerClient, CustomerEntry } from '../shared/customer';
import { Icon } from '../shared/icons';
import { codeText } from '../shared/problems';
import { keeping } from '../shared/storage';
import { transcriptTexts } from '../shared/transcript-texts';
import { ConnectionNotice } from '../thread/connection-notice';
import type { ChatProps, Told } from './chat';
import type { Host } from './host';
import { widgetTexts } from './texts';

export function ConnectionBar({ client, draft, files }: ChatProps) {
  const t = widgetTexts();
  const refusal = client.refusal.value;
  return (
    <ConnectionNotice
      connection={client.connection}
      unsent={draft.value.trim() !== '' || files.any || client.outbox.entries.value.length > 0}
      reason={
        client.blocked.value
          ? undefined
          : client.turnedAway.value
            ? t.tooManyPages
            : refusal?.code === 'not-allowed'
              ? t.signInFirst
              : refusal && codeText(refusal.code, refusal.message)
      }
    />
  );
}

/** Says what will be lost. With a voucher of the site, the conversation can be found again nevertheless. */
export function NotKept({ host }: { host: Host }) {
  const t = widgetTexts();
  if (keeping.value !== 'blocked') return null;
  return <p class="not-kept">{host.identified.value ? t.draftNotKept : t.nothingKept}</p>;
}

/** Replaces the field once the team has blocked the customer; the text they were writing remains readable. */
export function Closed({ client, draft }: ChatProps) {
  const t = widgetTexts();
  const again = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The field that had the focus is gone.
    if (document.hasFocus() && document.activeElement === document.body) again.current?.focus();
  }, []);
  const trying = client.connection.health.value === 'connecting';
  return (
    <div class="closed">
      <p role="alert">{t.blocked}</p>
      {draft.value.trim() && (
        <blockquote class="quote" dir="auto" aria-label={t.failed}>
          {draft.value}
        </blockquote>
      )}
      <div>
        <button ref={again} type="button" class="button small" onClick={() => client.tryAgain()}>
          {trying ? t.trying : t.tryNow}
        </button>
      </div>
    </div>
  );
}

/** Why a message was refused, and what can be done about it. */
export function Refused({ entry, client }: { entry: CustomerEntry; client: CustomerClient }) {
  const t = widgetTexts();
  if (!entry.refused) return null;
  return (
    <div class="refused">
      <span>{codeText(entry.refused.code, entry.refused.message)}</span>
      <button type="button" class="button small" onClick={() => client.outbox.retry(entry.key)}>
        <Icon name="retry" /> {t.retry}
      </button>
      <button type="button" class="button small" onClick={() => client.outbox.discard(entry.key)}>
        {t.discard}
      </button>
    </div>
  );
}

interface SaveButtonProps {
  client: CustomerClient;
  title: string;
  told: (event: Told) => { who?: string; text: string };
}

/** Saves the conversation as a file. */
export function SaveButton({ client, title, told }: SaveButtonProps) {
  const t = transcriptTexts();
  const save = async () => {
    const { saveTranscript } = await import('../shared/transcript');
    saveTranscript(
      title,
      client.log.events.peek().map((event) => ({ ...event, ...told(event) })),
    );
  };
  return (
    <button
      type="button"
      class="button quiet icon"
      aria-label={t.save}
      title={t.save}
      onClick={() => void save()}
    >
      <Icon name="download" />
    </button>
  );
}
