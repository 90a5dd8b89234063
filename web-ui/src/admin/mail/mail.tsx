import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { dateAndTime, sentences } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { MailSettings, MailTest } from '../rest';
import { Snippet } from '../snippet';
import { Waiting } from '../waiting';
import './mail.css';
import { mailTexts } from './texts';

/** What switches mails on: sending first, reading replies below. */
const settings = `replyloop.mail.from=Example shop <chat@example.com>
replyloop.mail.smtp.host=smtp.example.com
replyloop.mail.smtp.username=chat@example.com
replyloop.mail.smtp.password=…
replyloop.mail.customers.imap.host=imap.example.com
replyloop.mail.customers.imap.username=chat@example.com
replyloop.mail.customers.imap.password=…`;

/** Whether and how mails are sent, and what did not arrive. */
export function MailPage() {
  const t = mailTexts();
  const mail = useLoaded(() => request<MailSettings>('/api/mail'));
  const now = mail.value.value;
  if (!now) return <Waiting loaded={mail} />;
  if (!now.on) {
    return (
      <section class="card stack mail-off">
        <h2>{t.off}</h2>
        <p>{t.offHint}</p>
        <Snippet text={settings} />
        <p class="hint">{t.offMore}</p>
      </section>
    );
  }
  return (
    <>
      <State now={now} tested={mail.reload} />
      <Failures now={now} />
    </>
  );
}

function State({ now, tested }: { now: MailSettings; tested: () => Promise<void> }) {
  const t = mailTexts();
  const { replies, waiting, oldest, lastReason } = now;
  return (
    <section class="card stack">
      <h2>{t.on}</h2>
      {!now.addressKnown && <p class="notice warn">{t.addressUnknown}</p>}
      <dl class="mail-facts">
        <dt>{t.from}</dt>
        <dd>{now.from}</dd>
        <dt>{t.server}</dt>
        <dd>{now.signedIn ? t.signedIn({ server: now.server ?? '' }) : now.server}</dd>
        <dt>{t.replies}</dt>
        <dd>
          {replies ? (
            <>
              {t.repliesAt({ address: replies.address, server: replies.server })} ·{' '}
              <span class="hint">
                {replies.readAt ? t.readAt({ time: dateAndTime(replies.readAt) }) : t.neverRead}
              </span>
            </>
          ) : (
            t.noReplies
          )}
        </dd>
      </dl>
      {replies?.failure && <p class="notice bad">{t.cannotRead({ reason: replies.failure })}</p>}
      <p>
        {sentences(
          t.waiting({ number: waiting }),
          oldest && t.waitingSince({ time: dateAndTime(oldest) }),
          lastReason && t.lastReason({ reason: lastReason }),
        )}
      </p>
      <TestButton tested={tested} />
    </section>
  );
}

function TestButton({ tested }: { tested: () => Promise<void> }) {
  const t = mailTexts();
  const result = useSignal<MailTest | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const send = () =>
    run(async () => {
      result.value = undefined;
      result.value = await request<MailTest>('/api/mail/test', { method: 'POST' });
      await tested();
    });
  const said = result.value;
  return (
    <div class="mail-test">
      <div>
        <button type="button" class="button" disabled={busy.value} onClick={() => void send()}>
          {busy.value ? t.testing : t.test}
        </button>
      </div>
      <div role="status">
        {said && (
          <p class={said.taken ? 'notice good' : 'notice bad'}>
            {said.taken ? t.taken({ to: said.to }) : t.notTaken({ answer: said.answer ?? '' })}
          </p>
        )}
      </div>
      <ProblemNotice text={problem.value} />
    </div>
  );
}

function Failures({ now: { failures } }: { now: MailSettings }) {
  const t = mailTexts();
  return (
    <section class="stack">
      <h2>{t.failures}</h2>
      {failures.length === 0 ? (
        <p class="hint">{t.noFailures}</p>
      ) : (
        <ul class="card list mail-failures">
          {failures.map(({ id, kind, to, reason, at }) => (
            <li key={id}>
              <div class="grow">
                <strong>{to}</strong> <span class="tag">{t.kind[kind]}</span>
                <div class="reason">{reason}</div>
                <div class="hint">{dateAndTime(at)}</div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
