import { Icon } from '../shared/icons';
import { labelled, percent, withCommas } from '../shared/language';
import type { Upload, Uploads } from '../shared/uploads';
import { attachmentTexts } from './attachment-texts';
import { Picture } from './attachments';
import { fileSize } from './file-size';
import './uploads.css';

export function limitsText(uploads: Uploads): string {
  const limits = uploads.limits.value;
  if (!limits) return '';
  return attachmentTexts().limits({
    most: limits.most,
    size: fileSize(limits.largest),
    types: typesText(uploads),
  });
}

function typesText(uploads: Uploads): string {
  return withCommas((uploads.limits.value?.types ?? []).map((type) => type.toUpperCase()));
}

/** Lets the browser ask for files. What may be attached is said meanwhile. */
export function choose(uploads: Uploads): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = (uploads.limits.peek()?.types ?? []).map((type) => `.${type}`).join();
  const asked = (said: string) => (uploads.said.value = said);
  input.addEventListener('change', () => {
    asked('');
    uploads.add(input.files ?? []);
  });
  input.addEventListener('cancel', () => asked(''));
  asked(limitsText(uploads));
  input.click();
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
          (last.state === 'ready'
            ? t.uploaded({ name: last.name })
            : labelled(last.name, whyNot(last, uploads)))}
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
        {state === 'uploading' && t.uploading({ percent: percent(progress) })}
        {state === 'scanning' && t.scanning}
        {state === 'ready' && fileSize(size)}
        {state === 'failed' && whyNot(upload, uploads)}
      </span>
      {state === 'uploading' && (
        <progress max={1} value={progress} aria-label={t.uploading({ percent: name })} />
      )}
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
      return t.tooMany({ most: limits?.most ?? 0 });
    case 'too-large':
      return t.tooLarge({ size: fileSize(limits?.largest ?? 0) });
    case 'unsupported-media-type':
    case 'invalid':
      return t.wrongKind({ types: typesText(uploads) });
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
