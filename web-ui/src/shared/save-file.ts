import { download, type RequestOptions } from './api';

/** Saves the server's response as a file. */
export async function saveFile(path: string, query: RequestOptions['query'], name: string): Promise<void> {
  save(await download(path, query), name);
}

/** Saves a text that the page has made. */
export function saveText(text: string, name: string): void {
  save(new Blob([text], { type: 'text/plain;charset=utf-8' }), name);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
