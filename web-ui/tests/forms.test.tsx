import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { ReplyDialog } from '../src/admin/knowledge/reply-dialog';
import type { Reply } from '../src/admin/rest';
import { ScheduleCard, mostDecisions } from '../src/admin/training/schedule';
import { UsersPage } from '../src/admin/users';
import { SignInPage } from '../src/shared/account';
import { AccountButton } from '../src/shared/account-button';
import { Dialog, LeaveButton } from '../src/shared/dialog';
import { chooseLanguage } from '../src/shared/language';
import { answers, grace, json, page, press, settled, submit, type } from './page-bench';
import { patience } from './settled';

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
  const archived = vi.fn(() => json({ ...reply, state: 'archived' }));
  const opened = () => {
    closed.mockClear();
    archived.mockClear();
    answers['POST /api/replies/r1/archive'] = archived;
    return page(
      <ReplyDialog reply={reply} closed={closed} saved={() => Promise.resolve()} instead={vi.fn()} />,
    );
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

it('whoever closes their account is not asked about the password that the browser has filled in', async () => {
  const box = await page(<AccountButton me={grace} />);
  await press(box, 'Grace');
  await type(box, 'current', 'correct horse battery');
  await press(box, 'Close');
  expect(box.querySelector('dialog')).toBeNull();
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
    [String(mostDecisions * 1000), 'Fewest new decisions: the greatest possible number is 1000000.'],
    ['0', 'Fewest new decisions: the smallest possible number is 1.'],
    ['', 'Fewest new decisions: fill this in.'],
  ])('names the number that is out of range: %s', async (number, told) => {
    const schedule = { enabled: true, cron: '0 3 * * *', timeZone: 'UTC', minimumDecisions: 20 };
    const box = await page(<ScheduleCard schedule={schedule} saved={() => undefined} />);
    await type(box, 'minimumDecisions', number);
    await submit(box);
    expect(box.querySelector('[role="alert"]')?.textContent).toBe(told);
  });

  it('never leaves it to the browser to say what is wrong', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .filter((file) => /<form\b|reportValidity/.test(readFileSync(`src/${file}`, 'utf8')));
    expect(files.sort()).toEqual([
      'console/composer.tsx',
      'console/saved-views.tsx',
      'console/search-pane.tsx',
      'console/triage-dialogs.tsx',
      'shared/form.tsx',
      'widget/chat.tsx',
      'widget/form.tsx',
      'widget/mail.tsx',
      'widget/rating.tsx',
    ]);
  });
});

describe('why somebody has to sign in', () => {
  it('is told in the language that is chosen afterwards', async () => {
    const app = document.createElement('div');
    app.id = 'app';
    document.body.append(app);
    vi.resetModules();
    answers['GET /api/session'] = () => json({ code: 'unavailable' }, 503);
    await import('../src/admin/main');
    await vi.waitUntil(() => app.querySelector('.notice'), patience);
    expect(app.querySelector('.notice')?.textContent).toContain('The server cannot do this');
    [...app.querySelectorAll('button')].find(({ textContent }) => textContent.includes('中文'))?.click();
    await settled();
    expect(app.querySelector('.notice')?.textContent).toContain('服务器暂时无法处理此操作');
  });
});
