import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Attachment } from '../shared/frames';
import { Icon } from '../shared/icons';
import { labelled } from '../shared/language';
import { attachmentTexts } from './attachment-texts';
import { fileSize } from './file-size';
import { pictureSize } from './picture-size';
import type { Viewer as ViewerType } from './viewer';

/** Loads a file of the server with whatever the server asks of this page. */
export type Load = (path: string) => Promise<Blob>;

interface AttachmentsProps {
  files: Attachment[] | undefined;
  load: Load;
}

/** The files of a message: pictures small, in the place that they will take, all others to be downloaded. */
export function Attachments({ files, load }: AttachmentsProps) {
  if (!files?.length) return null;
  return (
    <div class="attachments">
      {files.map((file) =>
        file.width && file.height ? (
          <PictureButton key={file.id} file={file} load={load} />
        ) : (
          <DownloadButton key={file.id} file={file} load={load} />
        ),
      )}
    </div>
  );
}

export async function saveAttachment({ id, name }: Attachment, load: Load): Promise<void> {
  const blob = await load(`/api/attachments/${id}`);
  const link = document.createElement('a');
  // No type of its own, so that no browser opens what is meant to be saved.
  link.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A picture of the server, loaded once it comes into sight. */
export function Picture({ file, size, load }: { file: Attachment; size: 'thumbnail' | 'large'; load: Load }) {
  const t = attachmentTexts();
  const image = useRef<HTMLImageElement>(null);
  const failed = useSignal(false);
  useEffect(() => {
    const shown = image.current;
    if (!shown) return;
    let address: string | undefined;
    let over = false;
    const show = async () => {
      try {
        const blob = await load(`/api/attachments/${file.id}/${size}`);
        if (over) return;
        address = URL.createObjectURL(blob);
        shown.src = address;
      } catch {
        failed.value = !over;
      }
    };
    const sight = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        sight.disconnect();
        void show();
      },
      { rootMargin: '400px' },
    );
    sight.observe(shown);
    return () => {
      over = true;
      sight.disconnect();
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [file.id, size]);
  return (
    <>
      <img ref={image} alt={t.picture({ name: file.name })} draggable={false} />
      {failed.value && (
        <span class="picture-missing" role="alert">
          {t.pictureMissing}
        </span>
      )}
    </>
  );
}

/** Loaded when somebody wants to see one. */
interface Viewer {
  Viewer: typeof ViewerType;
}

function PictureButton({ file, load }: { file: Attachment; load: Load }) {
  const t = attachmentTexts();
  const viewer = useSignal<Viewer | undefined>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const open = viewer.value !== undefined;
  useLayoutEffect(() => {
    // Nothing outside a dialog can have the focus before it is gone.
    if (!open && wasOpen.current) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
  const { width = 1, height = 1 } = file;
  return (
    <>
      <button
        ref={button}
        type="button"
        class="picture"
        style={pictureSize(width, height)}
        aria-label={labelled(t.open, file.name)}
        aria-haspopup="dialog"
        title={file.name}
        onClick={() => void import('./viewer').then(({ Viewer }) => (viewer.value = { Viewer }))}
      >
        <Picture file={file} size="thumbnail" load={load} />
      </button>
      {viewer.value && (
        <viewer.value.Viewer file={file} load={load} closed={() => (viewer.value = undefined)} />
      )}
    </>
  );
}

export function DownloadButton({ file, load }: { file: Attachment; load: Load }) {
  const t = attachmentTexts();
  const state = useSignal<'idle' | 'loading' | 'failed'>('idle');
  const save = async () => {
    if (state.value === 'loading') return;
    state.value = 'loading';
    try {
      await saveAttachment(file, load);
      state.value = 'idle';
    } catch {
      state.value = 'failed';
    }
  };
  return (
    <button
      type="button"
      class="file"
      aria-label={labelled(t.download, `${file.name} ${fileSize(file.size)}`)}
      aria-busy={state.value === 'loading'}
      onClick={() => void save()}
    >
      <Icon name="file" />
      <span class="file-name" dir="auto">
        {file.name}
      </span>
      {/* Between the two when they are read out. */ ' '}
      <span class="file-size" role={state.value === 'idle' ? undefined : 'status'}>
        {{ idle: fileSize(file.size), loading: t.downloading, failed: t.unreachable }[state.value]}
      </span>
      <Icon name="download" />
    </button>
  );
}
