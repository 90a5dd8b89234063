import { readdirSync, readFileSync } from 'node:fs';
import { render, type ComponentChild } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReplyDialog } from '../src/admin/knowledge/reply-form';
import type { Reply } from '../src/admin/rest';
import { ScheduleCard, mostExamples } from '../src/admin/training/schedule';
import { SitesPage } from '../src/admin/sites';
import { UsersPage } from '../src/admin/users';
import { SignInAgain, SignInPage } from '../src/shared/account';
import { AccountButton } from '../src/shared/account-button';
import { sessionEnded, type Session } from '../src/shared/api';
import { Dialog, LeaveButton } from '../src/shared/dialog';
import { chooseLanguage } from '../src/shared/language';

const grace: Session = { id: 'grace', email: 'grace@example.org', name: 'Grace', role: 'admin' };

let answers: Record<string, () => Response>;
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  answers = {};
  vi.stubGlobal('fetch', (address: string, { method }: RequestInit) =>
    Promise.resolve(
      answers[`${method ?? 'GET'} ${address}`]?.() ??
        json(address.startsWith('/api/blocked') ? { items: [] } : []),
    ),
  );
});

afterEach(() => {
  for (const box of document.body.children) render(null, box);
  document.body.replaceChildren();
  chooseLanguage('en');
  sessionEnded.value = undefined;
  vi.unstubAllGlobals();
});

const settled = () => new Promise((done) => setTimeout(done, 20));

async function page(drawn: ComponentChild): Promise<HTMLElement> {
  const box = document.createElement('div');
  document.body.append(box);
  render(drawn, box);
  await settled();
  return box;
}

async function press(box: HTMLElement, text: string): Promise<void> {
  const button = [...box.querySelectorAll('button')].findLast(({ textContent }) =>
    textContent.includes(text),
  );
  if (!button) throw new Error(`There is no button ${text}`);
  button.click();
  await settled();
}

async function type(box: HTMLElement, name: string, text: string): Promise<void> {
  const field = box.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!field) throw new Error(`There is no field ${name}`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

const submit = async (box: HTMLElement) => {
  [...box.querySelectorAll('form')]
    .at(-1)
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settled();
};

describe('a window', () => {
  const closed = vi.fn();
  const inside = { clientX: 104, clientY: 150 };
  const outside = { clientX: 20, clientY: 20 };

  async function window(): Promise<HTMLDialogElement> {
    closed.mockClear();
    await page(
      <Dialog label="Window" closed={closed}>
        <p>Text</p>
      </Dialog>,
    );
    const dialog = document.querySelector('dialog');
    if (!dialog) throw new Error('not there');
    dialog.getBoundingClientRect = () => new DOMRect(100, 100, 400, 300);
    return dialog;
  }
  const mouse = (dialog: HTMLElement, down: MouseEventInit, up: MouseEventInit) => {
    dialog.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, ...down }));
    dialog.dispatchEvent(new MouseEvent('click', { bubbles: true, ...up }));
  };

  it('stays when its own edge is clicked, or when text is selected until outside it', async () => {
    const dialog = await window();
    mouse(dialog, inside, inside);
    mouse(dialog, inside, outside);
    mouse(dialog, outside, inside);
    await settled();
    expect(closed).not.toHaveBeenCalled();
  });

  it('closes when the page beside it is clicked', async () => {
    mouse(await window(), outside, outside);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('closes on Escape, but not on the one that ends composing', async () => {
    const dialog = await window();
    const key = (more: KeyboardEventInit) =>
      dialog.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, ...more }),
      );
    key({ isComposing: true });
    expect(closed).not.toHaveBeenCalled();
    key({});
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe('a window with a form', () => {
  const ways: [string, (box: HTMLElement) => void][] = [
    [
      'Escape',
      (box) =>
        box
          .querySelector('dialog')
          ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })),
    ],
    ['its button', (box) => void press(box, 'Cancel')],
    [
      'the way back of a phone',
      (box) => box.querySelector('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true })),
    ],
    ['the browser itself', (box) => box.querySelector('dialog')?.close()],
  ];

  it.each(ways)('closes at once while nothing is entered, by %s', async (_, leave) => {
    const box = await page(<UsersPage me={grace} />);
    await press(box, 'Add a person');
    leave(box);
    await settled();
    expect(box.querySelector('dialog')).toBeNull();
  });

  it.each(ways)('asks before what was entered is lost, by %s', async (_, leave) => {
    const box = await page(<UsersPage me={grace} />);
    await press(box, 'Add a person');
    await type(box, 'name', 'Ben');
    leave(box);
    await settled();
    expect(box.querySelectorAll('dialog')).toHaveLength(2);
    await press(box, 'Go on editing');
    expect(box.querySelectorAll('dialog')).toHaveLength(1);
    expect(box.querySelector<HTMLInputElement>('[name="name"]')?.value).toBe('Ben');
    leave(box);
    await settled();
    await press(box, 'Discard it');
    expect(box.querySelector('dialog')).toBeNull();
  });

  it('asks above itself, also where the browser closes it while it asks', async () => {
    const shown: (string | null)[] = [];
    const opens = vi.spyOn(HTMLDialogElement.prototype, 'showModal');
    opens.mockImplementation(function (this: HTMLDialogElement) {
      shown.push(this.getAttribute('aria-label'));
      this.setAttribute('open', '');
    });
    const box = await page(<UsersPage me={grace} />);
    await press(box, 'Add a person');
    await type(box, 'name', 'Ben');
    await press(box, 'Cancel');
    box.querySelector('dialog')?.close();
    await settled();
    opens.mockRestore();
    expect(shown.slice(-2)).toEqual(['Add a person', 'Leave without saving?']);
    expect(box.querySelectorAll('dialog')).toHaveLength(2);
  });

  it('asks no longer once there is nothing left to lose', async () => {
    let unsaved = true;
    const box = await page(
      <Dialog label="Window" closed={() => undefined} unsaved={() => unsaved}>
        <LeaveButton>Leave</LeaveButton>
      </Dialog>,
    );
    await press(box, 'Leave');
    expect(box.querySelectorAll('dialog')).toHaveLength(2);
    unsaved = false;
    box.querySelector('dialog')?.close();
    await settled();
    expect(box.querySelectorAll('dialog')).toHaveLength(1);
  });

  it('asks in Chinese', async () => {
    chooseLanguage('zh');
    const box = await page(<UsersPage me={grace} />);
    await press(box, '添加成员');
    await type(box, 'name', '陈');
    await press(box, '取消');
    expect(box.textContent).toContain('您在此填写的内容将会丢失。');
  });
});

describe('the window of a reply', () => {
  const reply: Reply = {
    id: 'r1',
    title: 'Repairs',
    text: 'We repair bicycles.',
    language: 'en',
    categories: [],
    state: 'published',
    questions: 0,
    version: 1,
    createdAt: '2026-03-02T09:15:30Z',
    updatedAt: '2026-03-02T09:15:30Z',
  };
  const closed = vi.fn();
  const archived = vi.fn(() => json({}));
  const opened = () => {
    closed.mockClear();
    archived.mockClear();
    answers['POST /api/replies/r1/archive'] = archived;
    return page(<ReplyDialog reply={reply} closed={closed} saved={() => Promise.resolve()} />);
  };

  it('archives at once while nothing is changed', async () => {
    await press(await opened(), 'Archive');
    expect(archived).toHaveBeenCalledOnce();
    expect(closed).toHaveBeenCalledOnce();
  });

  it('asks before it archives without what was changed', async () => {
    const box = await opened();
    await type(box, 'text', 'We repair all bicycles.');
    await press(box, 'Archive');
    expect(archived).not.toHaveBeenCalled();
    await press(box, 'Go on editing');
    expect(box.querySelector<HTMLTextAreaElement>('[name="text"]')?.value).toBe('We repair all bicycles.');
    await press(box, 'Archive');
    await press(box, 'Discard it');
    expect(archived).toHaveBeenCalledOnce();
    expect(closed).toHaveBeenCalledOnce();
  });

  it('keeps what was changed where archiving fails', async () => {
    const box = await opened();
    answers['POST /api/replies/r1/archive'] = () => json({ code: 'unavailable' }, 503);
    await type(box, 'text', 'We repair all bicycles.');
    await press(box, 'Archive');
    await press(box, 'Discard it');
    expect(box.querySelectorAll('dialog')).toHaveLength(1);
    expect(box.querySelector('[role="alert"]')?.textContent).toContain('The server cannot do this');
    expect(box.querySelector<HTMLTextAreaElement>('[name="text"]')?.value).toBe('We repair all bicycles.');
  });

  it('asks before it loads the version of somebody else over what was changed', async () => {
    const box = await opened();
    answers['PUT /api/replies/r1'] = () => json({ code: 'conflict' }, 409);
    answers['GET /api/replies/r1'] = () => json({ ...reply, version: 2, text: 'We repair none.' });
    await type(box, 'text', 'We repair all bicycles.');
    await submit(box);
    await press(box, 'Load their version');
    expect(box.querySelector<HTMLTextAreaElement>('[name="text"]')?.value).toBe('We repair all bicycles.');
    await press(box, 'Discard it');
    expect(box.querySelector<HTMLTextAreaElement>('[name="text"]')?.value).toBe('We repair none.');
  });
});

it('whoever signs out is asked before a password that they have begun to set is lost', async () => {
  const signedOut = vi.fn(() => json({ code: 'unavailable' }, 503));
  answers['DELETE /api/session'] = signedOut;
  const box = await page(<AccountButton me={grace} />);
  await press(box, 'Grace');
  await type(box, 'password', 'staple the');
  await press(box, 'Sign out');
  expect(signedOut).not.toHaveBeenCalled();
  expect(box.textContent).toContain('What you have entered here is lost then.');
});

describe('a form', () => {
  it('tells in the language of the page what is missing, by its label, and sends nothing', async () => {
    const sent = vi.fn(() => json({}));
    answers['POST /api/session'] = sent;
    chooseLanguage('zh');
    const box = await page(<SignInPage title="x" signedIn={() => undefined} />);
    await type(box, 'email', 'nobody');
    await submit(box);
    const told = () => box.querySelector('[role="alert"]')?.textContent;
    expect(told()).toBe('“邮箱”的格式不正确。邮箱的格式如 anna@example.com。请填写“密码”。');
    chooseLanguage('en');
    await settled();
    expect(told()).toContain('Password: fill this in.');
    expect(sent).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(box.querySelector('[name="email"]'));
  });

  it.each([
    [String(mostExamples * 1000), 'Fewest new examples: the greatest possible number is 10000000.'],
    ['0', 'Fewest new examples: the smallest possible number is 1.'],
    ['', 'Fewest new examples: fill this in.'],
  ])('names the number that is out of range: %s', async (number, told) => {
    const schedule = { enabled: true, cron: '0 3 * * *', timeZone: 'UTC', minimumExamples: 20 };
    const box = await page(<ScheduleCard schedule={schedule} saved={() => undefined} />);
    await type(box, 'minimumExamples', number);
    await submit(box);
    expect(box.querySelector('[role="alert"]')?.textContent).toBe(told);
  });

  it('never leaves it to the browser to say what is wrong', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .filter((file) => /<form\b|reportValidity/.test(readFileSync(`src/${file}`, 'utf8')));
    expect(files.sort()).toEqual(['console/composer.tsx', 'shared/form.tsx', 'widget/chat.tsx']);
  });
});

describe('somebody whose session has ended', () => {
  const gone = () => json({ code: 'signed-out', detail: 'Sign in first.' }, 401);

  async function signIn(box: HTMLElement): Promise<void> {
    answers['POST /api/session'] = () => json({});
    answers['GET /api/session'] = () => json(grace);
    await type(box, 'email', 'grace@example.org');
    await type(box, 'password', 'correct horse battery');
    await submit(box);
  }

  it('signs in where they are, and goes on with what they had typed', async () => {
    const box = await page(
      <>
        <UsersPage me={grace} />
        <SignInAgain signedIn={() => undefined} />
      </>,
    );
    await press(box, 'Add a person');
    await type(box, 'name', 'Ben');
    await type(box, 'email', 'ben@example.org');
    await type(box, 'password', 'correct horse battery');
    answers['POST /api/users'] = gone;
    await submit(box);
    expect(box.textContent).toContain('Your session has ended.');
    const again = box.querySelector<HTMLElement>('dialog[aria-label="Sign in"]');
    if (!again) throw new Error('no sign-in');
    await signIn(again);
    expect(box.querySelector('dialog[aria-label="Sign in"]')).toBeNull();
    expect(box.querySelector<HTMLInputElement>('[name="name"]')?.value).toBe('Ben');
    expect(box.textContent).not.toContain('You are signed out');
  });

  it('sees what could not be loaded as soon as they have signed in', async () => {
    answers['GET /api/sites'] = gone;
    const box = await page(
      <>
        <SitesPage />
        <SignInAgain signedIn={() => undefined} />
      </>,
    );
    answers['GET /api/sites'] = () => json([]);
    const again = box.querySelector<HTMLElement>('dialog');
    if (!again) throw new Error('no sign-in');
    await signIn(again);
    await settled();
    expect(box.textContent).toContain('Add a website');
  });

  it('may look at the page first, and is asked again by the next answer', async () => {
    answers['GET /api/users'] = gone;
    const box = await page(
      <>
        <UsersPage me={grace} />
        <SignInAgain signedIn={() => undefined} />
      </>,
    );
    box
      .querySelector('dialog')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    await settled();
    expect(box.querySelector('dialog')).toBeNull();
    await press(box, 'Try again');
    expect(box.querySelector('dialog')).not.toBeNull();
  });
});

it('the page of admins has the sign-in of those whose session has ended', async () => {
  const app = document.createElement('div');
  app.id = 'app';
  document.body.append(app);
  answers['GET /api/session'] = () => json(grace);
  location.hash = '#/users';
  answers['GET /api/users'] = () => json({ code: 'signed-out' }, 401);
  await import('../src/admin/main');
  await vi.waitUntil(() => document.querySelector('dialog [name="password"]'));
});

describe('why somebody has to sign in', () => {
  it('is told in the language that is chosen afterwards', async () => {
    const app = document.createElement('div');
    app.id = 'app';
    document.body.append(app);
    vi.resetModules();
    answers['GET /api/session'] = () => json({ code: 'unavailable' }, 503);
    await import('../src/admin/main');
    await vi.waitUntil(() => app.querySelector('.notice'));
    expect(app.querySelector('.notice')?.textContent).toContain('The server cannot do this');
    [...app.querySelectorAll('button')].find(({ textContent }) => textContent.includes('中文'))?.click();
    await settled();
    expect(app.querySelector('.notice')?.textContent).toContain('服务器暂时无法处理此操作');
  });
});

describe('when a run starts next', () => {
  const schedule = {
    enabled: true,
    cron: '0 3 * * *',
    timeZone: 'Pacific/Kiritimati',
    minimumExamples: 20,
    nextFireAt: '2026-03-02T13:00:00Z',
  };

  it('is told on the clock of the schedule, and on the browser’s own where that differs', async () => {
    const box = await page(<ScheduleCard schedule={schedule} saved={() => undefined} />);
    expect(box.textContent).toContain(
      'Next start: 3 Mar 2026, 03:00 (Pacific/Kiritimati), which is 2 Mar 2026, ',
    );
  });

  it('is told once on the clock that both have', async () => {
    const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const box = await page(<ScheduleCard schedule={{ ...schedule, timeZone }} saved={() => undefined} />);
    expect(box.textContent).toContain(`(${timeZone})`);
    expect(box.textContent).not.toContain('which is');
  });

  it('is not told of a schedule that is not saved', async () => {
    const box = await page(<ScheduleCard schedule={schedule} saved={() => undefined} />);
    await type(box, 'cron', '0 4 * * *');
    expect(box.textContent).not.toContain('03:00 (');
    expect(box.textContent).toContain('once the schedule is saved');
  });
});
