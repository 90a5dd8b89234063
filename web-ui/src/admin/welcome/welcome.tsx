import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { Form, fieldText, formValues } from '../../shared/form';
import { labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { BesidePreview } from '../preview/beside';
import { LivePreview } from '../preview/live-preview';
import { lookSaved, withWelcome } from '../preview/look';
import type { Site, SiteWelcomeSettings } from '../rest';
import { DialogButtons } from '../dialog-buttons';
import { welcomeTexts } from './welcome-texts';

function teamInWords(team: string): string {
  const t = welcomeTexts();
  return { 'first-names': t.firstNames, initials: t.initials }[team] ?? t.nobody;
}

/** What customers of a website see before they write. */
export function SiteWelcome({ site }: { site: Site }) {
  const t = welcomeTexts();
  const path = `/api/sites/${site.id}/welcome`;
  const loaded = useLoaded(() => request<SiteWelcomeSettings>(path), [path]);
  const editing = useSignal(false);
  const settings = loaded.value.value;
  return (
    <div class="stack">
      <div class="row spread">
        <h3>{t.welcome}</h3>
        <button
          type="button"
          class="button small"
          disabled={!settings}
          aria-label={labelled(`${t.edit} · ${t.welcome}`, site.name)}
          onClick={() => (editing.value = true)}
        >
          {t.edit}
        </button>
      </div>
      <ProblemNotice text={loaded.problem.value} />
      {settings && (
        <p>
          {(settings.questions ? t.withQuestions : t.withoutQuestions)({ team: teamInWords(settings.team) })}
        </p>
      )}
      {settings && editing.value && (
        <WelcomeDialog
          title={labelled(t.welcome, site.name)}
          path={path}
          site={site.key}
          stored={settings}
          closed={() => (editing.value = false)}
          saved={loaded.reload}
        />
      )}
    </div>
  );
}

function settingsIn(values: FormData): SiteWelcomeSettings {
  return { team: fieldText(values, 'team'), questions: values.has('questions') };
}

interface WelcomeDialogProps {
  title: string;
  path: string;
  /** Its key. */
  site: string;
  stored: SiteWelcomeSettings;
  closed: () => void;
  saved: () => Promise<void>;
}

function WelcomeDialog({ title, path, site, stored, closed, saved }: WelcomeDialogProps) {
  const t = welcomeTexts();
  const form = useRef<HTMLFormElement>(null);
  const now = useSignal(stored);
  const { busy, problem, run } = useAct(() => ({ team: t.team }));
  const save = () =>
    run(async () => {
      const json = settingsIn(formValues(form.current));
      await request(path, { method: 'PUT', json });
      await saved();
      lookSaved();
      closed();
    });
  return (
    <Dialog label={title} class="with-preview" closed={closed}>
      <Form form={form} submitted={() => void save()}>
        <BesidePreview
          changed={() => form.current && (now.value = settingsIn(new FormData(form.current)))}
          preview={() => <LivePreview site={site} change={withWelcome(now.value)} isForm />}
        >
          <h2>{title}</h2>
          <label class="field">
            <span>{t.team}</span>
            <select name="team">
              {['first-names', 'initials', 'nobody'].map((team) => (
                <option key={team} value={team} selected={team === stored.team}>
                  {teamInWords(team)}
                </option>
              ))}
            </select>
          </label>
          <div class="field">
            <label>
              <input type="checkbox" name="questions" defaultChecked={stored.questions} /> {t.questions}
            </label>
            <span class="hint">{t.questionsHint}</span>
          </div>
        </BesidePreview>
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}
