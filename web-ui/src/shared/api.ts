import { signal } from '@preact/signals';
import { parsed } from './json';
import { language } from './messages';
import type { components } from './rest';

export type Violation = Partial<components['schemas']['ProblemViolation']>;

/** An error from a problem document of the server; `code` is one of io.replyloop.platform.ProblemCode. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly violations: Violation[] = [],
    /** The reference of a failure in the server's log. */
    readonly reference?: string,
    readonly retryAfterMillis?: number,
  ) {
    super(detail);
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  json?: unknown;
  /** A body that is sent unchanged. */
  text?: { type: string; body: string | Blob };
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** Gives the request up. */
  signal?: AbortSignal;
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
 * Counts sign-ins and ends of sessions. The response to a request from an earlier epoch may arrive late, and says
 * nothing about who is signed in now.
 */
let epoch = 0;

/** To be read when a request is sent, and kept until its rejection is handled. */
export const currentEpoch = (): number => epoch;

interface Answer {
  response: Response;
  /** When it was requested. */
  asked: number;
}

async function answer(path: string, options: RequestOptions): Promise<Answer> {
  const { method = 'GET' } = options;
  const asked = epoch;
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'X-Replyloop': '1',
    // What the server writes to people is in the language of the page, not of the browser.
    'Accept-Language': language.peek(),
    ...options.headers,
  };
  if (options.json !== undefined) headers['Content-Type'] = 'application/json';
  if (options.text) headers['Content-Type'] = options.text.type;
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.json !== undefined ? JSON.stringify(options.json) : options.text?.body,
      signal: options.signal,
    });
  } catch (cause) {
    throw new Problem(0, 'unreachable', String(cause));
  }
  // Requested before somebody signed in again. Repeating a read is safe; repeating an action is up to the person.
  const isLate = response.status === 401 && asked !== epoch && !sessionEnded.peek();
  return isLate && method === 'GET' ? answer(path, options) : { response, asked };
}

async function failure({ response, asked }: Answer): Promise<Problem> {
  return refusal(response.status, await response.text().catch(() => undefined), asked);
}

/**
 * The last response according to which nobody is signed in any more; undefined once somebody has signed in who may
 * continue.
 */
export const sessionEnded = signal<Problem | undefined>(undefined);

/** From the moment in which the person signs out: the page that they leave asks nobody to sign in, however it learns of it. */
let leaving = false;

export const isLeaving = (): boolean => leaving;

/** Somebody has signed in who may continue on the page. */
export function sessionBegins(): void {
  epoch += 1;
  sessionEnded.value = undefined;
}

/**
 * Converts an unsuccessful response.
 *
 * @param asked the epoch in which the request was sent
 */
export function refusal(status: number, body: string | undefined, asked: number): Problem {
  const problem = problemOf(status, body);
  // In the meantime, somebody else may have signed in who may not use the page.
  const isOver = problem.code === 'signed-out' || (problem.code === 'not-allowed' && sessionEnded.peek());
  if (isOver && asked === epoch && !leaving) {
    epoch += 1;
    sessionEnded.value = problem;
  }
  return problem;
}

/** @param body a problem document, or the response of a proxy in between */
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

/** The meaning of a status without a code. */
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

/** The person who is signed in, if any. */
export async function session(): Promise<Session | undefined> {
  const answered = await answer('/api/session', {});
  const { response } = answered;
  if (response.status === 401) return undefined;
  if (!response.ok) throw await failure(answered);
  return (await response.json()) as Session;
}

/** Who has signed in; or first, where this sign-in has set up the second step, what the server shows only once. */
export type SignedIn = { me: Session } | { recoveryCodes: string[] };

/**
 * Recovery codes are given before anything else can fail: `keptSession` is to follow them.
 *
 * @param code of the second step, where there is one
 */
export async function signIn(email: string, password: string, code?: string): Promise<SignedIn> {
  const json = { email, password, code };
  const { recoveryCodes } = await request<Session>('/api/session', { method: 'POST', json });
  return recoveryCodes ? { recoveryCodes } : { me: await keptSession() };
}

/** Checks whether the browser keeps the session cookie: otherwise the page would end the session again immediately. */
export async function keptSession(): Promise<Session> {
  const me = await session();
  if (!me) throw new Problem(0, window.isSecureContext ? 'cookies-blocked' : 'not-kept', '');
  return me;
}

/** Keeps the session of this page, and ends all others. */
export function changePassword(current: string, password: string): Promise<void> {
  return request('/api/session/password', { method: 'PUT', json: { current, password } });
}

/** Shows the page as to somebody who has not signed in, even if the session has already ended. */
export async function signOut(): Promise<void> {
  leaving = true;
  try {
    const answered = await answer('/api/session', { method: 'DELETE' });
    const { response } = answered;
    if (!response.ok && response.status !== 401) throw await failure(answered);
    if (response.status === 200) {
      const { continueAt } = (await response.json()) as components['schemas']['SignedOut'];
      location.assign(continueAt);
      return;
    }
  } catch (failed) {
    leaving = false;
    throw failed;
  }
  location.reload();
}
