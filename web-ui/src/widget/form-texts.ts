import { texts } from '../shared/language';

export const formTexts = texts(
  {
    before: 'Before we start',
    name: 'Your name',
    email: 'Your e-mail address',
    optional: (label: string) => `${label} (optional)`,
    choose: 'Please choose',
    start: 'Start the chat',
    missing: 'Please fill this in.',
    missingChoice: 'Please choose one.',
    missingConsent: 'Please agree to this to start the chat.',
    noAddress: 'This does not look like an e-mail address.',
    wrong: (number: number) =>
      number === 1 ? 'One field needs a look.' : `${String(number)} fields need a look.`,
  },
  {
    before: '开始咨询前',
    name: '您的姓名',
    email: '您的电子邮箱',
    optional: (label) => `${label}（选填）`,
    choose: '请选择',
    start: '开始咨询',
    missing: '请填写此项。',
    missingChoice: '请选择一项。',
    missingConsent: '请先同意此项，再开始咨询。',
    noAddress: '这不像是电子邮箱地址。',
    wrong: (number) => `有 ${String(number)} 项需要检查。`,
  },
);
