import { texts } from './language';

export const transcriptTexts = texts(
  {
    save: 'Save this conversation',
    file: 'conversation',
    savedOn: (time: string, zone: string) => `Conversation, saved on ${time}; times are those of ${zone}`,
    said: (who: string, text: string) => `${who}: ${text}`,
    attachment: (name: string) => `[Attachment: ${name}]`,
  },
  {
    save: '保存此对话',
    file: '对话',
    savedOn: (time, zone) => `对话记录，保存于 ${time}，时间均为 ${zone} 时区`,
    said: (who, text) => `${who}：${text}`,
    attachment: (name) => `[附件：${name}]`,
  },
);
