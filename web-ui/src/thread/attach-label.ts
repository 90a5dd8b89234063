import { texts } from '../shared/language';

/** What is there before the rest of the attachments is loaded. */
export const attachLabel = texts({ attach: 'Attach files' }, { attach: '添加文件' });
