import { locale } from '../shared/language';

const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** Such as 1.2 MB; in units of 1,024, as the server counts them. */
export function fileSize(bytes: number): string {
  const unit = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[unit],
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: unit === 2 ? 1 : 0,
  }).format(bytes / 1_024 ** unit);
}
