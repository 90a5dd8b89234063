import { count, language, texts } from '../../shared/language';
import { codeText } from '../../shared/problems';
import type { Reason } from './import-report';
import { knowledgeTexts } from './knowledge-texts';

type Values = Reason['values'];
const field = (values: Values): string => fieldName(String(values.field));

/** By the codes of io.replyloop.exchange.ReasonCode. */
const reasonTexts = texts(
  {
    'excel-workbook':
      'This is an Excel workbook. Open it in Excel, choose File › Save As and the type “CSV UTF-8 (Comma delimited)”, and import that file.',
    'spreadsheet-document':
      'This is a spreadsheet document. Open it in its program, save or export it as CSV with the encoding UTF-8, and import that file.',
    'office-document':
      'This is a text document with formatting. Put the replies into a spreadsheet with the columns title and text, and save it as CSV.',
    pdf: 'This is a PDF, out of which no table can be read. Export the replies as CSV where they come from.',
    image: 'This is a picture. Export the replies as CSV where they come from.',
    archive: 'This is a packed archive. Unpack it and import the files in it one after the other.',
    'web-page':
      'This is a web page, which some programs save with the name of a spreadsheet. Open it in a spreadsheet, save it as CSV, and import that file.',
    xml: 'This is XML. Export the replies as CSV or JSON where they come from.',
    'not-text': 'This is not a text file. Export the replies as CSV or JSONL where they come from.',
    'empty-file':
      'The file is empty. It begins with a line of column names such as title,text, and each further line is a reply.',
    'other-encoding': (v: Values) =>
      `The text seems to be in ${String(v.encoding)}, which is not read here. Save the file as UTF-8, or choose the encoding if this is wrong.`,
    'encoding-unknown': 'The encoding of the text is not known here. Save the file as UTF-8.',
    'encoding-unsure': (v: Values) =>
      `The encoding could only be guessed (${String(v.encoding)}). Look at the first rows.`,
    'columns-unsure': 'What the columns mean could only be guessed. Look at the first rows.',
    'too-many-columns': (v: Values) =>
      `The file has ${String(v.columns)} columns; at most ${String(v.max)} are read. Is the separator right?`,
    'damaged-bytes': (v: Values) =>
      `Has bytes that are not ${String(v.encoding)}. Write the text again, or choose the encoding it was saved in.`,
    'unclosed-quote':
      'A quote is opened and not closed, or text follows a closed one; the rest of the file cannot be read. Inside a quoted cell, write a quote twice ("").',
    'too-many-cells': (v: Values) =>
      `Has ${String(v.cells)} cells, and the first line ${String(v.columns)}. Put quotes around texts that contain the separator.`,
    'no-text-column': (v: Values) =>
      `None of the columns is known as the text (rows in the file: ${count(Number(v.rows))}). Choose below which one it is.`,
    'duplicate-column': (v: Values) =>
      `There are two columns ‘${String(v.column)}’. Choose below which one counts.`,
    'text-missing': 'The text is missing. Write what the customer gets to read.',
    missing: (v: Values) => `${field(v)} is missing.`,
    'too-long': (v: Values) => `${field(v)} is too long; at most ${String(v.max)} characters are allowed.`,
    'too-many': (v: Values) => `${field(v)}: too many; at most ${String(v.max)} are allowed.`,
    'not-plain': (v: Values) => `${field(v)} contains a control character or half a character. Remove it.`,
    'unknown-language': 'The language is not a code such as en, zh or zh-TW.',
    'bad-shortcode':
      'The shortcode may have letters, digits, - and _ only, at most 40, and starts with a letter or digit.',
    'bad-category': 'A category has a semicolon, tab or line end. Remove that.',
    'bad-choices':
      'One of the short answers is empty, too long, there twice, or has a variable; at most 5 of at most 60 characters are allowed.',
    'bad-field': (v: Values) => `${field(v)} is not valid.`,
    'shortcode-taken': (v: Values) =>
      `The shortcode ‘${String(v.shortcode)}’ belongs to the reply ‘${String(v.title)}’. Choose another one.`,
    'shortcode-twice': (v: Values) =>
      `The shortcode ‘${String(v.shortcode)}’ is that of line ${String(v.line)}, too. Choose another one.`,
    'bad-id': (v: Values) =>
      `The ID ‘${String(v.value)}’ is not one that an export gave. Leave it out to create a reply.`,
    'id-twice': (v: Values) => `The ID is that of line ${String(v.line)}, too. Remove one of the two lines.`,
    'unknown-state': (v: Values) =>
      `The state ‘${String(v.value)}’ is not known; there are draft, published and archived.`,
    'too-many-questions': (v: Values) =>
      `Has ${String(v.count)} questions; at most ${String(v.max)} are allowed for one reply.`,
    'empty-question': 'One of the questions is empty. Remove it.',
    'line-too-long': 'The line is too long. Put one reply on each line.',
    'not-an-object': 'Is not a JSON object. Write {"text": "…"}, one reply per line.',
    'json-malformed': (v: Values) => `The JSON is malformed at column ${String(v.column)}: ${String(v.what)}`,
    'not-a-text': (v: Values) => `${field(v)} is not a text. Put it in quotes.`,
    'not-a-list': (v: Values) => `${field(v)} is not a list. Write ["…", "…"].`,
    'not-texts': (v: Values) => `${field(v)} has something that is not a text. Put it in quotes.`,
    'front-matter-malformed': 'What stands between the lines --- is not YAML. Write one field per line.',
    html: 'Has HTML, whose tags customers would see.',
    'html-converted': 'Had HTML, which is plain text now.',
    placeholders: (v: Values) =>
      `Has placeholders of another program, which reach customers as they are: ${String(v.names)}`,
    'near-duplicate': (v: Values) =>
      `Differs from the reply ‘${String(v.title)}’ in invisible characters only.`,
    'near-duplicate-line': (v: Values) => `Differs from line ${String(v.line)} in invisible characters only.`,
    'spelled-alike': (v: Values) =>
      `Differs from the reply ‘${String(v.title)}’ in capitals, punctuation or spaces only.`,
    'spelled-alike-line': (v: Values) =>
      `Differs from line ${String(v.line)} in capitals, punctuation or spaces only.`,
    garbled: (v: Values) => `Looks as if it had been read in a wrong encoding before: ${String(v.excerpt)}`,
    'title-shortened': 'The question is longer than a title may be; the title is its beginning.',
    'foreign-ids': (v: Values) =>
      `The column ‘${String(v.column)}’ has IDs of another program and is not used. Lines find their reply by text or label.`,
    'no-rows': 'The file has no line with a reply, only the names of the columns.',
  },
  {
    'excel-workbook':
      '这是 Excel 工作簿。请在 Excel 中打开，选择“文件 › 另存为”，类型选“CSV UTF-8（逗号分隔）”，再导入该文件。',
    'spreadsheet-document':
      '这是电子表格文档。请在原程序中打开，另存或导出为 UTF-8 编码的 CSV，再导入该文件。',
    'office-document': '这是带格式的文字文档。请把回复放进含有“标题”和“正文”两列的表格，并保存为 CSV。',
    pdf: '这是 PDF，无法从中读取表格。请在原系统中把回复导出为 CSV。',
    image: '这是图片。请在原系统中把回复导出为 CSV。',
    archive: '这是压缩包。请先解压，再逐个导入其中的文件。',
    'web-page': '这是网页，有些程序会把它保存成表格的文件名。请用电子表格程序打开并另存为 CSV，再导入。',
    xml: '这是 XML。请在原系统中把回复导出为 CSV 或 JSON。',
    'not-text': '这不是文本文件。请在原系统中把回复导出为 CSV 或 JSONL。',
    'empty-file': '文件是空的。首行应为 title,text 之类的列名，其后每行一条回复。',
    'other-encoding': (v) =>
      `文本似乎是 ${String(v.encoding)} 编码，此处无法读取。请将文件另存为 UTF-8；如果判断有误，请选择编码。`,
    'encoding-unknown': '无法识别文本的编码。请将文件另存为 UTF-8。',
    'encoding-unsure': (v) => `编码只能推测（${String(v.encoding)}），请核对前几行。`,
    'columns-unsure': '各列的含义只能推测，请核对前几行。',
    'too-many-columns': (v) =>
      `文件有 ${String(v.columns)} 列，最多读取 ${String(v.max)} 列。分隔符是否正确？`,
    'damaged-bytes': (v) =>
      `含有不属于 ${String(v.encoding)} 的字节。请重新输入文本，或选择保存时使用的编码。`,
    'unclosed-quote':
      '引号没有闭合，或闭合后还有文字，文件其余部分无法读取。带引号的单元格内，引号要写两次（""）。',
    'too-many-cells': (v) =>
      `有 ${String(v.cells)} 个单元格，而首行只有 ${String(v.columns)} 个。含分隔符的文本请加引号。`,
    'no-text-column': (v) => `文件中有 ${count(Number(v.rows))} 行，但无法识别哪一列是正文。请在下方选择。`,
    'duplicate-column': (v) => `有两列名为“${String(v.column)}”，请在下方选择使用哪一列。`,
    'text-missing': '缺少正文。请填写客户将看到的内容。',
    missing: (v) => `缺少${field(v)}。`,
    'too-long': (v) => `${field(v)}过长，最多 ${String(v.max)} 个字符。`,
    'too-many': (v) => `${field(v)}过多，最多 ${String(v.max)} 个。`,
    'not-plain': (v) => `${field(v)}含有控制字符或不完整的字符，请删除。`,
    'unknown-language': '语言不是 en、zh、zh-TW 之类的代码。',
    'bad-shortcode': '快捷码只能包含字母、数字、- 和 _，最多 40 个字符，并以字母或数字开头。',
    'bad-category': '某个分类含有分号、制表符或换行，请删除。',
    'bad-choices': '某个简短回答为空、过长、重复或含有变量；最多 5 个，每个最多 60 个字符。',
    'bad-field': (v) => `${field(v)}无效。`,
    'shortcode-taken': (v) => `快捷码“${String(v.shortcode)}”已属于回复“${String(v.title)}”，请换一个。`,
    'shortcode-twice': (v) => `快捷码“${String(v.shortcode)}”与第 ${String(v.line)} 行重复，请换一个。`,
    'bad-id': (v) => `ID“${String(v.value)}”不是导出文件给出的 ID。要新建回复，请留空。`,
    'id-twice': (v) => `ID 与第 ${String(v.line)} 行相同，请删除其中一行。`,
    'unknown-state': (v) => `状态“${String(v.value)}”无法识别，可用：draft、published、archived。`,
    'too-many-questions': (v) => `有 ${String(v.count)} 个问题，每条回复最多 ${String(v.max)} 个。`,
    'empty-question': '有一个问题是空的，请删除。',
    'line-too-long': '该行过长。每行只能有一条回复。',
    'not-an-object': '不是 JSON 对象。请写成 {"text": "…"}，每行一条回复。',
    // What the parser says stays out: it is in English.
    'json-malformed': (v) => `JSON 在第 ${String(v.column)} 列有误。每行请写一个完整的对象。`,
    'not-a-text': (v) => `${field(v)}不是文本，请加引号。`,
    'not-a-list': (v) => `${field(v)}不是列表，请写成 ["…", "…"]。`,
    'not-texts': (v) => `${field(v)}中有不是文本的内容，请加引号。`,
    'front-matter-malformed': '两行 --- 之间的内容不是 YAML。请每行写一个字段。',
    html: '含有 HTML，客户会看到标签。',
    'html-converted': '原有 HTML 已转换为纯文本。',
    placeholders: (v) => `含有其他程序的占位符，会原样发给客户：${String(v.names)}`,
    'near-duplicate': (v) => `与回复“${String(v.title)}”只有不可见字符的差别。`,
    'near-duplicate-line': (v) => `与第 ${String(v.line)} 行只有不可见字符的差别。`,
    'spelled-alike': (v) => `与回复“${String(v.title)}”只有大小写、标点或空格的差别。`,
    'spelled-alike-line': (v) => `与第 ${String(v.line)} 行只有大小写、标点或空格的差别。`,
    garbled: (v) => `似乎之前被用错误的编码读取过：${String(v.excerpt)}`,
    'title-shortened': '问题比标题允许的长度更长，标题取其开头。',
    'foreign-ids': (v) => `“${String(v.column)}”列是其他程序的 ID，不会使用。各行按正文或标签匹配回复。`,
    'no-rows': '文件中只有列名，没有回复。',
  },
);

/** In the language of the page; the server's sentence for a code that is not known here is English. */
export function reasonText(reason: Reason): string {
  const known = reasonTexts() as Record<string, string | ((values: Values) => string) | undefined>;
  const text = known[reason.code];
  if (text === undefined) return language.value === 'en' ? reason.message : codeText('invalid', '');
  return typeof text === 'string' ? text : text(reason.values);
}

/** What a field is called on the page. */
export function fieldName(name: string): string {
  const t = knowledgeTexts();
  const names: Record<string, string> = {
    title: t.title,
    text: t.text,
    question: t.questionColumn,
    questions: t.questionsColumn,
    language: t.language,
    categories: t.categories,
    shortcode: t.shortcode,
    choices: t.choicesColumn,
    label: t.label,
    state: t.state,
    id: t.idColumn,
  };
  return names[name] ?? name;
}
