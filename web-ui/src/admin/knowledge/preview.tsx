import { useSignal } from '@preact/signals';
import { Linked } from '../../shared/links';
import { filledIn, variables, type Values } from '../../shared/variables';
import '../../shared/bubble.css';
import '../../shared/choices.css';
import { editorTexts } from './editor-texts';
import { knowledgeTexts } from './knowledge-texts';

/** Somebody who reads it and somebody who sends it, in the language of the reply. */
function people(language: string): Values {
  return language.startsWith('zh')
    ? {
        'customer.name': '王小明',
        'customer.first_name': '王小明',
        'agent.name': '李娜',
        'agent.first_name': '李娜',
      }
    : {
        'customer.name': 'Ada Lovelace',
        'customer.first_name': 'Ada',
        'agent.name': 'Grace Hopper',
        'agent.first_name': 'Grace',
      };
}

interface PreviewProps {
  text: string;
  language: string;
  /** One on each line: a text, so that nothing is drawn anew where nothing has changed. */
  choices?: string;
}

/** The reply in the bubble of the widget, with its links, its short answers, and with names in place of its variables. */
export function ReplyPreview({ text, language, choices }: PreviewProps) {
  const t = editorTexts();
  const unknown = useSignal(false);
  const who = people(language);
  const known = unknown.value
    ? { ...who, 'customer.name': undefined, 'customer.first_name': undefined }
    : who;
  const namesCustomer = variables.some((name) => name.startsWith('customer') && text.includes(name));
  return (
    <section class="reply-preview stack" aria-label={t.preview}>
      <h3>{t.preview}</h3>
      <div class="preview-chat" lang={language}>
        <div class="message theirs first">
          <span class="author">{who['agent.first_name']}</span>
          {text.trim() ? (
            <p class="bubble" dir="auto">
              <Linked text={filledIn(text.trim(), known)} />
            </p>
          ) : (
            <p class="bubble hint">{t.nothingYet}</p>
          )}
          {choices && (
            <ul class="plain short-answers" aria-label={knowledgeTexts().choices}>
              {choices.split('\n').map((choice, index) => (
                <li key={index} class="short-answer" dir="auto">
                  {choice}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      {namesCustomer && (
        <label>
          <input
            type="checkbox"
            checked={unknown.value}
            onChange={({ currentTarget: { checked } }) => (unknown.value = checked)}
          />{' '}
          {t.nameUnknown}
        </label>
      )}
    </section>
  );
}
