import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { saysWhatIsMissing, whenReadable } from '../shared/browser';
import { CustomerClient } from '../shared/customer';
import { language } from '../shared/language';
import type { Scene } from '../shared/preview';
import type { KeptFile } from '../shared/uploads';
import '../shared/tokens.css';
import '../shared/elements.css';
import '../shared/controls.css';
import { Files } from '../thread/files';
import { Chat } from '../widget/chat';
import { paint } from '../widget/colour';
import { Host } from '../widget/host';
import { SiteHours } from '../widget/hours';
import { speakLike } from '../widget/speech';
import { showTheme } from '../widget/theme';
import '../shared/bubble.css';
import '../widget/widget.css';
import { askedIn, type Asked } from './asked';
import { keepsNothing } from './own-storage';
import { SampleWire } from './sample';

keepsNothing();
const asked = signal<Asked | undefined>(undefined);
showTheme(new URLSearchParams(location.search).get('theme'));
window.addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
  if (origin !== location.origin || source !== window.parent) return;
  const wanted = askedIn(data);
  if (wanted) asked.value = wanted;
});
// Says that it is ready, and hears the language, as on a website.
const host = new Host(location.origin, null);
effect(() => paint(asked.value?.look.color));
whenReadable(speakLike(host), (app) => {
  if (!saysWhatIsMissing(app)) render(<Preview />, app);
});

/** Whoever opens this page by itself sees nothing: there is nothing to show. */
function Preview() {
  const now = asked.value;
  return now ? <Shown key={`${now.scene} ${language.value}`} {...now} /> : null;
}

/** The chat of customers with what is asked for, on a line that leads nowhere. */
function Shown({ look, scene }: Asked) {
  const made = useMemo(() => chatOf(scene, look.maxTextLength), []);
  const opening = JSON.stringify(look.hours);
  const hours = useMemo(() => new SiteHours(look.hours, () => Promise.resolve(look.hours)), [opening]);
  useEffect(() => {
    made.client.connection.start();
    return () => made.client.connection.stop();
  }, [made]);
  return <Chat {...made} look={look} hours={hours} host={host} mayHaveWritten={scene !== 'before'} />;
}

function chatOf(scene: Scene, maxTextLength: number) {
  const client = new CustomerClient({
    open: () => new SampleWire(scene, maxTextLength),
    token: () => Promise.resolve('preview'),
  });
  const files = new Files({
    limits: client.attachmentLimits,
    kept: signal<KeptFile[]>([]),
    headers: () => Promise.resolve({}),
  });
  return { client, files, draft: signal('') };
}
