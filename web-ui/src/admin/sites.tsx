import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { Form, fieldText, formValues } from '../shared/form';
import { useAct, useLoaded } from '../shared/load';
import { labelled, withCommas } from '../shared/language';
import { ProblemNotice } from '../shared/problem-notice';
import { isAsked } from './asked';
import { BlockedCustomers } from './blocked';
import { Embed } from './embed';
import { SiteForm } from './forms/form';
import { SiteHours } from './hours/hours';
import { SiteIdentity } from './identity';
import { BesidePreview } from './preview/beside';
import { FoldedPreview } from './preview/folded';
import { LivePreview } from './preview/live-preview';
import { asSaved, lookSaved, withSite, type Change } from './preview/look';
import type { Site } from './rest';
import { siteTexts } from './site-texts';
import { TestPage } from './test-page/test-page';
import { testPageTexts } from './test-page/test-page-texts';
import { adminTexts } from './texts';
import { DialogButtons } from './dialog-buttons';
import { Waiting } from './waiting';
import { ColourCheck } from './welcome/colour-check';
import { SiteLogoPart } from './welcome/logo';
import { SiteWelcome } from './welcome/welcome';

export function SitesPage() {
  const t = adminTexts();
  const sites = useLoaded(() => request<Site[]>('/api/sites'));
  const editing = useSignal<Site | 'new' | undefined>(isAsked('#/sites/new') ? 'new' : undefined);
  const tried = useSignal(triedInAddress());
  useEffect(() => {
    const follow = () => (tried.value = triedInAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  if (!sites.value.value) return <Waiting loaded={sites} />;
  if (tried.value !== undefined)
    return <Tried site={sites.value.value.find(({ id }) => id === tried.value)} />;
  return (
    <>
      <div>
        <button type="button" class="button primary" onClick={() => (editing.value = 'new')}>
          {t.addSite}
        </button>
      </div>
      {sites.value.value.map((site) => (
        <SiteCard key={site.id} site={site} edit={() => (editing.value = site)} changed={sites.reload} />
      ))}
      <BlockedCustomers />
      {editing.value && (
        <SiteDialog
          site={editing.value === 'new' ? undefined : editing.value}
          closed={() => (editing.value = undefined)}
          saved={sites.reload}
        />
      )}
    </>
  );
}

/** The website whose test page the address names. */
function triedInAddress(): string | undefined {
  return /^#\/sites\/([\da-f-]+)\/test$/.exec(location.hash)?.[1];
}

function Tried({ site }: { site?: Site }) {
  const t = testPageTexts();
  if (site) return <TestPage key={site.id} site={site} />;
  return (
    <div class="notice row spread">
      <p>{t.gone}</p>
      <a href="#/sites">{t.back}</a>
    </div>
  );
}

function SiteCard({ site, edit, changed }: { site: Site; edit: () => void; changed: () => Promise<void> }) {
  const t = adminTexts();
  return (
    <section class="card stack" aria-label={withCommas([site.name, site.key])}>
      <div class="row spread">
        <h2>
          <Swatch color={site.color} /> {site.name}
        </h2>
        <div class="row">
          <a
            class="button small"
            href={`#/sites/${site.id}/test`}
            aria-label={labelled(testPageTexts().try, site.name)}
          >
            {testPageTexts().try}
          </a>
          <button type="button" class="button small" aria-label={labelled(t.edit, site.name)} onClick={edit}>
            {t.edit}
          </button>
        </div>
      </div>
      {site.allowedOrigins.length === 0 && (
        <div class="notice warn stack">
          <p>{t.noOrigins}</p>
          <div>
            <button
              type="button"
              class="button small"
              aria-label={labelled(t.addOrigin, site.name)}
              onClick={edit}
            >
              {t.addOrigin}
            </button>
          </div>
        </div>
      )}
      <p>{t.embed}</p>
      <Embed site={site} />
      {site.allowedOrigins.length > 0 && (
        <div>
          <h3>{t.origins}</h3>
          <ul class="plain">
            {site.allowedOrigins.map((origin) => (
              <li key={origin}>
                <code>{origin}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      <SiteHours site={site} />
      <SiteForm site={site} />
      <SiteWelcome site={site} />
      <SiteLogoPart site={site} />
      <SiteIdentity site={site} changed={changed} />
      <FoldedPreview of={site.name}>{() => <LivePreview site={site.key} />}</FoldedPreview>
    </section>
  );
}

function Swatch({ color }: { color: string }) {
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="8" fill={color} />
    </svg>
  );
}

const usualColour = '#3457d5';

interface SiteDialogProps {
  site?: Site;
  closed: () => void;
  saved: () => Promise<void>;
}

function SiteDialog({ site, closed, saved }: SiteDialogProps) {
  const t = adminTexts();
  const form = useRef<HTMLFormElement>(null);
  const colour = useSignal(site?.color ?? usualColour);
  const { busy, problem, run } = useAct(() => ({
    name: t.siteName,
    allowedOrigins: t.origins,
    color: t.colour,
    greetingEn: t.greetingEn,
    greetingZh: t.greetingZh,
  }));
  const save = () =>
    run(async () => {
      const values = formValues(form.current);
      const json = {
        name: values.get('name'),
        allowedOrigins: fieldText(values, 'allowedOrigins').split(/\s+/).filter(Boolean),
        color: values.get('color'),
        greetingEn: values.get('greetingEn'),
        greetingZh: values.get('greetingZh'),
        identityRequired: values.has('identityRequired'),
        audienceChecked: values.has('audienceChecked'),
        ratingAsked: values.has('ratingAsked'),
      };
      await request(site ? `/api/sites/${site.id}` : '/api/sites', { method: site ? 'PUT' : 'POST', json });
      await saved();
      lookSaved();
      closed();
    });
  const look = useSignal<Change>(asSaved);
  const title = site ? labelled(t.edit, site.name) : t.addSite;
  return (
    <Dialog label={title} class="with-preview" closed={closed}>
      <Form form={form} submitted={() => void save()}>
        <BesidePreview
          isOpen
          changed={() => form.current && (look.value = withSite(new FormData(form.current)))}
          preview={() => <LivePreview site={site?.key} change={look.value} isForm />}
        >
          <h2>{title}</h2>
          <label class="field">
            <span>{t.siteName}</span>
            <input name="name" required maxLength={100} defaultValue={site?.name} />
          </label>
          <label class="field">
            <span>{t.origins}</span>
            <textarea
              name="allowedOrigins"
              rows={3}
              placeholder="https://www.example.com"
              defaultValue={site?.allowedOrigins.join('\n')}
            />
            <span class="hint">{t.originsHint}</span>
          </label>
          <label class="field">
            <span>{t.colour}</span>
            <input
              type="color"
              name="color"
              defaultValue={site?.color ?? usualColour}
              onInput={({ currentTarget: { value } }) => (colour.value = value)}
            />
            <ColourCheck colour={colour.value} />
            {site && colour.value === site.color && <span class="hint">{siteTexts().colourInLine}</span>}
            {site && colour.value !== site.color && (
              <span class="notice warn">{siteTexts().colourChanged}</span>
            )}
          </label>
          <label class="field">
            <span>{t.greetingEn}</span>
            <input name="greetingEn" maxLength={500} defaultValue={site?.greetingEn} />
          </label>
          <label class="field">
            <span>{t.greetingZh}</span>
            <input name="greetingZh" maxLength={500} defaultValue={site?.greetingZh} />
          </label>
          <label>
            <input type="checkbox" name="identityRequired" defaultChecked={site?.identityRequired} />{' '}
            {t.identityRequired}
          </label>
          <label>
            <input type="checkbox" name="audienceChecked" defaultChecked={site?.audienceChecked ?? true} />{' '}
            {t.audienceChecked}
          </label>
          <label>
            <input type="checkbox" name="ratingAsked" defaultChecked={site?.ratingAsked ?? true} />{' '}
            {siteTexts().ratingAsked}
          </label>
        </BesidePreview>
        <ProblemNotice text={problem.value} />
        <DialogButtons busy={busy.value} />
      </Form>
    </Dialog>
  );
}
