import { Problem, request } from '../shared/api';
import type { Refusal } from '../shared/outbox';

/**
 * Why the server does not open a socket, which browsers do not tell its page. The same rule stands before the socket
 * and before a request that changes something, and that has an answer.
 */
export async function whyNotOpened(socket: string): Promise<Refusal | undefined> {
  try {
    await request(socket, { method: 'POST' });
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 403)
      return { code: problem.code, message: problem.message };
  }
  return undefined;
}
