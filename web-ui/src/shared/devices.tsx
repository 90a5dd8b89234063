import './account.css';
import { dateAndTime, timeAgo } from './language';
import { messages } from './messages';
import type { components } from './rest';

const deviceTexts = messages<'team/devices'>(
  import.meta.glob('../messages/*/team/devices.json', { import: 'default' }),
);

export type SessionOnDevice = components['schemas']['SessionOnDevice'];

/** In what somebody is signed in, in words. */
export function deviceName({ browser, system }: SessionOnDevice): string {
  const t = deviceTexts();
  if (browser && system) return t.browserOn({ browser, system });
  return browser ?? system ?? t.unknown;
}

interface DeviceListProps {
  sessions: SessionOnDevice[];
  /** Ends one; without it, they are only shown. */
  end?: (session: SessionOnDevice) => void;
  busy?: boolean;
}

/** Where somebody is signed in. */
export function DeviceList({ sessions, end, busy }: DeviceListProps) {
  const t = deviceTexts();
  const now = Date.now();
  return (
    <ul class="devices">
      {sessions.map((session) => (
        <li key={session.id}>
          <div>
            <strong>{deviceName(session)}</strong>
            {session.current && <span class="tag good">{t.here}</span>}
            <div class="hint">
              {t.since({ time: dateAndTime(session.createdAt) })} ·{' '}
              {t.used({ time: timeAgo(session.lastSeenAt, now) })}
            </div>
          </div>
          {end && !session.current && (
            <button
              type="button"
              class="button small"
              aria-label={t.endOne({ device: deviceName(session) })}
              disabled={busy}
              onClick={() => end(session)}
            >
              {t.end}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
