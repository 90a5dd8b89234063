import { useRef } from 'preact/hooks';
import { Icon } from '../shared/icons';
import { labelled, percent } from '../shared/language';
import type { Upload, Uploads } from '../shared/uploads';
import { attachmentTexts } from './attachment-texts';
import { Picture } from './attachments';
import { fileSize } from './file-size';

function limitsText(uploads: Uploads): string {
  const limits = uploads.limits.value;
  if (!limits) return '';
  return attachmentTexts().limits(limits.most, fileSize(limits.largest), typesText(uploads));
}

function typesText(uploads: Uploads): string {
  return (uploads.limits.value?.types ?? []).map((type) => type.toUpperCase()).join(', ');
}

/** Nothing where nothing may be attached. Says what may before the browser asks for files. */
export function AttachButton({ uploads }: { uploads: Uploads }) {
  const t = attachmentTexts();
  const input = useRef<HTMLInputElement>(null);
  const limits = uploads.limits.value;
  if (!limits) return null;
  return (
    <>
      <button
        type="button"
        class="button quiet icon attach"
        aria-label={t.attach}
        aria-description={limitsText(uploads)}
        title={`${t.attach}\n${limitsText(uploads)}`}
        onClick={() => {
          uploads.said.value = limitsText(uploads);
          input.current?.click();
        }}
      >
        <Icon name="clip" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={limits.types.map((type) => `.${type}`).join()}
        onChange={({ currentTarget }) => {
          uploads.said.value = '';
          uploads.add(currentTarget.files ?? []);
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Pictures of the clipboard; text that comes with one, as from a spreadsheet, is what was meant. */
export function pasteInto(uploads: Uploads, event: ClipboardEvent): void {
  const { clipboardData } = event;
  if (!clipboardData || !uploads.limits.peek()) return;
  if (clipboardData.files.length === 0 || clipboardData.getData('text/plain')) return;
  event.preventDefault();
  uploads.add(clipboardData.files);
}

/** For the element on which files can be dropped. */
export function dropOn(uploads: Uploads) {
  const holdsFiles = ({ dataTransfer }: DragEvent) =>
    uploads.limits.peek() !== undefined && dataTransfer?.types.includes('Files') === true;
  return {
    onDragOver: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      uploads.dropping.value = true;
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      const inside =
        currentTarget instanceof Node &&
        relatedTarget instanceof Node &&
        currentTarget.contains(relatedTarget);
      if (!inside) uploads.dropping.value = false;
    },
    onDrop: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      uploads.dropping.value = false;
      uploads.add(event.dataTransfer?.files ?? []);
    },
  };
}

/** What stands above the page while somebody holds files over it. */
export function DropArea({ uploads }: { uploads: Uploads }) {
  if (!uploads.dropping.value) return null;
  return (
    <div class="drop-area">
      <p>
        <strong>{attachmentTexts().drop}</strong>
      </p>
      <p>{limitsText(uploads)}</p>
    </div>
  );
}

/** What is being attached, each file with its progress. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const t = attachmentTexts();
  const items = uploads.items.value;
  const last = items.findLast(({ state }) => state === 'ready' || state === 'failed');
  return (
    <>
      {items.length > 0 && (
        <ul class="uploads" aria-label={t.attached}>
          {items.map((upload) => (
            <Row key={upload.id} upload={upload} uploads={uploads} />
          ))}
        </ul>
      )}
      <p class="out-of-sight" role="status">
        {last &&
          (last.state === 'ready' ? t.uploaded(last.name) : labelled(last.name, whyNot(last, uploads)))}
      </p>
    </>
  );
}

function Row({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const t = attachmentTexts();
  const { id, name, size, state, progress, stored, file } = upload;
  const shown = stored?.width ? stored : undefined;
  return (
    <li class={`upload ${state}`}>
      {shown ? (
        <span class="upload-picture">
          <Picture file={shown} size="thumbnail" load={uploads.load} />
        </span>
      ) : (
        <Icon name="file" />
      )}
      <span class="upload-name" dir="auto" title={name}>
        {name}
      </span>
      <span class="upload-state">
        {state === 'uploading' && t.uploading(percent(progress))}
        {state === 'scanning' && t.scanning}
        {state === 'ready' && fileSize(size)}
        {state === 'failed' && whyNot(upload, uploads)}
      </span>
      {state === 'uploading' && <progress max={1} value={progress} aria-label={t.uploading(name)} />}
      {state === 'failed' && file && canBeRepeated(upload) && (
        <button
          type="button"
          class="button small icon"
          aria-label={labelled(t.retry, name)}
          onClick={() => uploads.retry(id)}
        >
          <Icon name="retry" />
        </button>
      )}
      <button
        type="button"
        class="button small icon quiet"
        aria-label={labelled(state === 'uploading' ? t.cancel : t.remove, name)}
        onClick={() => uploads.remove(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

const forGood = new Set(['too-many', 'too-large', 'unsupported-media-type', 'infected', 'invalid']);

function canBeRepeated({ problem }: Upload): boolean {
  return problem !== undefined && !forGood.has(problem.code);
}

function whyNot({ problem }: Upload, uploads: Uploads): string {
  const t = attachmentTexts();
  const limits = uploads.limits.value;
  switch (problem?.code ?? '') {
    case 'too-many':
      return t.tooMany(limits?.most ?? 0);
    case 'too-large':
      return t.tooLarge(fileSize(limits?.largest ?? 0));
    case 'unsupported-media-type':
    case 'invalid':
      return t.wrongKind(typesText(uploads));
    case 'infected':
      return t.infected;
    case 'not-found':
      return t.gone;
    case 'rate-limited':
      return t.rateLimited;
    case 'unreachable':
      return t.unreachable;
    case 'unavailable':
      return t.unavailable;
    default:
      return t.failed;
  }
}
