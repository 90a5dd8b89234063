import { language } from '../../shared/language';
import type { TimeZone } from '../rest';

export interface FoundZone {
  id: string;
  /** Such as `UTC+08:00`. */
  offset: string;
  /** What it is called where people live in it, in the language of the page. */
  name: string;
}

const shown = 40;

export const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Names of zones take the browser a while, and are asked for once per language. */
const names = new Map<string, string[]>();

function namesOf(id: string): string[] {
  const zh = language.value === 'zh';
  const key = `${language.value} ${id}`;
  const known = names.get(key);
  if (known) return known;
  // What one kind of English abbreviates, such as CET or ET, the other writes out.
  const found = [...(zh ? ['zh-CN'] : []), 'en-US', 'en-GB'].flatMap((locale) => [
    zoneName(id, locale, 'shortGeneric'),
    zoneName(id, locale, 'longGeneric'),
  ]);
  const inWords = [...new Set(found)].filter((name) => zh || !/^[A-Z]*$/.test(name)).filter(Boolean);
  names.set(key, inWords);
  return inWords;
}

/** `shortGeneric` names the country or the city, such as 'Germany Time', `longGeneric` what the clock is called. */
function zoneName(id: string, locale: string, timeZoneName: 'shortGeneric' | 'longGeneric'): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: id, timeZoneName }).formatToParts(new Date());
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    // A zone that the server knows and this browser does not.
    return '';
  }
}

/** Those that fit every word of what was typed, by city, region, country, clock or offset; the likeliest first. */
export function findZones(zones: TimeZone[], typed: string): FoundZone[] {
  const parts = typed
    .toLowerCase()
    .replaceAll('_', ' ')
    .split(/[\s,]+/)
    .filter(Boolean);
  const first = browserZone();
  return zones
    .map((zone) => ({ zone, rank: rank(zone, parts) }))
    .filter(({ rank }) => rank > 0)
    .sort(
      (one, other) =>
        other.rank - one.rank ||
        Number(other.zone.id === first) - Number(one.zone.id === first) ||
        one.zone.id.localeCompare(other.zone.id),
    )
    .slice(0, shown)
    .map(({ zone: { id, offsetMinutes } }) => ({
      id,
      offset: offsetText(offsetMinutes),
      name: namesOf(id).slice(0, 2).join(' · '),
    }));
}

/** Names of today, without those that only old programs use. */
let namesOfToday: Set<string> | undefined;
const usual = () => (namesOfToday ??= new Set(Intl.supportedValuesOf('timeZone')));

/** 0 for one that does not fit. Places, such as Europe/Berlin, come before old names, such as GB or Etc/GMT+5. */
function rank({ id, offsetMinutes }: TimeZone, parts: string[]): number {
  const place = /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//.test(
    id,
  );
  const ofToday = place && usual().has(id) && !id.startsWith('Antarctica/');
  let best = ofToday || id === 'UTC' ? 3 : place ? 2 : 1;
  const city = id
    .slice(id.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll('_', ' ');
  const names = [id.toLowerCase().replaceAll('_', ' '), ...(parts.length > 0 ? namesOf(id) : [])];
  for (const part of parts) {
    const offset = offsetOf(part);
    if (
      offset !== undefined
        ? offset !== offsetMinutes
        : !names.some((name) => name.toLowerCase().includes(part))
    )
      return 0;
    if (city.startsWith(part)) best += 4;
  }
  return best;
}

/** The minutes of what is written as an offset, such as +8, UTC+5:30 or gmt-03. */
function offsetOf(part: string): number | undefined {
  const found = /^(?:utc|gmt)?([+−-])(\d{1,2})(?::?([0-5]\d))?$/.exec(part);
  if (!found) return undefined;
  const [, sign, hours = '0', minutes = '0'] = found;
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
}
