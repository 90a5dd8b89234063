import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Context } from '../src/console/context';
import { keepFocus } from '../src/shared/focus';
import { Workspace } from '../src/console/workspace';
import type { Session } from '../src/shared/api';
import { chooseLanguage } from '../src/shared/language';
import { ada, summary } from './console-bench';
import { FakeServer } from './fake-wire';

const at = '2026-03-02T09:15:30.125Z';
const note = (id: string, author: string, text: string, version = 1) => ({
  id,
  text,
  author,
  authorName: author === 'ada' ? 'Ada' : 'Ben',
  createdAt: at,
  version,
});

interface Asked {
  method: string;
  address: string;
  json: Record<string, unknown> | undefined;
}

describe('the customer beside the conversation', () => {
  let server: FakeServer;
  let workspace: Workspace;
  let box: HTMLElement;
  let profile: Record<string, unknown>;
  let asked: Asked[];
  let refuses: (() => Response) | undefined;
  /** What a change is answered with. */
  let stored: Record<string, unknown> | undefined;
  let endFocus: () => void;

  beforeEach(async () => {
    server = new FakeServer();
    asked = [];
    refuses = undefined;
    stored = undefined;
    profile = {
      id: 'customer',
      name: 'Wei',
      nameFrom: 'customer',
      email: 'wei@example.org',
      emailFrom: 'team',
      correctable: true,
      visit: {
        page: 'https://shop.example/cart',
        language: 'de-AT',
        browser: 'Firefox',
        system: 'Windows',
        at,
      },
      attributes: [
        { name: 'plan', value: 'gold', vouched: true },
        { name: 'orders', value: '3', vouched: false },
      ],
      answers: [{ kind: 'text', label: 'Order number', value: '4711' }],
      notes: [note('n2', 'ben', 'Calls back in the morning'), note('n1', 'ada', 'Likes tea')],
      merged: [],
    };
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    vi.stubGlobal('fetch', (address: string, { method = 'GET', body }: RequestInit = {}) => {
      if (method !== 'GET') {
        const json = typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : undefined;
        asked.push({ method, address, json });
        if (refuses) return Promise.resolve(refuses());
        const answer = stored ?? { ...json, version: 2 };
        return Promise.resolve(
          method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(answer),
        );
      }
      if (address.endsWith('/profile')) return Promise.resolve(Response.json(profile));
      const isList = /^\/api\/(labels|inbox-views|conversations\/of-customer|replies)/.test(address);
      return Promise.resolve(Response.json(isList ? [] : { items: [] }));
    });
    box = document.createElement('div');
    document.body.append(box);
    endFocus = keepFocus(box);
    await enters(ada);
  });

  async function enters(me: Session): Promise<void> {
    workspace = new Workspace(me, () => undefined);
    workspace.start();
    server.wire.onopen?.();
    const agent = { id: me.id, name: me.name, role: me.role };
    server.wire.says({ type: 'welcome', agent, maxTextLength: 8000 });
    await vi.advanceTimersByTimeAsync(0);
    await opens('one', 'customer');
    render(<Context workspace={workspace} alone={false} />, box);
    await drawn();
  }

  async function opens(id: string, customer: string): Promise<void> {
    workspace.select(id);
    expect(workspace.thread.peek()).toBeDefined();
    server.wire.says({
      type: 'opened',
      conversation: summary(id, undefined, { customer: { id: customer }, triage: { language: 'zh' } }),
      customerRead: 0,
      agentRead: 0,
      customerOnline: true,
      viewers: [],
    });
    await drawn();
  }

  afterEach(() => {
    chooseLanguage('en');
    endFocus();
    server.wire.says({ type: 'erased', conversation: 'one' });
    workspace.stop();
    render(null, box);
    box.remove();
  });

  const drawn = () => vi.advanceTimersByTimeAsync(100);
  const facts = () =>
    [...box.querySelectorAll('.about dl > div')].map(
      (fact) =>
        `${String(fact.querySelector('dt')?.textContent)}: ${String(fact.querySelector('dd')?.textContent)}`,
    );
  const notes = () =>
    [...box.querySelectorAll('.customer-notes li .note-text')].map((one) => one.textContent);
  const buttons = (within: Element | null = box) => [...(within?.querySelectorAll('button') ?? [])];
  const button = (name: string) => {
    const found = buttons().find(
      (one) => (one.ariaLabel ?? one.getAttribute('aria-label') ?? one.textContent) === name,
    );
    if (!found) throw new Error(`no button ${name}`);
    return found;
  };
  const press = async (name: string) => {
    button(name).click();
    await drawn();
  };
  const field = (selector: string) => {
    const found = box.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
    if (!found) throw new Error(`no field ${selector}`);
    return found;
  };

  const types = async (selector: string, text: string) => {
    field(selector).value = text;
    field(selector).dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
  };
  const hits = async (selector: string, key: string, more: KeyboardEventInit = {}) => {
    field(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
    await drawn();
  };
  const newNote = '.customer-notes > form textarea';
  const oldNote = '.customer-notes li textarea';

  it('says who they are, who says so, and where they are', async () => {
    expect(facts().slice(0, 7)).toEqual([
      'Name: Weias the customer says',
      'E-mail address: wei@example.orgcorrected by the team',
      'Language: Austrian German, writes Chinese',
      'Page: shop.example/cartfrom the page, not checked',
      'Device: Firefox, Windows',
      'plan: goldfrom the website',
      'orders: 3from the page, not checked',
    ]);
    expect(box.querySelector('.about a[href*="shop.example"]')).toBeNull();
    chooseLanguage('zh');
    await drawn();
    expect(facts()[0]).toBe('姓名: Wei客户自填');
  });

  it('shows what everybody noted, and changes to its author alone', async () => {
    expect(notes()).toEqual(['Calls back in the morning', 'Likes tea']);
    expect(
      buttons(box.querySelector('.customer-notes ul')).map((one) => one.getAttribute('aria-label')),
    ).toEqual(['Edit the note by Ada', 'Delete the note by Ada']);
    profile = { ...profile, notes: [note('n3', 'ben', 'Lives in Graz')] };
    server.wire.says({ type: 'customer', conversation: 'one' });
    await drawn();
    expect(notes()).toEqual(['Lives in Graz']);
  });

  it('adds a note with the same id until it is there, and with another one after that', async () => {
    const text = field(newNote);
    await types(newNote, ' Prefers mail ');
    refuses = () => Response.json({ code: 'unavailable', detail: 'Try again.' }, { status: 503 });
    await press('Add');
    expect(text.value).toBe(' Prefers mail ');
    refuses = undefined;
    await press('Add');
    expect(text.value).toBe('');
    await types(newNote, 'Another');
    await hits(newNote, 'Enter', { ctrlKey: true, keyCode: 229 });
    await hits(newNote, 'Enter', { ctrlKey: true });
    expect(asked.map(({ address, json }) => [address, json?.text])).toEqual([
      ['/api/customers/customer/notes', 'Prefers mail'],
      ['/api/customers/customer/notes', 'Prefers mail'],
      ['/api/customers/customer/notes', 'Another'],
    ]);
    expect(asked[0]?.json?.id).toBe(asked[1]?.json?.id);
    expect(asked[2]?.json?.id).not.toBe(asked[1]?.json?.id);
  });

  it('does not replace what somebody else has written meanwhile before it was read', async () => {
    await press('Edit the note by Ada');
    await types(oldNote, 'Likes green tea');
    profile = { ...profile, notes: [note('n1', 'ada', 'Hates tea', 2)] };
    refuses = () => Response.json({ code: 'conflict', detail: 'Changed.' }, { status: 409 });
    await press('Save');
    expect(notes()).toEqual(['Hates tea']);
    expect(box.querySelector('.customer-notes [role=alert]')?.textContent).toContain('changed this note');
    refuses = undefined;
    await press('Save');
    expect(asked.map(({ json }) => [json?.text, json?.version])).toEqual([
      ['Likes green tea', 1],
      ['Likes green tea', 2],
    ]);
    expect(box.querySelector(oldNote)).toBeNull();
    expect(document.activeElement).toBe(button('Edit the note by Ada'));
  });

  it('keeps what is typed while a note is on its way', async () => {
    await types(newNote, 'Prefers mail');
    button('Add').click();
    await types(newNote, 'Prefers mail, or a call');
    await drawn();
    expect(field(newNote).value).toBe('Prefers mail, or a call');
  });

  it('stores the last words where an earlier try had come through without its answer', async () => {
    await types(newNote, 'Likes mail');
    stored = { text: 'Like mail', version: 1 };
    await press('Add');
    expect(asked.map(({ method, json }) => [method, json?.text, json?.version])).toEqual([
      ['POST', 'Likes mail', undefined],
      ['PUT', 'Likes mail', 1],
    ]);
    expect(asked[1]?.address).toBe(`/api/customers/customer/notes/${String(asked[0]?.json?.id)}`);
    expect(field(newNote).value).toBe('');
  });

  it('keeps typed words beside their customer, for their agent, until the conversation is erased', async () => {
    await types(newNote, 'Prefers mail');
    await press('Edit the note by Ada');
    await types(oldNote, 'Likes green tea');
    profile = { ...profile, id: 'other', notes: [] };
    await opens('two', 'other');
    expect(field(newNote).value).toBe('');
    profile = { ...profile, id: 'customer', notes: [note('n1', 'ada', 'Likes tea')] };
    await opens('one', 'customer');
    expect(field(newNote).value).toBe('Prefers mail');
    expect(field(oldNote).value).toBe('Likes green tea');
    expect(document.activeElement).not.toBe(field(oldNote));

    workspace.stop();
    await enters({ ...ada, id: 'ben', name: 'Ben', role: 'admin' });
    expect(field(newNote).value).toBe('');
    expect(box.querySelector(oldNote)).toBeNull();
    workspace.stop();
    await enters(ada);
    expect(field(newNote).value).toBe('Prefers mail');

    server.wire.says({ type: 'erased', conversation: 'one' });
    await opens('one', 'customer');
    expect(field(newNote).value).toBe('');
    expect(box.querySelector(oldNote)).toBeNull();
  });

  it('keeps the words of whoever changes a note that is deleted meanwhile', async () => {
    await press('Edit the note by Ada');
    await types(oldNote, 'Likes green tea');
    field(oldNote).focus();
    profile = { ...profile, notes: [note('n2', 'ben', 'Calls back in the morning')] };
    server.wire.says({ type: 'customer', conversation: 'one' });
    await drawn();
    expect(field(oldNote).value).toBe('Likes green tea');
    expect(document.activeElement).toBe(field(oldNote));
    expect(box.querySelector('.customer-notes li [role=alert]')?.textContent).toContain('deleted this note');
    await press('Save');
    expect(asked).toMatchObject([
      { method: 'POST', address: '/api/customers/customer/notes', json: { text: 'Likes green tea' } },
    ]);
    expect(box.querySelector(oldNote)).toBeNull();
    expect(notes()).toEqual(['Calls back in the morning']);
  });

  it('asks before changed words are lost, and no key of an input method leaves them', async () => {
    await press('Edit the note by Ada');
    await hits(oldNote, 'Escape', { keyCode: 229 });
    await types(oldNote, 'Likes green tea');
    await hits(oldNote, 'Escape');
    expect(box.querySelector('dialog')?.textContent).toContain('Leave without saving?');
    await press('Go on editing');
    expect(field(oldNote).value).toBe('Likes green tea');
    await press('Cancel');
    await press('Discard it');
    expect(box.querySelector(oldNote)).toBeNull();
    expect(document.activeElement).toBe(button('Edit the note by Ada'));
    await press('Edit the note by Ada');
    await hits(oldNote, 'Escape');
    expect(box.querySelector('dialog')).toBeNull();
    expect(box.querySelector(oldNote)).toBeNull();
  });

  it('gives the focus of a deleted note to the notes', async () => {
    const opener = button('Delete the note by Ada');
    opener.focus();
    await press('Delete the note by Ada');
    profile = { ...profile, notes: [] };
    button('Delete').click();
    await drawn();
    expect(asked).toMatchObject([{ method: 'DELETE', address: '/api/customers/customer/notes/n1' }]);
    expect(document.activeElement).toBe(box.querySelector('.customer-notes'));
  });

  it('corrects a name in place, which Escape leaves', async () => {
    await press('Correct name and address');
    expect(document.activeElement).toBe(field('input[name=name]'));
    field('input[name=name]').value = 'Wei Zhang';
    await press('Save');
    expect(asked).toEqual([
      {
        method: 'PUT',
        address: '/api/customers/customer/profile',
        json: { name: 'Wei Zhang' },
      },
    ]);
    expect(document.activeElement).toBe(button('Correct name and address'));
    await press('Correct name and address');
    await hits('input[name=name]', 'Escape', { keyCode: 229 });
    await hits('input[name=name]', 'Escape');
    expect(box.querySelector('input[name=name]')).toBeNull();
    profile = { ...profile, nameFrom: 'site', correctable: false };
    server.wire.says({ type: 'customer', conversation: 'one' });
    await drawn();
    expect(buttons().map((one) => one.textContent)).not.toContain('Correct name and address');
  });

  it('keeps what is being typed when a colleague merges the customer, and says as whom they write', async () => {
    await types(newNote, 'Likes cake');
    const typing = field(newNote);
    typing.focus();
    profile = { ...profile, id: 'kim' };
    const customer = { id: 'kim', name: 'Kim', writesAs: { id: 'customer', name: 'Lee' } };
    server.wire.says({ type: 'conversation', conversation: summary('one', undefined, { customer }) });
    await drawn();
    expect(field(newNote)).toBe(typing);
    expect(document.activeElement).toBe(typing);
    expect(typing.value).toBe('Likes cake');
    expect(box.querySelector('.about')?.textContent).toContain('In this conversation they write as Lee');
    await press('Add');
    expect(asked[0]?.address).toBe('/api/customers/kim/notes');
  });

  it('lists who was merged, and separates them after a question', async () => {
    profile = {
      ...profile,
      merged: [{ id: 'lee', name: 'Lee', vouchedFor: false, into: 'customer', by: 'Ada', at }],
    };
    server.wire.says({ type: 'customer', conversation: 'one' });
    await drawn();
    expect(box.querySelector('.merged-customers')?.textContent).toContain('merged by Ada');
    await press('Separate Lee…');
    expect(asked).toEqual([]);
    await press('Separate');
    expect(asked.map(({ method, address }) => `${method} ${address}`)).toEqual([
      'DELETE /api/customers/customer/merged/lee',
    ]);
    expect(box.querySelector('dialog')).toBeNull();
  });
});
