import { signal, useSignal, useSignalEffect } from '@preact/signals';
import { render } from 'preact';
import { useRef } from 'preact/hooks';
import { Problem, request } from '../shared/api';
import { whenReadable } from '../shared/browser';
import { startLanguage } from '../shared/language';
import { useAct } from '../shared/load';
import { ProblemNotice } from '../shared/problem-notice';
import { LanguageSwitch } from '../shared/switch';
import '../shared/theme.css';
import '../shared/typeface.css';
import { isDemo } from './demo';
import './shop.css';
import './split.css';
import { splitTexts } from './split-texts';
import { Tour } from './tour';
import { tourTexts } from './tour-texts';

const demo = signal<boolean | undefined>(undefined);

/** The shop and the console beside each other; one at a time where there is no room for both. */
function Split() {
  const t = splitTexts();
  const side = useSignal<'left' | 'right'>('left');
  const coming = useSignal<'coming' | 'already' | undefined>(undefined);
  const { busy, problem, run, forget } = useAct();
  const touring = useSignal(false);
  const starter = useRef<HTMLButtonElement>(null);
  const desk = useRef<HTMLIFrameElement>(null);
  useSignalEffect(() => {
    document.title = splitTexts().title;
  });
  if (demo.value === false) {
    return (
      <main class="welcome stack">
        <h1>{t.title}</h1>
        <p class="notice bad" role="alert">
          {t.noDemo}
        </p>
      </main>
    );
  }
  const play = () => {
    coming.value = undefined;
    forget();
    void run(async () => {
      try {
        await request('/api/demo/customers', { method: 'POST' });
        coming.value = 'coming';
      } catch (refused) {
        if (!(refused instanceof Problem) || refused.code !== 'conflict') throw refused;
        coming.value = 'already';
      }
    });
  };
  const show = (conversation?: string) => {
    side.value = 'right';
    const page = desk.current?.contentWindow;
    if (page && conversation !== undefined) page.location.hash = `#/c/${conversation}`;
  };
  const sides = [
    ['left', t.shop],
    ['right', t.console],
  ] as const;
  return (
    <div class={`split ${side.value} ${touring.value ? 'touring' : ''}`}>
      <header class="stack">
        <div class="row spread">
          <h1>{t.title}</h1>
          <LanguageSwitch />
        </div>
        <div class="row">
          <button type="button" class="button primary small play" disabled={busy.value} onClick={play}>
            {t.play}
          </button>
          <button
            ref={starter}
            type="button"
            class="button small"
            aria-expanded={touring.value}
            disabled={!demo.value}
            onClick={() => (touring.value = !touring.peek())}
          >
            {tourTexts().start}
          </button>
          <div class="row split-sides" role="group" aria-label={t.sides}>
            {sides.map(([name, text]) => (
              <button
                key={name}
                type="button"
                class="button small"
                aria-pressed={side.value === name}
                onClick={() => (side.value = name)}
              >
                {text}
              </button>
            ))}
          </div>
          <p role="status" class="hint" hidden={touring.value && coming.value === undefined}>
            {t[coming.value ?? 'signIn']}
          </p>
        </div>
        <ProblemNotice text={problem.value} />
        {touring.value && (
          <Tour
            show={show}
            leave={() => {
              touring.value = false;
              starter.current?.focus();
            }}
          />
        )}
      </header>
      {demo.value && (
        <>
          <iframe title={t.shop} src="/shop/" />
          <iframe ref={desk} title={t.console} src="/console/" />
        </>
      )}
    </div>
  );
}

void isDemo().then((there) => (demo.value = there));
whenReadable(startLanguage(), (app) => render(<Split />, app));
