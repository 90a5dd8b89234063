import { download, type RequestOptions } from './api';

/** Saves the server's response as a file. */
export async function saveFile(path: string, query: RequestOptions['query'], name: string): Promise<void> {
  const blob = await download(path, query);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
