import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem, request } from '../../shared/api';
import { labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { lookSaved } from '../preview/look';
import type { Site, SiteLogo, SiteLook } from '../rest';
import { logoTexts } from './logo-texts';
import './logo.css';

const largest = 2 ** 20;

/** As customers are told of it, since most websites have none, which is nothing that would be missing. */
async function stored(site: string): Promise<{ logo?: SiteLogo }> {
  const { welcome } = await request<SiteLook>('/api/widget', { query: { site } });
  return { logo: welcome?.logo };
}

/** What customers see of the team before they write, as they see it. */
export function SiteLogoPart({ site }: { site: Site }) {
  const t = logoTexts();
  const path = `/api/sites/${site.id}/logo`;
  const loaded = useLoaded(() => stored(site.key), [site.key]);
  const chooser = useRef<HTMLInputElement>(null);
  const said = useSignal<'kept' | 'removed' | 'large' | 'unsupported' | undefined>(undefined);
  const { busy, problem, run, forget } = useAct();
  const logo = loaded.value.value?.logo;
  const isRefused = said.value === 'large' || said.value === 'unsupported';
  const change = (file: File | undefined) => {
    if (!file) return;
    forget();
    said.value = file.size > largest ? 'large' : undefined;
    if (file.size > largest) return;
    void run(async () => {
      try {
        await request(path, { method: 'PUT', text: { type: 'application/octet-stream', body: file } });
      } catch (refused) {
        if (!(refused instanceof Problem) || refused.code !== 'unsupported-media-type') throw refused;
        said.value = 'unsupported';
        return;
      }
      await loaded.reload();
      lookSaved();
      said.value = 'kept';
    });
  };
  const remove = () =>
    void run(async () => {
      await request(path, { method: 'DELETE' });
      await loaded.reload();
      lookSaved();
      said.value = 'removed';
      chooser.current?.focus();
    });
  return (
    <div class="stack">
      <h3>{t.logo}</h3>
      {!logo && loaded.value.value && <p class="hint">{t.none}</p>}
      <div class="row logo-row">
        {logo && (
          <figure class="stack logo-shown">
            <span>
              <img
                src={logo.address}
                width={logo.width}
                height={logo.height}
                alt={labelled(t.logo, site.name)}
              />
            </span>
            <figcaption class="hint">{t.grounds}</figcaption>
          </figure>
        )}
        <label class="field">
          <span>{logo ? t.another : t.choose}</span>
          <input
            ref={chooser}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            aria-label={labelled(logo ? t.another : t.choose, site.name)}
            disabled={busy.value}
            onChange={({ currentTarget }) => {
              change(currentTarget.files?.[0]);
              currentTarget.value = '';
            }}
          />
          <span class="hint">{t.hint}</span>
        </label>
        {logo && (
          <button
            type="button"
            class="button small"
            aria-label={labelled(t.remove, site.name)}
            disabled={busy.value}
            onClick={remove}
          >
            {t.remove}
          </button>
        )}
      </div>
      <p role="status" class="hint">
        {busy.value ? t.busy : !isRefused && said.value && t[said.value]}
      </p>
      <ProblemNotice
        text={isRefused && said.value ? t[said.value] : (problem.value ?? loaded.problem.value)}
      />
    </div>
  );
}
