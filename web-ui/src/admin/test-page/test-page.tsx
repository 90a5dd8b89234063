import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { language, languageName, listed } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import { keysBelow, remember } from '../../shared/storage';
import { hostLanguages, type HostLanguage, type HostPage } from '../../shared/test-page';
import { Choice } from '../preview/live-preview';
import { previewTexts } from '../preview/preview-texts';
import type { Site } from '../rest';
import { Waiting } from '../waiting';
import './test-page.css';
import { testPageTexts } from './test-page-texts';

/** A page of a website with its chat on a real connection, tried as a customer would. */
export function TestPage({ site }: { site: Site }) {
  const t = testPageTexts();
  const preview = previewTexts();
  const who = useSignal<'visitor' | 'signedIn'>(
    site.identityRequired && site.hasIdentitySecret ? 'signedIn' : 'visitor',
  );
  const spoken = useSignal<HostLanguage>(hostLanguages.find((each) => each === language.peek()) ?? 'en');
  const theme = useSignal<'light' | 'dark'>('light');
  const isNarrow = useMemo(() => window.matchMedia('(width < 480px)').matches, []);
  const width = useSignal<'wide' | 'phone'>('wide');
  /** Counts up with each visitor who begins anew. */
  const visit = useSignal(0);
  const isVisitor = who.value === 'visitor';
  const voucher = useLoaded(
    () =>
      isVisitor
        ? Promise.resolve<{ identity?: string }>({})
        : request<{ identity?: string }>(`/api/sites/${site.id}/test-customer`, {
            method: 'POST',
            json: { name: testPageTexts().testCustomer },
          }),
    // Each page asks for its own, since one lasts for minutes only.
    [site.id, isVisitor, spoken.value, theme.value, visit.value],
  );
  const beginAnew = () => {
    for (const begin of ['widget', 'unread'])
      for (const key of keysBelow(`replyloop.${begin}.${site.key}`)) remember(key, undefined);
    visit.value += 1;
  };
  const made = voucher.value.value;
  const page: HostPage = {
    replyloop: 'test-page',
    site: { key: site.key, name: site.name, color: site.color },
    language: spoken.value,
    isDark: theme.value === 'dark',
    identity: made?.identity,
  };
  return (
    <section class="test-page stack" aria-label={t.title({ name: site.name })}>
      <div class="row spread">
        <h2>{t.title({ name: site.name })}</h2>
        <a href="#/sites">{t.back}</a>
      </div>
      <p>{t.what}</p>
      <p class="notice warn">{t.counts}</p>
      <p class="hint">
        {site.allowedOrigins.length > 0 ? t.origins({ origins: listed(site.allowedOrigins) }) : t.noOrigins}
      </p>
      <div class="row preview-choices">
        <Choice
          label={t.customer}
          value={who.value}
          options={
            site.hasIdentitySecret
              ? [
                  ['visitor', t.visitor],
                  ['signedIn', t.signedIn],
                ]
              : [['visitor', t.visitor]]
          }
          choose={(chosen) => (who.value = chosen)}
        />
        <Choice
          label={t.language}
          value={spoken.value}
          options={hostLanguages.map((each) => [each, each === 'ar' ? t.arabic : languageName(each)])}
          choose={(chosen) => (spoken.value = chosen)}
        />
        <Choice
          label={t.theme}
          value={theme.value}
          options={[
            ['light', preview.light],
            ['dark', preview.dark],
          ]}
          choose={(chosen) => (theme.value = chosen)}
        />
        {!isNarrow && (
          <Choice
            label={t.width}
            value={width.value}
            options={[
              ['wide', t.wide],
              ['phone', t.phone],
            ]}
            choose={(chosen) => (width.value = chosen)}
          />
        )}
        {isVisitor && (
          <button type="button" class="button" onClick={beginAnew}>
            {t.again}
          </button>
        )}
        <a class="button primary" href="/console/" target="_blank" rel="noopener">
          {t.console}
        </a>
      </div>
      {!site.hasIdentitySecret && <p class="hint">{t.noSecret}</p>}
      {isVisitor && site.identityRequired && <p class="notice">{t.onlySignedIn}</p>}
      {made && Boolean(made.identity) !== isVisitor ? (
        <Framed key={JSON.stringify([page, visit.value])} page={page} width={width.value} />
      ) : (
        <Waiting loaded={voucher} />
      )}
    </section>
  );
}

/** Loaded anew for whatever is asked of the page, as the next page of a website would be; the chat stays open meanwhile. */
function Framed({ page, width }: { page: HostPage; width: 'wide' | 'phone' }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent<unknown>) => {
      const isReady = (data as { replyloop?: unknown } | null)?.replyloop === 'ready';
      if (origin !== location.origin || source !== frame.current?.contentWindow || !isReady) return;
      frame.current?.contentWindow?.postMessage(page, location.origin);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  return (
    <iframe ref={frame} class={`test-page-frame ${width}`} title={testPageTexts().frame} src="/test-page/" />
  );
}
