import { describe, expect, it } from 'vitest';
import { AccessPage } from '../src/admin/access/access';
import type { SingleSignOn } from '../src/admin/rest';
import { answers, json, page } from './page-bench';

const known: SingleSignOn = {
  provider: {
    issuer: 'https://login.example.com',
    clientId: 'replyloop',
    name: 'Example Ltd',
    groupsClaim: 'groups',
    adminGroups: [],
    agentGroups: [],
    newAccounts: true,
    trustsAddresses: false,
    signsOutThere: false,
  },
  redirectAddress: 'https://chat.example.com/enter',
  afterSignOut: 'https://chat.example.com/console/',
  signOutNotices: 'https://chat.example.com/signed-out',
  passwordsFor: 'nobody',
  triedByYou: false,
};

async function choices(triedByYou: boolean): Promise<[string, boolean][]> {
  answers['GET /api/single-sign-on'] = () => json({ ...known, triedByYou });
  const box = await page(<AccessPage />);
  const select = box.querySelector('select');
  expect(select?.disabled).toBe(false);
  expect(select?.value).toBe('nobody');
  return [...(select?.options ?? [])].map(({ value, disabled }) => [value, disabled]);
}

describe('who may sign in with a password', () => {
  it('is opened by any admin, and closed only by one who has come in through the provider', async () => {
    expect(await choices(false)).toEqual([
      ['everybody', false],
      ['admins', true],
      ['nobody', true],
    ]);
    expect(await choices(true)).toEqual([
      ['everybody', false],
      ['admins', false],
      ['nobody', false],
    ]);
  });
});
