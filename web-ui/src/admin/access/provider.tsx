import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { Dialog, LeaveButton } from '../../shared/dialog';
import { content, fieldText, Form, formValues, nowSaved, passwordText } from '../../shared/form';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { IdentityProvider, SingleSignOn } from '../rest';
import { Snippet } from '../snippet';
import { adminTexts } from '../texts';
import { accessTexts } from './texts';

const path = '/api/single-sign-on';
const wellKnown = '/.well-known/openid-configuration';
const tryIt = '/api/session/single-sign-on/start?to=%2Fadmin%2F%23%2Faccess';

interface ProviderFormProps {
  known: SingleSignOn;
  changed: () => Promise<void>;
}

/** The provider: what has to be registered there, what it is here, and whom it lets in. */
export function ProviderForm({ known, changed }: ProviderFormProps) {
  const own = accessTexts();
  const form = useRef<HTMLFormElement>(null);
  const saved = useSignal(false);
  const removing = useSignal(false);
  const { provider } = known;
  const { busy, problem, fields, run } = useAct(() => ({
    issuer: own.issuer,
    clientId: own.clientId,
    clientSecret: own.clientSecret,
    name: own.name,
    groupsClaim: own.groupsClaim,
    adminGroups: own.adminGroups,
    agentGroups: own.agentGroups,
  }));
  const save = () =>
    run(async () => {
      saved.value = false;
      const values = formValues(form.current);
      await request(path, { method: 'PUT', json: wanted(values) });
      saved.value = true;
      const secret = form.current?.querySelector<HTMLInputElement>('[name=clientSecret]');
      if (secret) secret.value = '';
      if (form.current) nowSaved(form.current, content(form.current));
      await changed();
    });
  return (
    <section class="card stack provider" aria-label={own.singleSignOn}>
      <h2>{own.singleSignOn}</h2>
      <h3>{own.registerThere}</h3>
      <p class="hint">{own.registerHint}</p>
      <dl>
        {(['redirectAddress', 'signOutNotices', 'afterSignOut'] as const).map((name) => (
          <div key={name}>
            <dt>{own[name]}</dt>
            <dd>
              <Snippet text={known[name]} />
            </dd>
          </div>
        ))}
      </dl>
      <h3>{own.nameHere}</h3>
      <Form form={form} refused={fields.value} submitted={() => void save()}>
        <Text
          name="issuer"
          label={own.issuer}
          hint={own.issuerHint({ path: wellKnown })}
          value={provider?.issuer}
          address
          most={500}
        />
        <Text name="clientId" label={own.clientId} value={provider?.clientId} most={300} />
        <label class="field">
          <span>{own.clientSecret}</span>
          <input
            type="password"
            name="clientSecret"
            maxLength={1000}
            required={!provider}
            autocomplete="off"
          />
          {provider && <span class="hint">{own.secretKept}</span>}
        </label>
        <Text name="name" label={own.name} hint={own.nameHint} value={provider?.name} most={60} />
        <fieldset class="stack">
          <legend>{own.whoMay}</legend>
          <Check
            name="newAccounts"
            label={own.newAccounts}
            hint={own.newAccountsHint}
            on={provider?.newAccounts ?? true}
          />
          <Text
            name="groupsClaim"
            label={own.groupsClaim}
            hint={own.groupsClaimHint}
            value={provider?.groupsClaim ?? 'groups'}
            most={200}
          />
          <Groups
            name="adminGroups"
            label={own.adminGroups}
            hint={own.adminGroupsHint}
            groups={provider?.adminGroups}
          />
          <Groups
            name="agentGroups"
            label={own.agentGroups}
            hint={own.agentGroupsHint}
            groups={provider?.agentGroups}
          />
          <Check
            name="trustsAddresses"
            label={own.trustsAddresses}
            hint={own.trustsAddressesHint}
            on={provider?.trustsAddresses}
          />
          <Check name="signsOutThere" label={own.signsOutThere} on={provider?.signsOutThere} />
        </fieldset>
        <ProblemNotice text={problem.value} />
        <div role="status">{saved.value && <p class="notice good">{own.saved}</p>}</div>
        <div class="row">
          <button type="submit" class="button primary" disabled={busy.value}>
            {busy.value ? own.checking : own.check}
          </button>
          {provider && (
            <>
              <a class="button" href={tryIt} target="_blank" rel="noopener">
                {own.tryIt}
              </a>
              <button type="button" class="button quiet" onClick={() => (removing.value = true)}>
                {own.remove}
              </button>
            </>
          )}
        </div>
        {provider && <p class="hint">{known.triedByYou ? own.tried : own.notTried}</p>}
      </Form>
      {removing.value && (
        <RemoveDialog
          closed={() => (removing.value = false)}
          done={async () => {
            saved.value = false;
            await changed();
          }}
        />
      )}
    </section>
  );
}

/** As the server takes it; without a secret, the one that is there is kept. */
function wanted(values: FormData): { provider: IdentityProvider; clientSecret?: string } {
  const lines = (name: string) =>
    fieldText(values, name)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  return {
    provider: {
      issuer: fieldText(values, 'issuer'),
      clientId: fieldText(values, 'clientId'),
      name: fieldText(values, 'name'),
      groupsClaim: fieldText(values, 'groupsClaim'),
      adminGroups: lines('adminGroups'),
      agentGroups: lines('agentGroups'),
      newAccounts: values.has('newAccounts'),
      trustsAddresses: values.has('trustsAddresses'),
      signsOutThere: values.has('signsOutThere'),
    },
    clientSecret: passwordText(values, 'clientSecret') || undefined,
  };
}

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
}

function Text({
  name,
  label,
  hint,
  value,
  address,
  most,
}: FieldProps & { value?: string; address?: boolean; most: number }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        inputMode={address ? 'url' : undefined}
        name={name}
        defaultValue={value}
        required
        maxLength={most}
        autocomplete="off"
      />
      {hint && <span class="hint">{hint}</span>}
    </label>
  );
}

function Groups({ name, label, hint, groups = [] }: FieldProps & { groups?: string[] }) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea name={name} rows={2} defaultValue={groups.join('\n')} autocomplete="off" />
      {hint && <span class="hint">{hint}</span>}
    </label>
  );
}

function Check({ name, label, hint, on }: FieldProps & { on?: boolean }) {
  const id = useId();
  return (
    <div>
      <label>
        <input type="checkbox" name={name} defaultChecked={on} aria-describedby={hint && id} /> {label}
      </label>
      {hint && (
        <div id={id} class="hint">
          {hint}
        </div>
      )}
    </div>
  );
}

/** What it means to sign in with passwords alone again. */
function RemoveDialog({ closed, done }: { closed: () => void; done: () => Promise<void> }) {
  const t = adminTexts();
  const own = accessTexts();
  const { busy, problem, run } = useAct();
  const remove = () =>
    void run(async () => {
      await request(path, { method: 'DELETE' });
      closed();
      await done();
    });
  return (
    <Dialog label={own.removeTitle} closed={closed}>
      <div class="stack">
        <h2>{own.removeTitle}</h2>
        <p>{own.removeText}</p>
        <ProblemNotice text={problem.value} />
        <div class="row">
          <button type="button" class="button danger" disabled={busy.value} onClick={remove}>
            {own.remove}
          </button>
          <LeaveButton>{t.cancel}</LeaveButton>
        </div>
      </div>
    </Dialog>
  );
}
