import type { ProgramToken } from '../rest';

type Scope = ProgramToken['scopes'][number];

/** Those that change nothing, and last the one that leaves a question, of a conversation `example-1`. */
const requests = [
  ['knowledge.read', '/api/replies', undefined],
  ['conversations.read', '/api/conversations', undefined],
  ['reports.read', '/api/reports', undefined],
  ['suggest', '/api/v1/suggest', '{"conversation": "example-1", "question": "How do I return a parcel?"}'],
] as const;

/** A request that shows that the token works; undefined where each would change more than that. */
export function firstRequest(token: string, scopes: readonly Scope[]): string | undefined {
  const request = requests.find(([scope]) => scopes.includes(scope));
  if (!request) return undefined;
  const [, path, body] = request;
  const sent = body ? ` -H 'Content-Type: application/json' -d '${body}'` : '';
  return `curl -H 'Authorization: Bearer ${token}'${sent} ${new URL(path, location.origin).href}`;
}
