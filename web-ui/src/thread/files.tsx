import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Attachment } from '../shared/frames';
import { Icon } from '../shared/icons';
import { messagesLoaded } from '../shared/messages';
import type { Uploads, UploadsOptions } from '../shared/uploads';
import { attachLabel } from './attach-label';
import './attachments.css';
import type * as FileParts from './file-parts';
import { pictureSize } from './picture-size';

interface Loaded {
  parts: typeof FileParts;
  uploads: Uploads;
}

/** The files of what somebody writes and reads. Most conversations have none, so their code is loaded on demand. */
export class Files {
  readonly loaded = signal<Loaded | undefined>(undefined);
  private loading: Promise<Loaded> | undefined;

  constructor(private readonly options: UploadsOptions) {
    effect(() => {
      if (options.kept.value.length > 0) this.prepare();
    });
  }

  get limits() {
    return this.options.limits;
  }

  /** Whether there are any. */
  get any(): boolean {
    return this.loaded.value?.uploads.any.value ?? this.options.kept.value.length > 0;
  }

  /** Whether nothing has to be waited for, or decided. */
  get settled(): boolean {
    return this.loaded.value?.uploads.settled.value ?? this.options.kept.value.length === 0;
  }

  /** What the person should know now about files in general. */
  get said(): string {
    return this.loaded.value?.uploads.said.value ?? '';
  }

  /** Whoever asks for it later gets it at once. A server that is away is asked again by the next one. */
  prepare(): void {
    void this.load().catch(() => undefined);
  }

  load(): Promise<Loaded> {
    this.loading ??= import('./file-parts')
      .then(async (parts) => {
        // What may be attached is said once, at once: its message has to be there by then.
        await messagesLoaded();
        return (this.loaded.value = { parts, uploads: new parts.Uploads(this.options) });
      })
      .catch((failure: unknown) => {
        this.loading = undefined;
        throw failure;
      });
    return this.loading;
  }

  add(files: Iterable<File>): void {
    // The browser empties its lists when the event is over.
    const all = [...files];
    void this.load().then(({ uploads }) => uploads.add(all));
  }

  /** The files for a message, which has them from now on. */
  take(): Attachment[] {
    return this.loaded.peek()?.uploads.take() ?? [];
  }

  /** Somebody else writes from now on. */
  clear(): void {
    this.loaded.peek()?.uploads.clear();
  }
}

/** Nothing where nothing may be attached. Says what may before the browser asks for files. */
export function AttachButton({ files }: { files: Files }) {
  const { attach } = attachLabel();
  if (!files.limits.value) return null;
  const { parts, uploads } = files.loaded.value ?? {};
  const limits = parts && uploads && parts.limitsText(uploads);
  return (
    <button
      type="button"
      class="button quiet icon attach"
      aria-label={attach}
      aria-description={limits}
      title={limits}
      onPointerEnter={() => files.prepare()}
      onFocus={() => files.prepare()}
      onClick={() => void files.load().then(({ parts, uploads }) => parts.choose(uploads))}
    >
      <Icon name="clip" />
    </button>
  );
}

/** What is being attached, and where to drop more. */
export function UploadedFiles({ files }: { files: Files }) {
  const { parts, uploads } = files.loaded.value ?? {};
  if (!parts || !uploads) return null;
  return (
    <>
      <parts.UploadList uploads={uploads} />
      <parts.DropArea uploads={uploads} />
    </>
  );
}

/** The files of a message. The room of each is known before the rest is loaded, so nothing moves. */
export function MessageFiles({
  attachments,
  files,
}: {
  attachments: Attachment[] | undefined;
  files: Files;
}) {
  const any = (attachments?.length ?? 0) > 0;
  useEffect(() => {
    if (any) files.prepare();
  }, [any, files]);
  if (!attachments || !any) return null;
  const { parts, uploads } = files.loaded.value ?? {};
  if (parts && uploads) return <parts.Attachments files={attachments} load={uploads.load} />;
  return (
    <div class="attachments">
      {attachments.map(({ id, name, width, height }) =>
        width && height ? (
          <span key={id} class="picture" style={pictureSize(width, height)} />
        ) : (
          <span key={id} class="file">
            <Icon name="file" />
            <span class="file-name">{name}</span>
            <span class="file-size">…</span>
            <Icon name="download" />
          </span>
        ),
      )}
    </div>
  );
}

/** Pictures of the clipboard; text that comes with one, as from a spreadsheet, is what was meant. */
export function pasteInto(files: Files, event: ClipboardEvent): void {
  const { clipboardData } = event;
  if (!clipboardData || !files.limits.peek()) return;
  if (clipboardData.files.length === 0 || clipboardData.getData('text/plain')) return;
  event.preventDefault();
  files.add(clipboardData.files);
}

/** For the element on which files can be dropped. */
export function dropOn(files: Files) {
  const holdsFiles = ({ dataTransfer }: DragEvent) =>
    files.limits.peek() !== undefined && dataTransfer?.types.includes('Files') === true;
  let above = false;
  const show = (now: boolean) => {
    if (above === now) return;
    above = now;
    void files.load().then(({ uploads }) => (uploads.dropping.value = above));
  };
  return {
    onDragOver: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      show(true);
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      const inside =
        currentTarget instanceof Node &&
        relatedTarget instanceof Node &&
        currentTarget.contains(relatedTarget);
      if (!inside) show(false);
    },
    onDrop: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      show(false);
      files.add(event.dataTransfer?.files ?? []);
    },
  };
}
