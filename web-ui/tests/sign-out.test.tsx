import { expect, it, vi } from 'vitest';
import { SignOut, useSignOut } from '../src/console/sign-out';
import type { Workspace } from '../src/console/workspace';
import { AccountButton } from '../src/shared/account-button';
import { request, sessionEnded, signOut } from '../src/shared/api';
import { HeldOutbox } from '../src/shared/held-outbox';
import { answers, grace, json, page, press, settled } from './page-bench';

interface Frame {
  id: string;
  conversation: string;
}

function Bar({ workspace }: { workspace: Workspace }) {
  const out = useSignOut(workspace);
  return (
    <>
      <AccountButton me={grace} leave={out.leave} />
      <SignOut out={out} />
    </>
  );
}

function bench() {
  const outbox = new HeldOutbox<Frame>(() => true);
  const signedOut = vi.fn(() => json({ code: 'unavailable' }, 503));
  answers['DELETE /api/session'] = signedOut;
  const workspace = { client: { outbox } } as unknown as Workspace;
  return { outbox, signedOut, drawn: () => page(<Bar workspace={workspace} />) };
}

it('whoever signs out in their account does so after what could still be taken back is sent', async () => {
  const { outbox, signedOut, drawn } = bench();
  outbox.opened();
  outbox.add({ id: 'one', conversation: 'a' }, 10_000);
  const box = await drawn();
  await press(box, 'Grace');
  const inDialog = [...box.querySelectorAll('dialog button')].find(
    ({ textContent }) => textContent === 'Sign out',
  );
  if (!(inDialog instanceof HTMLElement)) throw new Error('the account has no way out');
  inDialog.click();
  await settled();
  expect(signedOut).not.toHaveBeenCalled();
  expect(outbox.isHeld('one')).toBe(false);
  outbox.acknowledged('one');
  await settled();
  expect(signedOut).toHaveBeenCalledOnce();
});

it('whoever signs out before all is sent is told how much is not, and decides', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { outbox, signedOut, drawn } = bench();
  outbox.add({ id: 'one', conversation: 'a' });
  outbox.add({ id: 'two', conversation: 'a' });
  const box = await drawn();
  const waits = async () => {
    vi.advanceTimersByTime(5_000);
    await settled();
  };
  await press(box, 'Sign out');
  await waits();
  expect(box.querySelector('dialog')?.textContent).toContain(
    '2 messages or changes have not reached the server.',
  );
  await press(box, 'Stay here');
  expect(box.querySelector('dialog')).toBeNull();
  expect(signedOut).not.toHaveBeenCalled();
  await press(box, 'Sign out');
  await waits();
  await press(box, 'Sign out all the same');
  expect(signedOut).toHaveBeenCalledOnce();
  expect(box.querySelector('dialog [role=alert]')?.textContent).not.toBe('');
});

it('a page that is being left asks nobody to sign in, unless it cannot be left', async () => {
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined);
  const gone = () => json({ code: 'signed-out' }, 401);
  answers['GET /api/users'] = gone;
  answers['DELETE /api/session'] = () => json({ code: 'unavailable' }, 503);
  await expect(signOut()).rejects.toThrow();
  answers['DELETE /api/session'] = async () => {
    await expect(request('/api/users')).rejects.toThrow();
    return json(undefined, 204);
  };
  await signOut();
  expect(sessionEnded.peek()).toBeUndefined();
  expect(reload).toHaveBeenCalledOnce();
});
