import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Problem } from '../shared/api';
import type { CustomerClient } from '../shared/customer';
import { Icon } from '../shared/icons';
import { codeText } from '../shared/problems';
import type { components } from '../shared/rest';
import './mail.css';
import { mailTexts } from './mail-texts';

type Known = components['schemas']['TranscriptAddress'];

/** Offers the conversation by mail, once there is an answer in it. */
export function MailButton({ client }: { client: CustomerClient }) {
  const t = mailTexts();
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const answered = client.log.events.value.some(
    ({ kind, author }) => kind === 'message' && author.kind === 'agent',
  );
  if (!answered) return null;
  const closed = () => {
    open.value = false;
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button quiet icon"
        aria-label={t.open}
        title={t.open}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.peek())}
      >
        <Icon name="mail" />
      </button>
      {open.value && <MailPanel client={client} closed={closed} />}
    </>
  );
}

function MailPanel({ client, closed }: { client: CustomerClient; closed: () => void }) {
  const t = mailTexts();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const email = useSignal('');
  const busy = useSignal(false);
  const sent = useSignal<string | undefined>(undefined);
  const problem = useSignal<Problem | 'address' | undefined>(undefined);

  useEffect(() => {
    field.current?.focus();
    // What is known is a help, and nobody waits for it.
    void client.own<Known>(path(client)).then(
      (known) => {
        if (email.peek() === '') email.value = known.email;
      },
      () => undefined,
    );
  }, []);
  useEffect(() => {
    if (sent.value !== undefined) panel.current?.focus();
  }, [sent.value]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const address = email.peek().trim();
    problem.value = /^[^@\s]+@[^@\s]+$/.test(address) ? undefined : 'address';
    if (problem.peek() || busy.peek()) return field.current?.focus();
    busy.value = true;
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      await client.own(path(client), { method: 'POST', json: { email: address, zone } });
      sent.value = address;
    } catch (failure) {
      problem.value = failure instanceof Problem ? failure : new Problem(0, 'internal', '');
    }
    busy.value = false;
  };

  return (
    <div
      ref={panel}
      class="mail-panel"
      role="dialog"
      aria-labelledby={`${id}-title`}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The chat would close, too.
        event.preventDefault();
        closed();
      }}
    >
      <h2 id={`${id}-title`}>{t.title}</h2>
      {sent.value !== undefined ? (
        <>
          <p role="status">{t.sent({ address: sent.value })}</p>
          <div class="buttons">
            <button type="button" class="button small" onClick={closed}>
              {t.close}
            </button>
          </div>
        </>
      ) : (
        <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
          <label class="field">
            <span>{t.address}</span>
            <input
              ref={field}
              type="email"
              name="email"
              dir="ltr"
              maxLength={254}
              autocomplete="email"
              aria-invalid={problem.value === 'address'}
              aria-describedby={`${id}-wrong`}
              value={email.value}
              onInput={({ currentTarget }) => (email.value = currentTarget.value)}
            />
          </label>
          <p id={`${id}-wrong`} class="wrong" role="alert">
            {problem.value && words(problem.value)}
          </p>
          <div class="buttons">
            <button type="submit" class="button primary small" disabled={busy.value}>
              {busy.value ? t.sending : t.send}
            </button>
            <button type="button" class="button small" onClick={closed}>
              {t.cancel}
            </button>
          </div>
        </form>
      )}
    </div>
  );
}

const path = ({ conversation = '' }: CustomerClient) => `/api/customer/conversations/${conversation}/mail`;

function words(problem: Problem | 'address'): string {
  const t = mailTexts();
  if (problem === 'address' || problem.code === 'invalid') return t.noAddress;
  if (problem.code === 'rate-limited') return t.tooOften;
  if (problem.code === 'conflict') return t.notYet;
  return codeText(problem.code, problem.message);
}
