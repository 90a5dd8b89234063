import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttachmentLimits } from '../src/shared/frames';
import { Uploads, type KeptFile } from '../src/shared/uploads';
import { patience } from './settled';

/** A request that the test answers. */
class FakeRequest {
  static sent: FakeRequest[] = [];
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  readonly headers: Record<string, string> = {};
  address = '';
  status = 0;
  responseText = '';
  aborted = false;
  onload: () => void = () => undefined;
  onerror: () => void = () => undefined;

  open(_method: string, address: string): void {
    this.address = address;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  send(): void {
    FakeRequest.sent.push(this);
  }

  abort(): void {
    this.aborted = true;
  }

  answer(status: number, body: unknown = {}): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload();
  }

  get id(): string {
    return new URLSearchParams(this.address.split('?')[1]).get('id') ?? '';
  }

  store(state = 'ready'): void {
    this.answer(200, { id: this.id, name: 'a.png', type: 'image/png', size: 3, state });
  }
}

const limits: AttachmentLimits = { largest: 10, most: 4, types: ['png'] };
const file = (name: string, contents = 'abc') => new File([contents], name);
const requested: { path: string; method: string }[] = [];
let state = 'scanning';

function setUp(kept = signal<KeptFile[]>([]), refused: boolean[] = []) {
  const uploads = new Uploads({
    limits: signal<AttachmentLimits | undefined>(limits),
    kept,
    headers: (again) => {
      refused.push(again);
      return Promise.resolve({ Authorization: again ? 'Bearer new' : 'Bearer old' });
    },
  });
  return { uploads, kept, refused };
}

async function request(index: number): Promise<FakeRequest> {
  await vi.waitFor(() => expect(FakeRequest.sent.length).toBeGreaterThan(index), patience);
  const sent = FakeRequest.sent[index];
  if (!sent) throw new Error('nothing was sent');
  return sent;
}

const states = ({ items }: Uploads) => items.value.map(({ state, problem }) => problem?.code ?? state);

beforeEach(() => {
  FakeRequest.sent = [];
  requested.length = 0;
  state = 'scanning';
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  vi.stubGlobal('fetch', (path: string, { method }: { method: string }) => {
    requested.push({ path, method });
    return Promise.resolve(new Response(method === 'DELETE' ? null : JSON.stringify({ state })));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('files that somebody attaches', () => {
  it('are uploaded two at a time, with their progress, and kept once the server has them', async () => {
    const { uploads, kept } = setUp();
    uploads.add([file('a.png'), file('b.png'), file('c.png')]);
    const first = await request(0);
    await request(1);
    expect(FakeRequest.sent).toHaveLength(2);
    first.upload.onprogress?.({ loaded: 1, total: 4 });
    expect(uploads.items.value[0]).toMatchObject({ state: 'uploading', progress: 0.25 });
    expect(uploads.settled.value).toBe(false);

    first.store();
    (await request(1)).store();
    (await request(2)).store();

    expect(kept.value).toHaveLength(3);
    expect(uploads.settled.value).toBe(true);
    expect(uploads.take()).toHaveLength(3);
    expect(uploads.any.value).toBe(false);
  });

  it('are not uploaded beyond the limits', () => {
    const { uploads } = setUp();
    uploads.add([file('a.png', 'x'.repeat(11)), file('b'), file('c'), file('d'), file('e')]);
    expect(states(uploads)).toEqual(['too-large', 'uploading', 'uploading', 'uploading', 'too-many']);
    expect(uploads.settled.value).toBe(false);
  });

  it('are asked for once more with a new token', async () => {
    const { uploads, refused } = setUp();
    uploads.add([file('a.png')]);
    (await request(0)).answer(401, { code: 'signed-out' });
    const again = await request(1);
    expect(again.headers['Authorization']).toBe('Bearer new');
    expect(again.id).toBe((await request(0)).id);
    expect(refused).toEqual([false, true]);
    again.answer(401, { code: 'signed-out' });
    expect(states(uploads)).toEqual(['signed-out']);
  });

  it('can be tried again under the same id and taken back', async () => {
    const { uploads, kept } = setUp();
    uploads.add([file('a.png')]);
    const first = await request(0);
    first.onerror();
    expect(states(uploads)).toEqual(['unreachable']);
    uploads.retry(first.id);
    const second = await request(1);
    expect(second.id).toBe(first.id);
    second.store();
    uploads.remove(first.id);
    expect(kept.value).toEqual([]);
    await vi.waitFor(
      () => expect(requested).toContainEqual({ path: `/api/attachments/${first.id}`, method: 'DELETE' }),
      patience,
    );
  });

  it('are no longer sent once they are cancelled', async () => {
    const { uploads } = setUp();
    uploads.add([file('a.png'), file('b.png'), file('c.png')]);
    const first = await request(0);
    await request(1);
    uploads.remove(first.id);
    expect(first.aborted).toBe(true);
    await request(2);
    expect(states(uploads)).toEqual(['uploading', 'uploading']);
  });

  it('wait for the check, also after a reload', async () => {
    vi.useFakeTimers();
    const scanning: KeptFile = { id: 'one', name: 'a.png', type: 'image/png', size: 3, scanning: true };
    const { uploads, kept } = setUp(signal([scanning]));
    expect(states(uploads)).toEqual(['scanning']);
    expect(uploads.settled.value).toBe(false);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(states(uploads)).toEqual(['scanning']);
    state = 'ready';
    await vi.advanceTimersByTimeAsync(1_600);
    expect(states(uploads)).toEqual(['ready']);
    expect(kept.value[0]?.scanning).toBeUndefined();
  });

  it('that the check refuses are gone', async () => {
    vi.useFakeTimers();
    state = 'refused';
    const scanning: KeptFile = { id: 'one', name: 'a.png', type: 'image/png', size: 3, scanning: true };
    const { uploads, kept } = setUp(signal([scanning]));
    await vi.advanceTimersByTimeAsync(1_600);
    expect(states(uploads)).toEqual(['infected']);
    expect(kept.value).toEqual([]);
    expect(uploads.take()).toEqual([]);
  });
});
