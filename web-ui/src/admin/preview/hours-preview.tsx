import { useSignal } from '@preact/signals';
import type { OpeningHours } from '../rest';
import { Choice, LivePreview } from './live-preview';
import { withHours } from './look';
import { previewTexts } from './preview-texts';

/** How the chat looks while the team is there, and while it is not. */
export function HoursPreview({ site, hours }: { site: string; hours: OpeningHours }) {
  const t = previewTexts();
  const open = useSignal<'open' | 'closed'>('closed');
  return (
    <LivePreview site={site} change={withHours(hours, open.value === 'open')} isForm>
      {hours.limited && (
        <Choice
          label={t.opening}
          value={open.value}
          options={[
            ['closed', t.whenClosed],
            ['open', t.whenOpen],
          ]}
          choose={(chosen) => (open.value = chosen)}
        />
      )}
    </LivePreview>
  );
}
