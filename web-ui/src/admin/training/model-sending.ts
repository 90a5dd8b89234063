import { address, currentEpoch, Problem, refusal, request } from '../../shared/api';
import type { Model } from '../rest';

interface Upload {
  id: string;
  part: number;
}

/**
 * Sends an archive in parts, then has it checked.
 *
 * @param sent how much has been sent, from 0 to 1
 * @param signal gives it up; what has come is deleted
 */
export async function uploadModel(
  file: File,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<Model> {
  const upload = await request<Upload>('/api/model-uploads', {
    method: 'POST',
    json: { file: file.name, bytes: file.size },
  });
  try {
    for (let offset = 0; offset < file.size; offset += upload.part) {
      if (signal.aborted) throw new Cancelled();
      const part = file.slice(offset, offset + upload.part);
      await put(upload.id, offset, part, (bytes) => sent((offset + bytes) / file.size), signal);
    }
  } catch (failure) {
    // The server forgets it by itself if this does not arrive.
    await request(`/api/model-uploads/${upload.id}`, { method: 'DELETE' }).catch(() => undefined);
    throw failure;
  }
  sent(1);
  return finished(upload.id);
}

const triesWithoutAnswer = 5;
const pauseMillis = 2000;

/** Asks until the check has ended, which may take longer than a connection lasts; to ask again changes nothing. */
async function finished(id: string): Promise<Model> {
  let unanswered = 0;
  for (;;) {
    try {
      const told = await request<Model | { upload: string }>(`/api/model-uploads/${id}/finish`, {
        method: 'POST',
        json: {},
      });
      if ('number' in told) return told;
      unanswered = 0;
    } catch (failure) {
      const isLost = failure instanceof Problem && failure.code === 'unreachable';
      if (!isLost || ++unanswered > triesWithoutAnswer) throw failure;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMillis));
  }
}

export class Cancelled extends Error {}

function put(
  id: string,
  offset: number,
  part: Blob,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = currentEpoch();
    const call = new XMLHttpRequest();
    call.open('PUT', address(`/api/model-uploads/${id}`, { offset }));
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('X-Replyloop', '1');
    call.upload.onprogress = ({ loaded }) => sent(loaded);
    call.onerror = () => reject(new Problem(0, 'unreachable', ''));
    call.onabort = () => reject(new Cancelled());
    call.onload = () => {
      if (call.status === 200) resolve();
      else reject(refusal(call.status, call.responseText, asked));
    };
    signal.addEventListener('abort', () => call.abort(), { once: true });
    call.send(part);
  });
}
