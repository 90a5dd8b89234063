/** Everything about attachments that is loaded once somebody attaches a file, or a message carries one. */
export { Attachments } from './attachments';
export { choose, DropArea, limitsText, UploadList } from './attach';
export { Uploads } from '../shared/uploads';
