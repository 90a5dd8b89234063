import { Dialog, LeaveButton } from '../shared/dialog';
import type { Attachment } from '../shared/frames';
import { attachmentTexts } from './attachment-texts';
import '../shared/surfaces.css';
import { DownloadButton, Picture, type Load } from './attachments';
import './viewer.css';

interface ViewerProps {
  file: Attachment;
  load: Load;
  closed: () => void;
}

/** A picture as large as the window allows. */
export function Viewer({ file, load, closed }: ViewerProps) {
  const t = attachmentTexts();
  const { width = 1, height = 1 } = file;
  const shape = { aspectRatio: `${String(width)} / ${String(height)}`, '--shape': String(width / height) };
  return (
    <Dialog label={t.picture({ name: file.name })} class="viewer" closed={closed}>
      <div class="viewer-picture" style={{ ...shape, maxWidth: `${String(width)}px` }}>
        <Picture file={file} size="large" load={load} />
      </div>
      <div class="row spread viewer-foot">
        <DownloadButton file={file} load={load} />
        <LeaveButton>{t.close}</LeaveButton>
      </div>
    </Dialog>
  );
}
