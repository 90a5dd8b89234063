import { Problem } from './api';
import { texts } from './language';

const problemTexts = texts(
  {
    unreachable: 'The server cannot be reached. Check the connection and try again.',
    signInFailed: 'This e-mail address and password do not belong together.',
    rateLimited: 'Too many attempts. Wait a moment and try again.',
    signedOut: 'You are signed out. Sign in again.',
    notAllowed: 'Your role may not do this.',
    blocked: 'The team takes no more messages from you.',
    conflict: 'Somebody else has changed this meanwhile. Load it again, then repeat your change.',
    unavailable: 'The database is away for the moment. Try again shortly.',
    internal: 'Something went wrong on the server.',
    textTooLong: 'This is too long.',
    unknownAddress: (address: string) =>
      `The server does not know ${address} as its own address. Whoever runs it can set replyloop.public-address to it.`,
    movedOn: 'Somebody else has written or done something here since. Look, then try again.',
  },
  {
    unreachable: '无法连接服务器。请检查网络后重试。',
    signInFailed: '邮箱或密码不正确。',
    rateLimited: '尝试次数过多，请稍候再试。',
    signedOut: '您已退出登录，请重新登录。',
    notAllowed: '您的角色无权执行此操作。',
    blocked: '团队不再接收您的消息。',
    conflict: '其他人刚刚修改了此内容。请重新加载后再修改。',
    unavailable: '数据库暂时不可用，请稍后重试。',
    internal: '服务器出现了问题。',
    textTooLong: '内容过长。',
    unknownAddress: (address) =>
      `服务器尚未将 ${address} 识别为自己的地址。请让管理员将 replyloop.public-address 设为该地址。`,
    movedOn: '此对话刚刚有了新动态，请先查看再操作。',
  },
);

/** What to tell a person. Codes that everybody meets are told in their language; the rest keeps the server's sentence. */
export function problemText(problem: unknown): string {
  if (!(problem instanceof Problem)) return String(problem);
  return codeText(problem.code, problem.message);
}

export function codeText(code: string, message: string): string {
  const t = problemTexts();
  switch (code) {
    case 'unreachable':
      return t.unreachable;
    case 'sign-in-failed':
      return t.signInFailed;
    case 'rate-limited':
      return t.rateLimited;
    case 'signed-out':
      return t.signedOut;
    case 'not-allowed':
      return t.notAllowed;
    case 'blocked':
      return t.blocked;
    case 'unavailable':
      return t.unavailable;
    case 'text-too-long':
      return t.textTooLong;
    case 'thread-moved-on':
      return t.movedOn;
    case 'cross-site':
      // Of our own pages, the server takes only those for another site's whose address it does not know.
      return t.unknownAddress(location.origin);
    case 'conflict':
      return message || t.conflict;
    case 'internal':
      return `${t.internal} ${message}`;
    default:
      return message;
  }
}
