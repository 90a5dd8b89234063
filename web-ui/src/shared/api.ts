import { signal } from '@preact/signals';
import { parsed } from './json';
import type { components } from './rest';

export type Violation = Partial<components['schemas']['ProblemViolation']>;

/** Errors as the server's problem documents tell them; `code` is one of io.replyloop.platform.ProblemCode. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly violations: Violation[] = [],
    /** Under which the server's log has a failure. */
    readonly reference?: string,
    readonly retryAfterMillis?: number,
  ) {
    super(detail);
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  json?: unknown;
  /** A body that is sent as it is. */
  text?: { type: string; body: string };
  query?: Record<string, string | number | boolean | undefined>;
}

export function address(path: string, query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Counts the ends of sessions and the sign-ins. An answer to what was asked before the last of them may come late, and
 * says nothing of who is signed in by now.
 */
let epoch = 0;

/** To be kept from when a request is sent until its refusal is read. */
export const currentEpoch = (): number => epoch;

interface Answer {
  response: Response;
  /** When it was asked for. */
  asked: number;
}

async function answer(path: string, options: RequestOptions): Promise<Answer> {
  const { method = 'GET' } = options;
  const asked = epoch;
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Replyloop': '1' };
  if (options.json !== undefined) headers['Content-Type'] = 'application/json';
  if (options.text) headers['Content-Type'] = options.text.type;
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.json !== undefined ? JSON.stringify(options.json) : options.text?.body,
    });
  } catch (cause) {
    throw new Problem(0, 'unreachable', String(cause));
  }
  // Asked for before somebody has signed in again. To load it once more changes nothing; acts are theirs to repeat.
  const isLate = response.status === 401 && asked !== epoch && !sessionEnded.peek();
  return isLate && method === 'GET' ? answer(path, options) : { response, asked };
}

async function failure({ response, asked }: Answer): Promise<Problem> {
  return refusal(response.status, await response.text().catch(() => undefined), asked);
}

/** The last answer to a page in use that nobody is signed in any more; nothing once somebody has who may go on there. */
export const sessionEnded = signal<Problem | undefined>(undefined);

/** Somebody has signed in who may go on with the page. */
export function sessionBegins(): void {
  epoch += 1;
  sessionEnded.value = undefined;
}

/**
 * What an answer says that is none of success.
 *
 * @param asked the epoch in which the request was sent
 */
export function refusal(status: number, body: string | undefined, asked: number): Problem {
  const problem = problemOf(status, body);
  // Somebody else may have signed in meanwhile, for whom the page is not.
  const isOver = problem.code === 'signed-out' || (problem.code === 'not-allowed' && sessionEnded.peek());
  if (isOver && asked === epoch) {
    epoch += 1;
    sessionEnded.value = problem;
  }
  return problem;
}

/** @param body a problem document, or whatever a proxy on the way says in place of one */
export function problemOf(status: number, body: string | undefined): Problem {
  const document = parsed<Partial<components['schemas']['Problem']> | null>(body) ?? {};
  return new Problem(
    status,
    document.code ?? codes[status] ?? 'internal',
    document.detail ?? '',
    document.violations,
    document.reference,
    document.retryAfterMillis,
  );
}

/** What a status means where no code is said. */
const codes: Record<number, string> = {
  401: 'signed-out',
  403: 'not-allowed',
  404: 'not-found',
  408: 'too-slow',
  413: 'too-large',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const answered = await answer(path, options);
  const { response } = answered;
  if (!response.ok) throw await failure(answered);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export async function download(path: string, query?: RequestOptions['query']): Promise<Blob> {
  const answered = await answer(path, { query });
  const { response } = answered;
  if (!response.ok) throw await failure(answered);
  return response.blob();
}

export interface Page<T> {
  items: T[];
  next?: string;
}

export type Session = components['schemas']['SessionView'];

/** Whoever is signed in, or nobody. */
export async function session(): Promise<Session | undefined> {
  const answered = await answer('/api/session', {});
  const { response } = answered;
  if (response.status === 401) return undefined;
  if (!response.ok) throw await failure(answered);
  return (await response.json()) as Session;
}

export async function signIn(email: string, password: string): Promise<Session> {
  await request('/api/session', { method: 'POST', json: { email, password } });
  return keptSession();
}

/** Finds out whether the browser keeps a sign-in: without that the page would end it again in its next moment. */
export async function keptSession(): Promise<Session> {
  const me = await session();
  if (!me) throw new Problem(0, window.isSecureContext ? 'cookies-blocked' : 'not-kept', '');
  return me;
}

/** The session of this page goes on, all others end. */
export function changePassword(current: string, password: string): Promise<void> {
  return request('/api/session/password', { method: 'PUT', json: { current, password } });
}

/** Leaves the page as it is for somebody who has not signed in, also where the session has ended before. */
export async function signOut(): Promise<void> {
  const answered = await answer('/api/session', { method: 'DELETE' });
  const { response } = answered;
  if (!response.ok && response.status !== 401) throw await failure(answered);
  location.reload();
}
