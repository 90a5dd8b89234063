import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { address, Problem, problemOf } from './api';
import type { Attachment, AttachmentLimits } from './frames';
import { newId } from './ids';

/** A file that the server has. It survives a reload with the draft to which it belongs. */
export type KeptFile = Attachment & { scanning?: true };

export interface Upload {
  id: string;
  name: string;
  size: number;
  state: 'uploading' | 'scanning' | 'ready' | 'failed';
  /** From 0 to 1. */
  progress: number;
  problem?: Problem;
  file?: File;
  stored?: Attachment;
}

/** A signal, or part of one. */
export type KeptFiles = { value: KeptFile[]; peek: () => KeptFile[] };

type Headers = Record<string, string>;

export interface UploadsOptions {
  limits: ReadonlySignal<AttachmentLimits | undefined>;
  /** Where the files are that the server has. */
  kept: KeptFiles;
  /** What the server asks for; `refused` means that it has not accepted the previous ones. */
  headers?: (refused: boolean) => Promise<Headers>;
  conversation?: string;
}

const atOnce = 2;
const pollAfter = 1_500;
const soon = 30_000;

/** The files that somebody attaches to what they are writing. */
export class Uploads {
  /** Those that the server does not have yet. */
  private readonly coming = signal<Upload[]>([]);
  private readonly requests = new Map<string, XMLHttpRequest>();
  private readonly polls = new Set<string>();
  private readonly tried = new Set<string>();
  /** What the person should know now about files in general. */
  readonly said = signal('');
  /** Whether somebody holds files above the page. */
  readonly dropping = signal(false);

  readonly items = computed<Upload[]>(() => [
    ...this.options.kept.value.map(({ scanning, ...stored }) => ({
      id: stored.id,
      name: stored.name,
      size: stored.size,
      state: scanning ? ('scanning' as const) : ('ready' as const),
      progress: 1,
      stored,
    })),
    ...this.coming.value,
  ]);
  readonly any = computed(() => this.items.value.length > 0);
  /** Whether nothing has to be waited for, or decided. */
  readonly settled = computed(() => this.items.value.every(({ state }) => state === 'ready'));

  constructor(private readonly options: UploadsOptions) {
    effect(() => {
      for (const { id, scanning } of options.kept.value) if (scanning) this.poll(id);
    });
  }

  get limits(): ReadonlySignal<AttachmentLimits | undefined> {
    return this.options.limits;
  }

  add(files: Iterable<File>): void {
    const limits = this.limits.peek();
    if (!limits) return;
    const added = [...files].map<Upload>((file, index) => {
      const tooMany = this.items.peek().length + index >= limits.most;
      const code = tooMany ? 'too-many' : file.size > limits.largest ? 'too-large' : undefined;
      return {
        id: newId(),
        name: file.name,
        size: file.size,
        file,
        state: code ? 'failed' : 'uploading',
        problem: code ? new Problem(0, code, '') : undefined,
        progress: 0,
      };
    });
    this.coming.value = [...this.coming.peek(), ...added];
    this.pump();
  }

  /** Ends an upload, or takes a file back that the server has. */
  remove(id: string): void {
    this.requests.get(id)?.abort();
    this.requests.delete(id);
    const kept = this.options.kept.peek();
    // What has arrived, even if its answer has not, would otherwise wait on the server for a day.
    if (this.tried.delete(id) || kept.some((each) => each.id === id))
      void this.send(`/api/attachments/${id}`, 'DELETE').catch(() => undefined);
    this.coming.value = this.coming.peek().filter((each) => each.id !== id);
    if (kept.some((each) => each.id === id)) this.options.kept.value = kept.filter((each) => each.id !== id);
    this.pump();
  }

  retry(id: string): void {
    this.change(id, { state: 'uploading', problem: undefined, progress: 0 });
    this.pump();
  }

  /** The files for a message, which has them from now on. */
  take(): Attachment[] {
    const files = this.options.kept.peek().filter(({ scanning }) => !scanning);
    this.options.kept.value = [];
    this.coming.value = [];
    return files;
  }

  /** Somebody else writes from now on. */
  clear(): void {
    for (const request of this.requests.values()) request.abort();
    this.requests.clear();
    this.coming.value = [];
  }

  /** A file or a picture of the server. */
  readonly load = async (path: string): Promise<Blob> => {
    const response = await this.send(path);
    return response.blob();
  };

  private async send(path: string, method = 'GET', refused = false): Promise<Response> {
    const headers = { 'X-Replyloop': '1', ...(await this.options.headers?.(refused)) };
    let response: Response;
    try {
      response = await fetch(path, { method, headers, credentials: 'same-origin' });
    } catch (cause) {
      throw new Problem(0, 'unreachable', String(cause));
    }
    if (response.status === 401 && !refused && this.options.headers) return this.send(path, method, true);
    if (!response.ok) throw problemOf(response.status, await response.text());
    return response;
  }

  private pump(): void {
    const waiting = this.coming
      .peek()
      .filter(({ id, state, file }) => state === 'uploading' && file && !this.requests.has(id));
    for (const { id, file } of waiting) {
      if (this.requests.size >= atOnce) return;
      if (file) void this.upload(id, file, false);
    }
  }

  private async upload(id: string, file: File, refused: boolean): Promise<void> {
    // Only XMLHttpRequest tells how much has been sent.
    const upload = new XMLHttpRequest();
    this.requests.set(id, upload);
    this.tried.add(id);
    let headers: Headers;
    try {
      headers = (await this.options.headers?.(refused)) ?? {};
    } catch (problem) {
      return this.failed(id, problem instanceof Problem ? problem : new Problem(0, 'unreachable', ''));
    }
    if (this.requests.get(id) !== upload) return;
    const { conversation } = this.options;
    // Far longer than any name that is kept; the address has a limit of its own.
    const name = [...file.name].slice(-150).join('');
    upload.open('POST', address('/api/attachments', { id, name, conversation }));
    const sent = { 'Content-Type': 'application/octet-stream', 'X-Replyloop': '1', ...headers };
    for (const [header, value] of Object.entries(sent)) upload.setRequestHeader(header, value);
    upload.upload.onprogress = ({ loaded, total }) => this.change(id, { progress: loaded / (total || 1) });
    upload.onerror = () => this.failed(id, new Problem(0, 'unreachable', ''));
    upload.onload = () => {
      if (upload.status === 401 && !refused && this.options.headers) {
        void this.upload(id, file, true);
        return;
      }
      if (upload.status !== 200) {
        this.failed(id, problemOf(upload.status, upload.responseText));
        return;
      }
      const { state, ...stored } = JSON.parse(upload.responseText) as Attachment & { state: string };
      this.requests.delete(id);
      this.coming.value = this.coming.peek().filter((each) => each.id !== id);
      this.keep(state === 'scanning' ? { ...stored, scanning: true } : stored);
      this.pump();
    };
    upload.send(file);
  }

  private keep(file: KeptFile): void {
    const others = this.options.kept.peek().filter(({ id }) => id !== file.id);
    this.options.kept.value = [...others, file];
  }

  private failed(id: string, problem: Problem): void {
    this.requests.delete(id);
    const wait = problem.retryAfterMillis;
    if (problem.code === 'rate-limited' && wait !== undefined && wait <= soon) {
      setTimeout(() => this.pump(), wait);
      return;
    }
    this.change(id, { state: 'failed', problem });
    this.pump();
  }

  private change(id: string, change: Partial<Upload>): void {
    this.coming.value = this.coming.peek().map((each) => (each.id === id ? { ...each, ...change } : each));
  }

  private poll(id: string): void {
    if (this.polls.has(id)) return;
    this.polls.add(id);
    setTimeout(() => {
      this.polls.delete(id);
      void this.look(id);
    }, pollAfter);
  }

  private async look(id: string): Promise<void> {
    const known = this.options.kept.peek().find((each) => each.id === id);
    if (!known) return;
    try {
      const response = await this.send(`/api/attachments/${id}/state`);
      const { state } = (await response.json()) as { state: string };
      if (state === 'scanning') return this.poll(id);
      if (state === 'ready') {
        this.keep({ ...known, scanning: undefined });
        return;
      }
      this.refuse(known, new Problem(0, 'infected', ''));
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'not-found') this.refuse(known, problem);
      else this.poll(id);
    }
  }

  private refuse({ id, name, size }: KeptFile, problem: Problem): void {
    this.options.kept.value = this.options.kept.peek().filter((each) => each.id !== id);
    this.coming.value = [...this.coming.peek(), { id, name, size, state: 'failed', progress: 1, problem }];
  }
}
