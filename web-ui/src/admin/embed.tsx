import { useSignal } from '@preact/signals';
import { labelled } from '../shared/language';
import { embedTexts } from './embed-texts';
import type { Site } from './rest';
import { Snippet } from './snippet';

const kinds = ['html', 'next', 'nuxt', 'wordpress', 'shopify', 'tagManager'] as const;
type Kind = (typeof kinds)[number];

/** What is put into the pages of a website, as that is done with what they are made with. */
export function snippetFor(kind: Kind, { key, color }: Pick<Site, 'key' | 'color'>): string {
  const src = `${location.origin}/loader.js`;
  const data = `data-site="${key}" data-color="${color}"`;
  const tag = `<script src="${src}" ${data} async></script>`;
  switch (kind) {
    case 'html':
    case 'shopify':
      return tag;
    case 'next':
      return `import Script from 'next/script';

<Script src="${src}" ${data} strategy="lazyOnload" />`;
    case 'nuxt':
      return `export default defineNuxtConfig({
  app: {
    head: {
      script: [{ src: '${src}', 'data-site': '${key}', 'data-color': '${color}', async: true }],
    },
  },
});`;
    case 'wordpress':
      return `add_action('wp_footer', function () {
  echo '${tag}';
});`;
    case 'tagManager':
      // It leaves out attributes of tags that it does not know.
      return `<script>
  var chat = document.createElement('script');
  chat.src = '${src}';
  chat.setAttribute('data-site', '${key}');
  chat.setAttribute('data-color', '${color}');
  document.body.appendChild(chat);
</script>`;
  }
}

export function Embed({ site }: { site: Site }) {
  const t = embedTexts();
  const kind = useSignal<Kind>('html');
  const hint = {
    html: t.htmlHint,
    next: t.nextHint,
    nuxt: t.nuxtHint,
    wordpress: t.wordpressHint,
    shopify: t.shopifyHint,
    tagManager: t.tagManagerHint,
  }[kind.value];
  return (
    <>
      <label class="field">
        <span>{t.where}</span>
        <select
          aria-label={labelled(t.where, site.name)}
          value={kind.value}
          onChange={({ currentTarget: { value } }) =>
            (kind.value = kinds.find((each) => each === value) ?? 'html')
          }
        >
          {kinds.map((each) => (
            <option key={each} value={each}>
              {t[each]}
            </option>
          ))}
        </select>
        <span class="hint">{hint}</span>
      </label>
      <Snippet text={snippetFor(kind.value, site)} />
    </>
  );
}
