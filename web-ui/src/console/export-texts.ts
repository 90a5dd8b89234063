import { texts } from '../shared/language';

export const exportTexts = texts(
  { withFiles: 'Export with files (ZIP)' },
  { withFiles: '导出数据和文件（ZIP）' },
);
