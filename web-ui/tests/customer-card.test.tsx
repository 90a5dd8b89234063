import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Context } from '../src/console/context';
import { Workspace } from '../src/console/workspace';
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

  beforeEach(async () => {
    server = new FakeServer();
    asked = [];
    refuses = undefined;
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
    };
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    vi.stubGlobal('fetch', (address: string, { method = 'GET', body }: RequestInit = {}) => {
      if (method !== 'GET') {
        const json = typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : undefined;
        asked.push({ method, address, json });
        if (refuses) return Promise.resolve(refuses());
        return Promise.resolve(method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({}));
      }
      if (address.endsWith('/profile')) return Promise.resolve(Response.json(profile));
      const isList = /^\/api\/(labels|inbox-views|conversations\/of-customer|replies)/.test(address);
      return Promise.resolve(Response.json(isList ? [] : { items: [] }));
    });
    workspace = new Workspace(ada, () => undefined);
    workspace.start();
    server.wire.onopen?.();
    const agent = { id: 'ada', name: 'Ada', role: 'agent' };
    server.wire.says({ type: 'welcome', agent, maxTextLength: 8000 });
    await vi.advanceTimersByTimeAsync(0);
    workspace.select('one');
    expect(workspace.thread.peek()).toBeDefined();
    server.wire.says({
      type: 'opened',
      conversation: summary('one', undefined, { triage: { language: 'zh' } }),
      customerRead: 0,
      agentRead: 0,
      customerOnline: true,
      viewers: [],
    });
    box = document.createElement('div');
    document.body.append(box);
    render(<Context workspace={workspace} alone={false} />, box);
    await drawn();
  });

  afterEach(() => {
    chooseLanguage('en');
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

  it('says who they are, who says so, and where they are', async () => {
    expect(facts().slice(0, 7)).toEqual([
      'Name: Weias the customer says',
      'E-mail address: wei@example.orgcorrected by the team',
      'Language: Austrian German, writes Chinese',
      'Page: shop.example/cart',
      'Device: Firefox, Windows',
      'plan: goldfrom the website',
      'orders: 3from the page, not checked',
    ]);
    expect(box.querySelector('.customer-page')?.getAttribute('rel')).toBe('noopener noreferrer');
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
    const text = field('.customer-notes textarea');
    text.value = ' Prefers mail ';
    refuses = () => Response.json({ code: 'unavailable', detail: 'Try again.' }, { status: 503 });
    await press('Add');
    expect(text.value).toBe(' Prefers mail ');
    refuses = undefined;
    await press('Add');
    expect(text.value).toBe('');
    text.value = 'Another';
    await press('Add');
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
    field('.customer-notes li textarea').value = 'Likes green tea';
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
    expect(box.querySelector('.customer-notes li textarea')).toBeNull();
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
        json: { name: 'Wei Zhang', email: 'wei@example.org' },
      },
    ]);
    expect(document.activeElement).toBe(button('Correct name and address'));
    await press('Correct name and address');
    field('input[name=name]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await drawn();
    expect(box.querySelector('input[name=name]')).toBeNull();
    profile = { ...profile, nameFrom: 'site', correctable: false };
    server.wire.says({ type: 'customer', conversation: 'one' });
    await drawn();
    expect(buttons().map((one) => one.textContent)).not.toContain('Correct name and address');
  });
});
