import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { composing } from '../shared/composer';
import { fieldText, Form, formValues } from '../shared/form';
import type { Summary } from '../shared/frames';
import { dateAndTime, locale, withCommas } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import type { CustomerProfile } from './customer-card';
import { customerTexts } from './customer-texts';
import type { Workspace } from './workspace';

interface CustomerFactsProps {
  workspace: Workspace;
  summary: Summary;
  profile: CustomerProfile;
  reload: () => Promise<void>;
}

/** Who somebody is, who says so, and where they are. */
export function CustomerFacts({ workspace, summary, profile, reload }: CustomerFactsProps) {
  const t = customerTexts();
  const correcting = useSignal(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !correcting.value) opener.current?.focus();
    wasOpen.current = correcting.value;
  }, [correcting.value]);
  const { visit, nameFrom, emailFrom } = profile;
  const device = [visit?.browser, visit?.system].filter((word) => word !== undefined);
  return (
    <>
      {correcting.value ? (
        <Correction profile={profile} reload={reload} closed={() => (correcting.value = false)} />
      ) : (
        <>
          <dl>
            <Fact name={t.name} value={profile.name} from={nameFrom} />
            <Fact name={t.email} value={profile.email} from={emailFrom} />
          </dl>
          {profile.correctable && (
            <div>
              <button
                ref={opener}
                type="button"
                class="button small"
                onClick={() => (correcting.value = true)}
              >
                {t.correct}
              </button>
            </div>
          )}
        </>
      )}
      <dl>
        <Fact name={t.language} value={languages(summary, visit?.language) || undefined} />
        <Fact
          name={workspace.thread.value?.customerOnline.value ? t.page : t.lastPage}
          value={visit?.page && <Page page={visit.page} at={visit.at} />}
          from="page"
        />
        <Fact name={t.device} value={device.length > 0 ? withCommas(device) : undefined} />
        {profile.attributes.map(({ name, value, vouched }) => (
          <Fact key={name} name={name} value={value} from={vouched ? 'site' : 'page'} />
        ))}
      </dl>
    </>
  );
}

interface FactProps {
  name: string;
  value?: ComponentChildren;
  /** Who says so; a page that nobody vouches for can be made to say anything. */
  from?: CustomerProfile['nameFrom'] | 'page';
}

function Fact({ name, value, from }: FactProps) {
  const t = customerTexts();
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">
        {value ?? t.unknown}
        {value && from && <span class="tag">{t.from({ source: from })}</span>}
      </dd>
    </div>
  );
}

/** What the browser asks for, and what the customer writes if that is something else. */
function languages({ triage }: Summary, tag: string | undefined): string {
  const writesChinese = triage?.language === 'zh' && !tag?.toLowerCase().startsWith('zh');
  return withCommas(
    [tag && languageOf(tag), writesChinese && customerTexts().writesChinese].filter(
      (said) => !!said,
    ) as string[],
  );
}

function languageOf(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    // No language that this browser knows; the tag says more than nothing.
    return tag;
  }
}

/** No link: nobody has checked that it leads to the website. The whole address is in the tip, and what there is room for here. */
function Page({ page, at }: { page: string; at: string }) {
  return (
    <span class="customer-page" title={withCommas([page, dateAndTime(at)])}>
      {page.replace(/^https?:\/\//, '')}
    </span>
  );
}

interface CorrectionProps {
  profile: CustomerProfile;
  reload: () => Promise<void>;
  closed: () => void;
}

function Correction({ profile, reload, closed }: CorrectionProps) {
  const t = customerTexts();
  const form = useRef<HTMLFormElement>(null);
  /** As it was read: what a colleague corrects meanwhile is not taken for this agent's change. */
  const { current: before } = useRef({ name: profile.name ?? '', email: profile.email ?? '' });
  const { busy, problem, run } = useAct(() => ({ name: t.name, email: t.email }));
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const save = () =>
    void run(async () => {
      const values = formValues(form.current);
      const changed = (['name', 'email'] as const)
        .map((field) => [field, fieldText(values, field)] as const)
        .filter(([field, text]) => text !== before[field]);
      // What is absent stays as it is, and is not taken for corrected.
      if (changed.length > 0) {
        const json = Object.fromEntries(changed);
        await request(`/api/customers/${profile.id}/profile`, { method: 'PUT', json });
        await reload();
      }
      closed();
    });
  return (
    <div
      role="group"
      aria-label={t.correcting}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || composing(event)) return;
        event.stopPropagation();
        closed();
      }}
    >
      <Form form={form} submitted={save}>
        <label class="field">
          <span>{t.name}</span>
          <input name="name" maxLength={200} defaultValue={before.name} autocomplete="off" dir="auto" />
        </label>
        <label class="field">
          <span>{t.email}</span>
          <input name="email" type="email" maxLength={320} defaultValue={before.email} autocomplete="off" />
          <span class="hint">{t.emailHint}</span>
        </label>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="submit" class="button primary small" disabled={busy.value}>
            {t.save}
          </button>
          <button type="button" class="button small" onClick={closed}>
            {t.cancel}
          </button>
        </div>
      </Form>
    </div>
  );
}
