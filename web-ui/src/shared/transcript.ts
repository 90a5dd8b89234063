import { clockTime, dateAndTime, dayName } from './language';
import { saveText } from './save-file';
import { transcriptTexts } from './transcript-texts';

export interface TranscriptLine {
  at: string;
  /** Absent for what happened without words. */
  who?: string;
  text: string;
  /** Files are named; they are no part of a text. */
  attachments?: { name: string }[];
  /** Short answers that were offered with it. */
  choices?: string[];
}

/** Below a line's time, so that no message can look like another one's line. */
const indent = ' '.repeat(7);
const separator = ' \u00b7 ';

/** A conversation as plain text, in the reader's time zone and language. */
export function transcript(title: string, lines: TranscriptLine[], now: Date): string {
  const t = transcriptTexts();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const written = [title, t.savedOn({ time: dateAndTime(now.toISOString()), zone })];
  let day = '';
  for (const { at, who, text, attachments = [], choices } of lines) {
    const newDay = new Date(at).toDateString();
    if (newDay !== day) written.push('', dayName(at), '');
    day = newDay;
    const files = attachments.map(({ name }) => t.attachment({ name }));
    const offered = choices?.length ? t.offered({ answers: choices.join(separator) }) : '';
    const said = [text, ...files, offered].filter(Boolean).join('\n');
    const words = who === undefined ? `* ${said}` : t.said({ who, text: said });
    written.push(`${clockTime(at)}  ${words.split(/\r\n|[\n\r\u2028\u2029]/).join(`\n${indent}`)}`);
  }
  return `${written.join('\n')}\n`;
}

export function saveTranscript(title: string, lines: TranscriptLine[]): void {
  const now = new Date();
  saveText(transcript(title, lines, now), `${transcriptTexts().file}-${now.toISOString().slice(0, 10)}.txt`);
}
