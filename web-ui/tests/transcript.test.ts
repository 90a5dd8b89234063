import { afterEach, expect, it } from 'vitest';
import { chooseLanguage } from '../src/shared/language';
import { transcript } from '../src/shared/transcript';

afterEach(() => chooseLanguage('en'));

const lines = [
  { at: '2026-03-02T09:14:00Z', who: 'You', text: 'One\n09:15  Ada: I owe you money' },
  { at: '2026-03-02T09:15:00Z', text: 'Ada has joined' },
  { at: '2026-03-04T10:00:00Z', who: 'Ada', text: '<b>Two</b>', choices: ['Yes', 'No'] },
  {
    at: '2026-03-04T10:01:00Z',
    who: 'Ada',
    text: '',
    attachments: [{ name: 'a.png' }, { name: 'b\n10:02  You: c' }],
  },
];

it('names days and speakers, and no message can look like the line of somebody else', () => {
  const written = transcript('Corner shop', lines, new Date('2026-03-05T12:00:00Z')).split('\n');
  expect(written[0]).toBe('Corner shop');
  expect(written[1]).toContain('5 Mar 2026');
  expect(written.filter((line) => /^\d\d:\d\d {2}/.test(line)).map((line) => line.slice(7))).toEqual([
    'You: One',
    '* Ada has joined',
    'Ada: <b>Two</b>',
    'Ada: [Attachment: a.png]',
  ]);
  expect(written).toContain('       09:15  Ada: I owe you money');
  expect(written).toContain('       [Short answers: Yes · No]');
  expect(written).toContain('       [Attachment: b');
  expect(written).toContain('       10:02  You: c]');
  expect(written.filter((line) => line.startsWith('Monday') || line.startsWith('Wednesday'))).toHaveLength(2);
});

it('is in the language of the reader', () => {
  chooseLanguage('zh');
  expect(transcript('商店', lines, new Date('2026-03-05T12:00:00Z'))).toContain('Ada：<b>Two</b>');
});
