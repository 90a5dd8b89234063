import { address as addressed, currentEpoch, refusal } from '../../shared/api';
import { parsed } from '../../shared/json';
import { packed } from '../history/history-upload';
import type { ExampleImportOutcome } from '../rest';
import { address } from './acting';

/** What the server takes of one body, and of one file when it is unpacked: it would refuse more after minutes of sending. */
const sentAtMost = 24 * 1024 * 1024;
const unpackedAtMost = 64 * 1024 * 1024;

/** The file as it is sent, packed where that is needed; undefined where it is too large all the same. */
export async function sendable(file: File): Promise<Blob | undefined> {
  if (file.size <= sentAtMost) return file;
  if (file.size > unpackedAtMost || /\.(?:gz|zip)$/i.test(file.name)) return undefined;
  const body = await packed(file);
  return body.size <= sentAtMost ? body : undefined;
}

/** Sends the bytes of a file as they are. A refused import answers with the same outcome. */
export async function sendExamples(body: Blob, name: string, dryRun: boolean): Promise<ExampleImportOutcome> {
  const asked = currentEpoch();
  const response = await fetch(addressed(`${address}/imports`, { name, dryRun }), {
    method: 'POST',
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/octet-stream',
      'X-Replyloop': '1',
    },
    credentials: 'same-origin',
    body,
  });
  const text = await response.text();
  const outcome = parsed<Partial<ExampleImportOutcome>>(text);
  if (outcome && Array.isArray(outcome.wrong)) return outcome as ExampleImportOutcome;
  throw refusal(response.status, text, asked);
}
