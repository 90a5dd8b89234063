import { Problem, type Violation } from './api';
import { duration, language, sentences, texts } from './language';
import { codeText } from './problems';
import { refusedRunTexts } from './refused-run-texts';
import { ShapeError } from './schema';

/** A page's labels of the fields that it sends, by their names in the wire format. */
export type Labels = Record<string, string>;

/** Texts for the rules of io.replyloop.platform.FieldRule, each with the label of a field. */
export const ruleTexts = texts(
  {
    missing: (label: string) => `${label}: fill this in.`,
    'too-short': (label: string, limit: string) => `${label}: use at least ${limit} characters.`,
    'too-long': (label: string, limit: string) => `${label}: at most ${limit} characters fit. Shorten it.`,
    'too-many': (label: string, limit: string) =>
      `${label}: at most ${limit} entries are allowed. Remove some.`,
    'too-small': (label: string, limit: string) => `${label}: the smallest possible number is ${limit}.`,
    'too-great': (label: string, limit: string) => `${label}: the greatest possible number is ${limit}.`,
    'not-plain': (label: string) => `${label}: remove the characters that cannot be seen.`,
    malformed: (label: string) => `${label}: this is not written as it should be.`,
    taken: (label: string) => `${label}: this is in use already. Choose another one.`,
    wrong: (label: string) => `${label}: this is wrong. Type it again.`,
  },
  {
    missing: (label) => `请填写“${label}”。`,
    'too-short': (label, limit) => `“${label}”至少需要 ${limit} 个字符。`,
    'too-long': (label, limit) => `“${label}”最多 ${limit} 个字符，请缩短。`,
    'too-many': (label, limit) => `“${label}”最多 ${limit} 项，请删减。`,
    'too-small': (label, limit) => `“${label}”不能小于 ${limit}。`,
    'too-great': (label, limit) => `“${label}”不能大于 ${limit}。`,
    'not-plain': (label) => `“${label}”含有不可见的字符，请删除。`,
    malformed: (label) => `“${label}”的格式不正确。`,
    taken: (label) => `“${label}”已被使用，请换一个。`,
    wrong: (label) => `“${label}”不正确，请重新输入。`,
  },
);

/** The formats of fields that cannot be guessed. */
const howTexts = texts(
  {
    email: 'An e-mail address looks like anna@example.com.',
    allowedOrigins:
      'An address looks like https://www.example.com or https://*.example.com, with http or https and without what follows the name.',
    color: 'A colour looks like #0b57d0.',
    shortcode: 'Letters, digits, - and _ are allowed, at most 40; the first is a letter or a digit.',
    categories: 'A category has no semicolon, tab or line end, and is not empty.',
    language: 'A language is a code such as en, zh or zh-TW.',
    cron: 'There are five fields: minute (0 to 59), hour (0 to 23), day, month and weekday. 0 3 * * * is every night at three.',
    minimumDecisions: 'It is a whole number.',
    maximumMinutes: 'It is a whole number of minutes.',
    cores: 'It is a whole number.',
    quietFrom: 'A time looks like 08:00.',
    quietUntil: 'A time looks like 18:30.',
    timeZone: 'A time zone has a name such as Europe/Berlin, Asia/Shanghai or UTC.',
  },
  {
    email: '邮箱的格式如 anna@example.com。',
    allowedOrigins:
      '地址的格式如 https://www.example.com 或 https://*.example.com，以 http 或 https 开头，域名之后不要有其他内容。',
    color: '颜色的格式如 #0b57d0。',
    shortcode: '只能包含字母、数字、- 和 _，最多 40 个字符，并以字母或数字开头。',
    categories: '分类不能为空，也不能含有分号、制表符或换行。',
    language: '语言是 en、zh、zh-TW 之类的代码。',
    cron: '共五项：分（0–59）、时（0–23）、日、月、星期。例如 0 3 * * * 表示每天凌晨三点。',
    minimumDecisions: '请填写整数。',
    maximumMinutes: '请填写整数分钟。',
    cores: '请填写整数。',
    quietFrom: '时间的格式如 08:00。',
    quietUntil: '时间的格式如 18:30。',
    timeZone: '时区的名称如 Asia/Shanghai、Europe/Berlin 或 UTC。',
  },
);

/** More specific explanations of malformed fields, by field and reason, with the affected entry. */
const whyTexts = texts(
  {
    'allowedOrigins scheme': (label: string, entry: string) =>
      `${label}: “${entry}” has to begin with https:// or http://.`,
    'allowedOrigins path': (label: string, entry: string) =>
      `${label}: “${entry}” has to end after the name, or after its port.`,
    'allowedOrigins star': (label: string, entry: string) =>
      `${label}: in “${entry}”, a star may only be the first part of the name, before a name of your own, such as https://*.example.com.`,
    'allowedOrigins underscore': (label: string, entry: string) =>
      `${label}: “${entry}” has an underscore, which the name of a website cannot have.`,
    'allowedOrigins port': (label: string, entry: string) =>
      `${label}: in “${entry}”, the port has to be a number from 1 to 65535.`,
    'allowedOrigins characters': (label: string, entry: string) =>
      `${label}: “${entry}” is not the name of a website. An address looks like https://www.example.com.`,
    'cron never': (label: string, entry: string) =>
      `${label}: “${entry}” never comes. Is there such a day in that month?`,
    'model test-questions': (_: string, missing: string) =>
      `${missing} more answered ${missing === '1' ? 'question is' : 'questions are'} needed to measure with. One conversation in five is kept back for that: answer more customers with suggestions.`,
    'model test-conversations': (_: string, missing: string) =>
      `${missing} more ${missing === '1' ? 'conversation is' : 'conversations are'} needed to measure with. One in five is kept back for that: answer more customers with suggestions.`,
    'quietUntil length': (label: string, entry: string) =>
      `${label}: ${entry} leaves no time for runs. Quiet hours last less than 22 hours, and end at another time than they begin.`,
  },
  {
    'allowedOrigins scheme': (label, entry) => `“${label}”中的“${entry}”必须以 https:// 或 http:// 开头。`,
    'allowedOrigins path': (label, entry) => `“${label}”中的“${entry}”在域名或端口之后不能有其他内容。`,
    'allowedOrigins star': (label, entry) =>
      `“${label}”中的“${entry}”：星号只能是域名的第一部分，后面须是您自己的域名，例如 https://*.example.com。`,
    'allowedOrigins underscore': (label, entry) =>
      `“${label}”中的“${entry}”含有下划线，网站域名不能使用下划线。`,
    'allowedOrigins port': (label, entry) => `“${label}”中的“${entry}”：端口必须是 1 到 65535 的数字。`,
    'allowedOrigins characters': (label, entry) =>
      `“${label}”中的“${entry}”不是网站域名。地址的格式如 https://www.example.com。`,
    'cron never': (label, entry) => `“${label}”：“${entry}”永远不会到来。该月有这一天吗？`,
    'model test-questions': (_, missing) =>
      `还差 ${missing} 个已回复的问题用于评估。每五个对话中有一个留作评估：请先用建议回复更多客户。`,
    'model test-conversations': (_, missing) =>
      `还差 ${missing} 个对话用于评估。每五个对话中有一个留作评估：请先用建议回复更多客户。`,
    'quietUntil length': (label, entry) =>
      `“${label}”：${entry} 没有留出训练的时间。静默时段须短于 22 小时，且结束与开始的时间不同。`,
  },
);

const partTexts = texts(
  {
    unexpected: 'This page and the server do not understand each other. Load the page again.',
    something: 'Something that you have entered',
    takenBy: (title: string) => `It belongs to the reply “${title}”.`,
    wait: (time: string) => `Too many attempts. Try again in ${time}.`,
    reference: (id: string) => `The server’s log has it under ${id}.`,
  },
  {
    unexpected: '页面与服务器版本不一致。请重新加载页面。',
    something: '某项内容',
    takenBy: (title) => `它属于回复“${title}”。`,
    wait: (time) => `尝试次数过多，请在 ${time}后重试。`,
    reference: (id) => `服务器日志中的编号为 ${id}。`,
  },
);

/** The message for any problem, in the person's language and with the labels of their page. */
export function problemText(problem: unknown, labels: Labels = {}): string {
  const t = partTexts();
  if (!(problem instanceof Problem)) {
    // A response that is not ours, such as a proxy's page instead of JSON.
    const notUnderstood = problem instanceof SyntaxError || problem instanceof ShapeError;
    return notUnderstood || language.value !== 'en' ? t.unexpected : String(problem);
  }
  const { code, message, violations, retryAfterMillis, reference } = problem;
  const told = violations.map((violation) => violationText(violation, labels)).filter(Boolean);
  if (told.length > 0) return sentences(...told);
  if (code === 'rate-limited' && retryAfterMillis !== undefined)
    return t.wait(duration(Math.max(1, Math.ceil(retryAfterMillis / 1_000))));
  return sentences(codeText(code, message), reference && t.reference(reference));
}

function violationText({ field = '', message, rule = '', values = {} }: Violation, labels: Labels): string {
  const t = partTexts();
  const label = labels[field];
  const whys = { ...whyTexts(), ...refusedRunTexts() } as Record<
    string,
    ((label: string, entry: string) => string) | undefined
  >;
  const why = whys[`${field} ${String(values.why)}`];
  if (why) return why(label ?? t.something, String(values.entry));
  const rules = ruleTexts() as Record<string, ((label: string, limit: string) => string) | undefined>;
  const text = rules[rule];
  if (!text) return language.value === 'en' ? `${label ?? field}: ${message}` : codeText('invalid', '');
  const limit = String(rule === 'too-short' || rule === 'too-small' ? values.min : values.max);
  const how = (howTexts() as Record<string, string | undefined>)[field];
  return sentences(
    text(label ?? t.something, limit),
    rule === 'malformed' ? how : undefined,
    rule === 'taken' && typeof values.title === 'string' ? t.takenBy(values.title) : undefined,
  );
}
