import { address as addressed, currentEpoch, refusal } from '../../shared/api';
import { parsed } from '../../shared/json';
import type { ExampleImportOutcome } from '../rest';
import { address } from './acting';

/** Sends the bytes of a file as they are. A refused import answers with the same outcome. */
export async function sendExamples(file: File, dryRun: boolean): Promise<ExampleImportOutcome> {
  const asked = currentEpoch();
  const response = await fetch(addressed(`${address}/imports`, { name: file.name, dryRun }), {
    method: 'POST',
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/octet-stream',
      'X-Replyloop': '1',
    },
    credentials: 'same-origin',
    body: file,
  });
  const text = await response.text();
  const outcome = parsed<Partial<ExampleImportOutcome>>(text);
  if (outcome && Array.isArray(outcome.wrong)) return outcome as ExampleImportOutcome;
  throw refusal(response.status, text, asked);
}
