import { address, currentEpoch, Problem, refusal } from '../../shared/api';
import { parsed } from '../../shared/json';
import type { HistoryImport, HistoryPreview } from '../rest';

/** What the server reads of one body. */
export const largest = 24 * 1024 * 1024;
const looked = 1024 * 1024;

/** What somebody has said about the file, beyond what it tells itself. */
export interface Said {
  columns: Partial<Record<Field, string>>;
  /** Roles by author. */
  roles: Record<string, string>;
  /** What all those are that nobody has a role for. */
  others?: string;
}

export const columnFields = ['conversation', 'author', 'text', 'at', 'customer'] as const;
export type Field = (typeof columnFields)[number];

/** Repeated names for lists, which is why this is no record. */
function query({ columns, roles, others }: Said, more: Record<string, string>): string {
  const parameters = new URLSearchParams(more);
  for (const field of columnFields) {
    const column = columns[field];
    if (column !== undefined) parameters.set(field, column);
  }
  const names: Record<string, string> = { customer: 'client', agent: 'agent', bot: 'bot', system: 'ignore' };
  for (const [author, role] of Object.entries(roles)) {
    const name = names[role];
    if (name) parameters.append(name, author);
  }
  if (others) parameters.set('others', others);
  return parameters.toString();
}

export async function packed(file: Blob): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) return file;
  return new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob();
}

export function look(file: Blob, said: Said, signal: AbortSignal): Promise<HistoryPreview> {
  return send('/api/history/preview', file.slice(0, looked), said, {}, () => undefined, signal);
}

/** @param sent how much has been sent, from 0 to 1 */
export function upload(
  body: Blob,
  name: string,
  format: string,
  said: Said,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<HistoryImport> {
  return send('/api/history', body, said, { name, format }, sent, signal);
}

/** Not by fetch, which does not tell how far an upload is. */
function send<T>(
  path: string,
  body: Blob,
  said: Said,
  more: Record<string, string>,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const asked = currentEpoch();
    const call = new XMLHttpRequest();
    call.open('POST', `${address(path)}?${query(said, more)}`);
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('X-Replyloop', '1');
    call.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    call.onerror = () => reject(new Problem(0, 'unreachable', ''));
    call.onload = () => {
      const found = parsed<T>(call.responseText);
      if (call.status < 300 && found) resolve(found);
      else reject(refusal(call.status, call.responseText, asked));
    };
    signal.addEventListener('abort', () => call.abort());
    call.send(body);
  });
}
