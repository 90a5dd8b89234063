import { language, sentences, texts } from './language';

const problemTexts = texts(
  {
    unreachable: 'The server cannot be reached. Check the connection and try again.',
    signInFailed: 'This e-mail address and password do not belong together.',
    rateLimited: 'Too many attempts. Wait a moment and try again.',
    signedOut: 'You are signed out. Sign in again.',
    notAllowed: 'Your role may not do this.',
    blocked: 'The team takes no more messages from you.',
    conflict: 'Somebody else has changed this meanwhile. Load it again, then repeat your change.',
    unavailable: 'The server cannot do this at the moment. Try again shortly.',
    tooSlow: 'This took too long to arrive. Check the connection and try again.',
    internal: 'Something went wrong on the server.',
    textEmpty: 'Write something first.',
    textTooLong: 'This is too long.',
    tooLarge: 'This is too large.',
    notFound: 'This is not there, or no longer.',
    notUnderstood: 'This page and the server do not understand each other. Load the page again.',
    beginAgain: 'This visit has to begin again. Load the page again.',
    importInvalid: 'This file cannot be imported.',
    modelDamaged:
      'The files of this model are damaged. Restore them from a backup, or promote another model.',
    tooFewExamples:
      'There are too few labelled examples, of replies that fit and of replies that do not. Every suggestion that an agent sends, edits or rejects adds some.',
    tooFewConversations:
      'All examples come from too few conversations to keep some back for measuring. Answer more conversations first.',
    noModel: 'No model serves yet that could be trained. Promote one below first.',
    alreadyRunning: 'A training run is waiting or running. Wait for it, or cancel it first.',
    shadowUnderWay: 'Another model ranks unseen at the moment, and only one can. Stop it first, or wait.',
    modelRefused: 'This file is no model that can rank here.',
    runEnded: 'This run has ended already; nothing is left to cancel.',
    lastAdmin: 'This is the last active admin. Make somebody else an admin first.',
    refused: 'The server has not accepted this. Check what you have entered.',
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
    unavailable: '服务器暂时无法处理此操作，请稍后重试。',
    tooSlow: '数据传输时间过长。请检查网络后重试。',
    internal: '服务器出现了问题。',
    textEmpty: '请先输入内容。',
    textTooLong: '内容过长。',
    tooLarge: '内容或文件过大。',
    notFound: '未找到，可能已不存在。',
    notUnderstood: '页面与服务器版本不一致。请重新加载页面。',
    beginAgain: '对话需要重新开始。请重新加载页面。',
    importInvalid: '无法导入此文件。',
    modelDamaged: '此模型的文件已损坏。请从备份恢复，或启用其他模型。',
    tooFewExamples: '标注样本太少，合适与不合适的回复都需要。客服每次发送、编辑或拒绝建议，都会增加样本。',
    tooFewConversations: '所有样本来自的对话太少，无法留出一部分用于评估。请先回复更多对话。',
    noModel: '还没有可供训练的现役模型。请先在下方启用一个模型。',
    alreadyRunning: '已有训练在等待或进行中。请等它结束，或先取消。',
    shadowUnderWay: '已有另一个模型在进行影子测试，同时只能有一个。请先停止它或等待。',
    modelRefused: '此文件不是可在此使用的模型。',
    runEnded: '此训练已经结束，无需取消。',
    lastAdmin: '这是最后一位可登录的管理员。请先将其他成员设为管理员。',
    refused: '服务器未接受此操作。请检查填写的内容。',
    notKept:
      '浏览器未保存登录状态：登录信息只能通过 https 传输，而此页面使用 http。请让管理员改用 https；如在可信网络中，也可将 replyloop.signin.secure-cookie 设为 false。',
    cookiesBlocked: '浏览器未保存登录状态。请允许此页面使用 Cookie 后重试。',
    unknownAddress: (address) =>
      `服务器尚未将 ${address} 识别为自己的地址。请让管理员将 replyloop.public-address 设为该地址。`,
    movedOn: '此对话刚刚有了新动态，请先查看再操作。',
  },
);

type TextName = Exclude<keyof ReturnType<typeof problemTexts>, 'unknownAddress'>;

const told: Record<string, TextName> = {
  unreachable: 'unreachable',
  'not-kept': 'notKept',
  'cookies-blocked': 'cookiesBlocked',
  'sign-in-failed': 'signInFailed',
  'rate-limited': 'rateLimited',
  'signed-out': 'signedOut',
  'not-allowed': 'notAllowed',
  blocked: 'blocked',
  unavailable: 'unavailable',
  'too-slow': 'tooSlow',
  'text-empty': 'textEmpty',
  'text-too-long': 'textTooLong',
  'thread-moved-on': 'movedOn',
  'token-invalid': 'beginAgain',
  'token-expired': 'beginAgain',
  conflict: 'conflict',
  internal: 'internal',
  'not-found': 'notFound',
  'too-large': 'tooLarge',
  'frame-too-large': 'tooLarge',
  'import-invalid': 'importInvalid',
  'model-damaged': 'modelDamaged',
  'too-few-examples': 'tooFewExamples',
  'too-few-conversations': 'tooFewConversations',
  'no-model': 'noModel',
  'already-running': 'alreadyRunning',
  'shadow-under-way': 'shadowUnderWay',
  'model-refused': 'modelRefused',
  'run-ended': 'runEnded',
  'last-admin': 'lastAdmin',
  'malformed-frame': 'notUnderstood',
  'unknown-type': 'notUnderstood',
  'hello-first': 'notUnderstood',
  'method-not-allowed': 'notUnderstood',
  'not-acceptable': 'notUnderstood',
  'unsupported-media-type': 'notUnderstood',
  'malformed-request': 'refused',
  invalid: 'refused',
};

/** Codes for which the server's own sentence, in English, is more specific: how many, how large, which file. */
const saysMore = new Set([
  'invalid',
  'malformed-request',
  'conflict',
  'not-found',
  'too-large',
  'frame-too-large',
  'import-invalid',
  'model-damaged',
  'too-few-examples',
  'already-running',
  'shadow-under-way',
  'model-refused',
  'malformed-frame',
  'unknown-type',
  'hello-first',
]);

/** The message for a code; the server's sentence is used only if it is in the person's language. */
export function codeText(code: string, message: string): string {
  const t = problemTexts();
  // The server treats only pages of ours under an unknown address as another site's.
  if (code === 'cross-site') return t.unknownAddress(location.origin);
  const said = language.value === 'en' ? message : '';
  const name = told[code];
  if (name === undefined) return said || t.refused;
  if (!saysMore.has(code) || !said) return t[name];
  // The general sentence would add nothing to the specific one.
  return name === 'refused' || name === 'conflict' ? said : sentences(t[name], said);
}
