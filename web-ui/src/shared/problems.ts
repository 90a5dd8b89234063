import { Problem } from './api';
import { sentences, texts } from './language';

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
    tooSlow: 'This took too long to arrive. Check the connection and try again.',
    internal: 'Something went wrong on the server.',
    textEmpty: 'Write something first.',
    textTooLong: 'This is too long.',
    tooLarge: 'This is too large.',
    notFound: 'This is not there, or no longer.',
    notUnderstood: 'This page and the server do not understand each other. Load the page again.',
    beginAgain: 'This visit has to begin again. Load the page again.',
    importInvalid: 'This file cannot be imported.',
    modelDamaged: 'This model cannot be used.',
    tooFewExamples: 'There are too few examples.',
    alreadyRunning: 'This is running already.',
    // In English the server's sentence says it.
    refused: '',
    notKept:
      'The browser does not keep the sign-in, because it goes over https only and this page came by http. Whoever runs the server can offer it by https or, in a trusted network, set replyloop.signin.secure-cookie to false.',
    cookiesBlocked: 'The browser does not keep the sign-in. Allow cookies for this page and try again.',
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
    tooSlow: '数据传输时间过长。请检查网络后重试。',
    internal: '服务器出现了问题。',
    textEmpty: '请先输入内容。',
    textTooLong: '内容过长。',
    tooLarge: '内容或文件过大。',
    notFound: '未找到，可能已不存在。',
    notUnderstood: '页面与服务器版本不一致。请重新加载页面。',
    beginAgain: '会话需要重新开始。请重新加载页面。',
    importInvalid: '无法导入此文件。',
    modelDamaged: '无法使用此模型。',
    tooFewExamples: '样本数量不足。',
    alreadyRunning: '任务已在运行中。',
    refused: '服务器未接受此操作。',
    notKept:
      '浏览器未保存登录状态：登录信息只能通过 https 传输，而此页面使用 http。请让管理员改用 https；如在可信网络中，也可将 replyloop.signin.secure-cookie 设为 false。',
    cookiesBlocked: '浏览器未保存登录状态。请允许此页面使用 Cookie 后重试。',
    unknownAddress: (address) =>
      `服务器尚未将 ${address} 识别为自己的地址。请让管理员将 replyloop.public-address 设为该地址。`,
    movedOn: '此对话刚刚有了新动态，请先查看再操作。',
  },
);

type TextName = Exclude<keyof ReturnType<typeof problemTexts>, 'unknownAddress'>;

/** What to tell a person. */
export function problemText(problem: unknown): string {
  if (!(problem instanceof Problem)) return String(problem);
  return codeText(problem.code, problem.message);
}

/**
 * What is told of each code in the person's language. The server's own sentence follows where it says more than the code
 * does, such as which field or how many.
 */
const told: Record<string, { text: TextName; andMessage?: true }> = {
  unreachable: { text: 'unreachable' },
  'not-kept': { text: 'notKept' },
  'cookies-blocked': { text: 'cookiesBlocked' },
  'sign-in-failed': { text: 'signInFailed' },
  'rate-limited': { text: 'rateLimited' },
  'signed-out': { text: 'signedOut' },
  'not-allowed': { text: 'notAllowed' },
  blocked: { text: 'blocked' },
  unavailable: { text: 'unavailable' },
  'too-slow': { text: 'tooSlow' },
  'text-empty': { text: 'textEmpty' },
  'text-too-long': { text: 'textTooLong' },
  'thread-moved-on': { text: 'movedOn' },
  'token-invalid': { text: 'beginAgain' },
  'token-expired': { text: 'beginAgain' },
  internal: { text: 'internal', andMessage: true },
  'not-found': { text: 'notFound', andMessage: true },
  'too-large': { text: 'tooLarge', andMessage: true },
  'frame-too-large': { text: 'tooLarge', andMessage: true },
  'import-invalid': { text: 'importInvalid', andMessage: true },
  'model-damaged': { text: 'modelDamaged', andMessage: true },
  'too-few-examples': { text: 'tooFewExamples', andMessage: true },
  'already-running': { text: 'alreadyRunning', andMessage: true },
  'malformed-frame': { text: 'notUnderstood', andMessage: true },
  'unknown-type': { text: 'notUnderstood', andMessage: true },
  'hello-first': { text: 'notUnderstood', andMessage: true },
  'method-not-allowed': { text: 'notUnderstood', andMessage: true },
  'not-acceptable': { text: 'notUnderstood', andMessage: true },
  'unsupported-media-type': { text: 'notUnderstood', andMessage: true },
  'malformed-request': { text: 'refused', andMessage: true },
  invalid: { text: 'refused', andMessage: true },
};

export function codeText(code: string, message: string): string {
  const t = problemTexts();
  // Of our own pages, the server takes only those for another site's whose address it does not know.
  if (code === 'cross-site') return t.unknownAddress(location.origin);
  if (code === 'conflict') return message ? sentences(t.refused, message) : t.conflict;
  const known = told[code];
  return known ? sentences(t[known.text], known.andMessage && message) : message;
}
