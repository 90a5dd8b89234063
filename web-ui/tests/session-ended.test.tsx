import type { ComponentChild } from 'preact';
import { describe, expect, it, vi } from 'vitest';
import { upload } from '../src/admin/knowledge/import-upload';
import { OverviewPage } from '../src/admin/overview/overview';
import { SitesPage } from '../src/admin/sites';
import { TrainingPage } from '../src/admin/training/training';
import { UsersPage } from '../src/admin/users';
import { SignInAgain } from '../src/shared/account';
import { sessionBegins, sessionEnded, type Session } from '../src/shared/api';
import { chooseLanguage } from '../src/shared/language';
import { answers, grace, json, page, press, settled, submit, type } from './page-bench';
import { patience } from './settled';

const gone = () => json({ code: 'signed-out', detail: 'Sign in first.' }, 401);

function lateAnswer() {
  let comes: (response: Response) => void = () => undefined;
  const answer = new Promise<Response>((resolve) => (comes = resolve));
  return { answer, comes };
}

function again(): HTMLElement {
  const found = document.querySelector<HTMLElement>('dialog:has([autocomplete="current-password"])');
  if (!found) throw new Error('nobody is asked to sign in');
  return found;
}
const isAsked = () => document.querySelector('dialog [autocomplete="current-password"]') !== null;

async function putAside(): Promise<void> {
  again().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  await settled();
  expect(isAsked()).toBe(false);
}

async function signIn(box: HTMLElement, someone = grace): Promise<void> {
  answers['POST /api/session'] = () => json({});
  answers['GET /api/session'] = () => json(someone);
  await type(box, 'email', someone.email);
  await type(box, 'password', 'correct horse battery');
  await submit(box);
}

/** A page in use, over which whoever was signed out signs in again. */
const pageWithSignIn = (drawn: ComponentChild) =>
  page(
    <>
      {drawn}
      <SignInAgain signedIn={() => undefined} />
    </>,
  );

describe('somebody whose session has ended', () => {
  it('signs in where they are, and goes on with what they had typed', async () => {
    const box = await pageWithSignIn(<UsersPage me={grace} />);
    await press(box, 'Add a person');
    await type(box, 'name', 'Ben');
    await type(box, 'email', 'ben@example.org');
    answers['POST /api/invitations'] = gone;
    await submit(box);
    expect(box.textContent).toContain('Your session has ended.');
    await signIn(again());
    expect(isAsked()).toBe(false);
    expect(box.querySelector<HTMLInputElement>('[name="name"]')?.value).toBe('Ben');
    expect(box.textContent).not.toContain('You are signed out');
  });

  it('sees what could not be loaded as soon as they have signed in', async () => {
    answers['GET /api/sites'] = gone;
    const box = await pageWithSignIn(<SitesPage />);
    answers['GET /api/sites'] = () => json([]);
    await signIn(again());
    await settled();
    expect(box.textContent).toContain('Add a website');
  });

  it('may look at the page first, and is asked again by what they do next', async () => {
    answers['GET /api/users'] = gone;
    const box = await pageWithSignIn(<UsersPage me={grace} />);
    await putAside();
    await press(box, 'Try again');
    expect(isAsked()).toBe(true);
  });

  it('is left in peace by a page that looks again by itself, until they do something', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const looks = vi.fn(() => json([]));
    answers['GET /api/training/runs'] = looks;
    answers['GET /api/training/schedule'] = () => lateAnswer().answer;
    answers['GET /api/training/outlook'] = () => lateAnswer().answer;
    const box = await pageWithSignIn(<TrainingPage />);
    looks.mockImplementation(gone);
    answers['POST /api/training/runs'] = gone;
    vi.advanceTimersByTime(10_000);
    await settled();
    await putAside();
    looks.mockClear();
    vi.advanceTimersByTime(60_000);
    await settled();
    expect(looks).not.toHaveBeenCalled();
    expect(isAsked()).toBe(false);
    await press(box, 'Start a run');
    expect(isAsked()).toBe(true);
    looks.mockImplementation(() => json([]));
    await signIn(again());
    vi.advanceTimersByTime(10_000);
    await settled();
    expect(looks.mock.calls.length).toBeGreaterThan(1);
  });

  it('is left in peace by the first page, too', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const looks = vi.fn(gone);
    answers['GET /api/overview'] = looks;
    await pageWithSignIn(<OverviewPage />);
    await putAside();
    looks.mockClear();
    vi.advanceTimersByTime(60_000);
    await settled();
    expect(looks).not.toHaveBeenCalled();
    expect(isAsked()).toBe(false);
  });

  it('may leave the sign-in by its button, and is not asked about what the browser has filled in', async () => {
    answers['GET /api/users'] = gone;
    const box = await pageWithSignIn(<UsersPage me={grace} />);
    await type(again(), 'email', grace.email);
    await type(again(), 'password', 'correct horse battery');
    chooseLanguage('zh');
    await settled();
    await press(box, '暂不登录');
    expect(box.querySelector('dialog')).toBeNull();
  });

  it('is left in peace by what the page had asked for before', async () => {
    const late = lateAnswer();
    answers['GET /api/users'] = () => late.answer;
    answers['GET /api/sites'] = gone;
    await pageWithSignIn(
      <>
        <UsersPage me={grace} />
        <SitesPage />
      </>,
    );
    await putAside();
    late.comes(gone());
    await settled();
    expect(isAsked()).toBe(false);
  });

  it('is not asked again by a late answer, and sees what they had asked for', async () => {
    const late = lateAnswer();
    answers['GET /api/users'] = () => late.answer;
    answers['GET /api/sites'] = gone;
    const box = await pageWithSignIn(
      <>
        <UsersPage me={grace} />
        <SitesPage />
      </>,
    );
    answers['GET /api/sites'] = answers['GET /api/users'] = () => json([]);
    await signIn(again());
    late.comes(gone());
    await settled();
    expect(isAsked()).toBe(false);
    expect(box.textContent).toContain('Add a person');
  });

  it('is not asked again by the late answer to an import', async () => {
    const call = {
      open: vi.fn(),
      setRequestHeader: vi.fn(),
      send: vi.fn(),
      upload: {},
      status: 401,
      responseText: '{"code":"signed-out"}',
      onload: () => undefined,
    };
    vi.stubGlobal('XMLHttpRequest', function make() {
      return call;
    });
    const answer = upload({}, new ArrayBuffer(0), () => undefined, new AbortController().signal);
    sessionBegins();
    call.onload();
    await expect(answer).rejects.toMatchObject({ code: 'signed-out' });
    expect(sessionEnded.value).toBeUndefined();
  });

  it('goes on where they have signed in again in another tab', async () => {
    answers['GET /api/sites'] = gone;
    const signedIn = vi.fn();
    const box = await page(
      <>
        <SitesPage />
        <SignInAgain signedIn={signedIn} />
      </>,
    );
    answers['GET /api/session'] = gone;
    window.dispatchEvent(new Event('focus'));
    await settled();
    expect(isAsked()).toBe(true);
    answers['GET /api/sites'] = () => json([]);
    answers['GET /api/session'] = () => json(grace);
    window.dispatchEvent(new Event('focus'));
    await settled();
    expect(isAsked()).toBe(false);
    expect(signedIn).toHaveBeenCalledWith(grace);
    expect(box.textContent).toContain('Add a website');
  });
});

describe('the page of an admin whose session has ended', () => {
  const ada: Session = { id: 'ada', email: 'ada@example.org', name: 'Ada', role: 'agent' };

  it('stays as it is when somebody signs in whom it is not for, and goes on with an admin', async () => {
    vi.resetModules();
    const app = document.createElement('div');
    app.id = 'app';
    document.body.append(app);
    answers['GET /api/session'] = () => json(grace);
    location.hash = '#/users';
    await import('../src/admin/main');
    await vi.waitUntil(() => app.textContent.includes('Add a person'), patience);
    await press(app, 'Add a person');
    await type(app, 'name', 'Ben');
    await type(app, 'email', 'ben@example.org');
    answers['POST /api/invitations'] = gone;
    await submit(app);

    await signIn(again(), ada);
    expect(again().textContent).toContain('This page is for admins.');
    await press(app, '中文');
    expect(again().textContent).toContain('此页面仅限管理员。');
    await putAside();
    expect(app.querySelector<HTMLInputElement>('[name="name"]')?.value).toBe('Ben');
    answers['POST /api/invitations'] = () => json({ code: 'not-allowed' }, 403);
    await submit(app);
    await signIn(again(), grace);
    expect(isAsked()).toBe(false);
    expect(app.querySelector<HTMLInputElement>('[name="name"]')?.value).toBe('Ben');
  });
});

it('the page of admins has the sign-in of those whose session has ended', async () => {
  vi.resetModules();
  const app = document.createElement('div');
  app.id = 'app';
  document.body.append(app);
  answers['GET /api/session'] = () => json(grace);
  location.hash = '#/users';
  answers['GET /api/users'] = () => json({ code: 'signed-out' }, 401);
  await import('../src/admin/main');
  await vi.waitUntil(() => document.querySelector('dialog [name="password"]'), patience);
});
