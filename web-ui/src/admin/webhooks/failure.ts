import { duration } from '../../shared/language';
import type { WebhookFailure } from '../rest';
import { webhookTexts } from './texts';

/** Why a program has not taken an event, in words. */
export function failureText(failure: WebhookFailure, status: number | undefined): string {
  const text = webhookTexts().failure[failure];
  return typeof text === 'string' ? text : text({ status: String(status ?? '') });
}

/** A time that is often below a second. */
export function took(millis: number): string {
  return millis < 1_000 ? `${millis} ms` : duration(Math.round(millis / 1_000));
}
