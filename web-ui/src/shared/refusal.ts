import { Problem } from './api';
import type { Refusal } from './outbox';

/** Why the server does not issue a token, where retrying does not help. */
export function refusalOf(problem: unknown): Refusal | undefined {
  if (!(problem instanceof Problem)) return undefined;
  const { status, code, message } = problem;
  return status >= 400 && status < 500 && code !== 'rate-limited' ? { code, message } : undefined;
}
