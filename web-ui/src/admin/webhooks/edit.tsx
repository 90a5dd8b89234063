import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog } from '../../shared/dialog';
import { fieldText, Form, formValues } from '../../shared/form';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { DialogButtons } from '../dialog-buttons';
import type { MadeWebhook, Webhook } from '../rest';
import { Secret } from './secret';
import { webhookTexts } from './texts';

const types = [
  'conversation.created',
  'message.created',
  'conversation.assigned',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.rated',
  'conversation.erased',
  'note.created',
  'decision.made',
  'run.finished',
  'model.promoted',
] as const satisfies Webhook['types'];

const texts = ['none', 'masked', 'full'] as const satisfies Webhook['texts'][];

interface EditDialogProps {
  webhook: Webhook | undefined;
  closed: () => void;
  saved: () => Promise<void>;
}

/** Which program is told of what; a new one is shown its secret. */
export function EditDialog({ webhook, closed, saved }: EditDialogProps) {
  const own = webhookTexts();
  const form = useRef<HTMLFormElement>(null);
  const made = useSignal<MadeWebhook | undefined>(undefined);
  const copied = useSignal(false);
  const nothingChosen = useSignal(false);
  const { busy, problem, fields, run } = useAct(() => ({ name: own.name, url: own.url, types: own.types }));
  const save = () =>
    run(async () => {
      const values = formValues(form.current);
      const chosen = values.getAll('types');
      nothingChosen.value = chosen.length === 0;
      if (nothingChosen.value) {
        form.current?.querySelector<HTMLInputElement>('[name=types]')?.focus();
        return;
      }
      const json = {
        name: fieldText(values, 'name'),
        url: fieldText(values, 'url'),
        types: chosen,
        texts: values.get('texts'),
        enabled: webhook === undefined || values.get('enabled') !== null,
      };
      if (webhook) {
        await request(`/api/webhooks/${webhook.id}`, { method: 'PUT', json });
        await saved();
        closed();
      } else {
        made.value = await request<MadeWebhook>('/api/webhooks', { method: 'POST', json });
        await saved();
      }
    });
  const title = webhook ? own.edit({ name: webhook.name }) : own.make;
  return (
    <Dialog
      label={title}
      class="webhook-dialog"
      closed={closed}
      unsaved={() => made.value !== undefined && !copied.value}
    >
      {made.value ? (
        <div class="stack">
          <h2>{title}</h2>
          <Secret made={made.value} copied={() => (copied.value = true)} />
          <ProblemNotice text={problem.value} />
        </div>
      ) : (
        <Form form={form} refused={fields.value} submitted={() => void save()}>
          <h2>{title}</h2>
          <label class="field">
            <span>{own.name}</span>
            <input name="name" required maxLength={60} autocomplete="off" defaultValue={webhook?.name} />
            <span class="hint">{own.nameHint}</span>
          </label>
          <label class="field">
            <span>{own.url}</span>
            <input
              name="url"
              type="url"
              required
              maxLength={2000}
              autocomplete="off"
              placeholder="https://example.com/hooks"
              defaultValue={webhook?.url}
            />
            <span class="hint">{own.urlHint}</span>
          </label>
          <Types chosen={webhook?.types ?? []} nothingChosen={nothingChosen.value} />
          <fieldset class="stack">
            <legend>{own.texts}</legend>
            {texts.map((text) => (
              <label key={text} class="choice">
                <input
                  type="radio"
                  name="texts"
                  value={text}
                  defaultChecked={(webhook?.texts ?? 'none') === text}
                />
                <span>{own.text[text]}</span>
              </label>
            ))}
            <p class="hint">{own.textsHint}</p>
          </fieldset>
          {webhook && (
            <div>
              <label>
                <input type="checkbox" name="enabled" defaultChecked={webhook.enabled} /> {own.enabled}
              </label>
              <p class="hint">{own.enabledHint}</p>
            </div>
          )}
          <ProblemNotice text={problem.value} />
          <DialogButtons busy={busy.value} />
        </Form>
      )}
    </Dialog>
  );
}

function Types({ chosen, nothingChosen }: { chosen: Webhook['types']; nothingChosen: boolean }) {
  const own = webhookTexts();
  const missing = useId();
  return (
    <fieldset class="stack" aria-describedby={nothingChosen ? missing : undefined}>
      <legend>{own.types}</legend>
      {types.map((type) => (
        <label key={type} class="choice">
          <input type="checkbox" name="types" value={type} defaultChecked={chosen.includes(type)} />
          <span>
            {own.type[type]} <code class="hint">{type}</code>
          </span>
        </label>
      ))}
      {nothingChosen && (
        <p id={missing} class="notice bad" role="alert">
          {own.chooseOne}
        </p>
      )}
    </fieldset>
  );
}
