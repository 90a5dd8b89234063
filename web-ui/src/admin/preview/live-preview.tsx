import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { language, languageName, languages } from '../../shared/language';
import { useLoaded } from '../../shared/load';
import { scenes, type Scene } from '../../shared/preview';
import type { SiteLook } from '../rest';
import { asSaved, plain, saved, type Change } from './look';
import './preview.css';
import { previewTexts } from './preview-texts';
import { Waiting } from '../waiting';

interface LivePreviewProps {
  /** The key of the website; absent for one that is not there yet. */
  site?: string;
  /** What stands in the form around it. */
  change?: Change;
  /** Whether what it shows stands in a form. */
  isForm?: boolean;
  /** More that can be chosen. */
  children?: ComponentChildren;
}

/** The chat as customers would see it, with what is not saved yet. */
export function LivePreview({ site, change = asSaved, isForm = false, children }: LivePreviewProps) {
  const loaded = useLoaded(
    () => (site ? request<SiteLook>('/api/widget', { query: { site } }) : Promise.resolve(plain)),
    [site, saved.value],
  );
  const stored = loaded.value.value;
  const look = stored && { ...stored, ...change(stored) };
  return look ? (
    <Framed look={{ ...look, name: look.name || previewTexts().nameless }} isForm={isForm}>
      {children}
    </Framed>
  ) : (
    <Waiting loaded={loaded} />
  );
}

interface FramedProps {
  look: SiteLook;
  isForm: boolean;
  children?: ComponentChildren;
}

function Framed({ look, isForm, children }: FramedProps) {
  const t = previewTexts();
  const frame = useRef<HTMLIFrameElement>(null);
  const scene = useSignal<Scene>('before');
  const spoken = useSignal(language.peek());
  const theme = useSignal<'light' | 'dark'>(isDark() ? 'dark' : 'light');
  /** On a telephone there is room for a telephone only. */
  const isNarrow = useMemo(() => window.matchMedia('(width < 480px)').matches, []);
  const width = useSignal<'phone' | 'desktop'>(isNarrow ? 'phone' : 'desktop');
  /** What had the focus before it went into the frame. */
  const left = useRef<EventTarget | null>(null);
  /** Counts up each time that the page in the frame is there. */
  const ready = useSignal(0);
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent<unknown>) => {
      const said = (data as { replyloop?: unknown } | null)?.replyloop;
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      if (said === 'ready') ready.value += 1;
      // As the page of a website would close the chat, after Escape: the way back for whoever has no mouse.
      if (said === 'close' && left.current instanceof HTMLElement) left.current.focus();
    };
    const note = ({ target }: FocusEvent) => {
      if (target !== frame.current) left.current = target;
    };
    window.addEventListener('message', hear);
    document.addEventListener('focusin', note);
    return () => {
      window.removeEventListener('message', hear);
      document.removeEventListener('focusin', note);
    };
  }, []);
  const say = (message: object) => frame.current?.contentWindow?.postMessage(message, location.origin);
  const asked = JSON.stringify({ replyloop: 'preview', look, scene: scene.value });
  useEffect(() => {
    if (ready.value === 0) return;
    say({ replyloop: 'language', language: spoken.value });
    say(JSON.parse(asked) as object);
  }, [ready.value, spoken.value, asked]);
  return (
    <section class="live-preview stack" aria-label={t.preview}>
      <p class="hint">{isForm ? t.unsaved : t.what}</p>
      <div class="row preview-choices">
        <Choice
          label={t.scene}
          value={scene.value}
          options={scenes.map((each) => [each, t[each]])}
          choose={(chosen) => (scene.value = chosen)}
        />
        <Choice
          label={t.language}
          value={spoken.value}
          options={languages().map((tag) => [tag, languageName(tag)])}
          choose={(chosen) => (spoken.value = chosen)}
        />
        <Choice
          label={t.theme}
          value={theme.value}
          options={[
            ['light', t.light],
            ['dark', t.dark],
          ]}
          choose={(chosen) => (theme.value = chosen)}
        />
        {!isNarrow && (
          <Choice
            label={t.width}
            value={width.value}
            options={[
              ['desktop', t.desktop],
              ['phone', t.phone],
            ]}
            choose={(chosen) => (width.value = chosen)}
          />
        )}
        {children}
      </div>
      <iframe
        ref={frame}
        key={theme.value}
        class={`preview-frame ${width.value}`}
        title={t.frame}
        sandbox="allow-scripts allow-same-origin"
        src={`/preview/?theme=${theme.value}`}
      />
    </section>
  );
}

function isDark(): boolean {
  return window.matchMedia('(prefers-color-scheme: dark)').matches;
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: [T, string][];
  choose: (chosen: T) => void;
}

/** Without a name, so that it is no part of the form around it. */
export function Choice<T extends string>({ label, value, options, choose }: ChoiceProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = options.find(([each]) => each === event.currentTarget.value);
          if (chosen) choose(chosen[0]);
        }}
      >
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
