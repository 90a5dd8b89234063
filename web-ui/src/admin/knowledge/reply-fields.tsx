import { withCommas } from '../../shared/language';
import type { Reply } from '../rest';
import type { Content } from './content';
import { knowledgeTexts } from './knowledge-texts';
import { VariablesHint } from './variables-hint';

interface ReplyFieldsProps {
  first?: Pick<Content, 'title' | 'text' | 'language'> & Partial<Content>;
  /** Absent while it is new. */
  stored?: Reply;
  /** As it is at this moment. */
  text: string;
}

export function ReplyFields({ first, stored, text }: ReplyFieldsProps) {
  const t = knowledgeTexts();
  return (
    <>
      <label class="field">
        <span>{t.title}</span>
        <input name="title" required maxLength={200} defaultValue={first?.title} />
      </label>
      <label class="field">
        <span>{t.text}</span>
        <textarea name="text" required rows={7} maxLength={8000} dir="auto" defaultValue={first?.text} />
        <span class="hint">{t.textHint}</span>
        <VariablesHint text={text} />
      </label>
      <label class="field">
        <span>{t.choices}</span>
        <textarea name="choices" rows={3} dir="auto" defaultValue={first?.choices?.join('\n')} />
        <span class="hint">{t.choicesHint}</span>
      </label>
      <div class="columns">
        <label class="field">
          <span>{t.language}</span>
          <select name="language">
            <option value="en">English</option>
            <option value="zh" selected={first?.language === 'zh'}>
              中文
            </option>
            {first && !/^(?:en|zh)$/.test(first.language) && (
              <option value={first.language} selected>
                {first.language}
              </option>
            )}
          </select>
        </label>
        <label class="field">
          <span>{t.shortcode}</span>
          <input name="shortcode" maxLength={41} defaultValue={stored?.shortcode} />
          <span class="hint">{t.shortcodeHint}</span>
        </label>
        <label class="field">
          <span>{t.categories}</span>
          <input name="categories" defaultValue={first?.categories && withCommas(first.categories)} />
          <span class="hint">{t.categoriesHint}</span>
        </label>
        <label class="field">
          <span>{t.label}</span>
          <input name="label" maxLength={120} defaultValue={stored?.label} />
          <span class="hint">{t.labelHint}</span>
        </label>
      </div>
    </>
  );
}
