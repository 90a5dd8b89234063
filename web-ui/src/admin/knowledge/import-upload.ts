import { parsed } from '../../shared/json';
import { address, currentEpoch, Problem, refusal as refused } from '../../shared/api';
import type { ImportReport, Reason } from './import-report';

/** The file is refused as a whole. */
export class Refusal extends Error {
  constructor(readonly reason: Reason) {
    super(reason.message);
  }
}

interface Body {
  reason?: Reason;
  results?: unknown;
}

/**
 * Sends the bytes of a file as they are. Not by fetch, which does not tell how far an upload is.
 *
 * @param sent how much has been sent, from 0 to 1
 */
export function upload(
  query: Record<string, string | number | boolean | undefined>,
  file: ArrayBuffer,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    const asked = currentEpoch();
    const call = new XMLHttpRequest();
    call.open('POST', address('/api/replies/import', query));
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('X-Replyloop', '1');
    call.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    call.upload.onload = () => sent(1);
    call.onerror = () => reject(new Problem(0, 'unreachable', ''));
    call.onload = () => {
      const body = parsed<Body>(call.responseText);
      // A refused import answers with the same report.
      if (body && Array.isArray(body.results)) resolve(body as unknown as ImportReport);
      else if (body?.reason) reject(new Refusal(body.reason));
      else reject(refused(call.status, call.responseText, asked));
    };
    signal.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}
