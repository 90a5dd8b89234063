import { Problem, request } from '../shared/api';
import { newId } from '../shared/ids';
import { recallJson, remember } from '../shared/storage';

interface Issued {
  token: string;
  expiresAt: string;
}

/** Who writes, as far as it is known here: the subject of the site's voucher, null for somebody without one. */
type Subject = string | null;

interface Person {
  /** Absent where a voucher did not say whom it is for: such a person is nobody's next visit. */
  subject?: Subject;
  issued?: Issued & { issuedAt: number };
  /**
   * Tells what this person has begun from what others have: the same whenever a subject comes back, absent for the
   * first one here.
   */
  id?: string;
}

/** The customer's token for one site: kept across visits, renewed in time, given up when the person changes. */
export class CustomerSession {
  /** Settled as soon as it is known who writes. Before that nothing is shown, and no token asked for. */
  readonly known: Promise<void>;
  private readonly key: string;
  private settle: () => void = () => undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private person: Person;

  /**
   * @param forget drops what the last person has left behind, messages that were not sent and a draft, and gets whose
   *   such things are from now on
   * @param waits for so many milliseconds for a voucher of the person who was here last: a page that draws itself
   *   learns from its own server who is signed in, and says so a moment later; 0 where it has said that nobody is
   */
  constructor(
    private readonly site: string,
    private identity: string | undefined,
    private readonly forget: (owner: string) => void,
    waits = 0,
  ) {
    this.key = `replyloop.widget.${site}`;
    this.known = new Promise((settle) => (this.settle = settle));
    this.person = recallJson<Person>(this.key) ?? { subject: null };
    if (waits > 0 && identity === undefined && typeof this.person.subject === 'string')
      this.patience = setTimeout(() => this.identify(undefined), waits);
    else this.identify(identity);
  }

  /** Gives whether another person writes from now on. */
  identify(identity: string | undefined): boolean {
    clearTimeout(this.patience);
    this.settle();
    this.identity = identity;
    const subject = subjectOf(identity);
    if (subject !== undefined && subject === this.person.subject) return false;
    const stored = recallJson<Person>(this.key);
    // Whoever has signed in in another tab before is the same person here, with all that they have begun there.
    const known = subject !== undefined && stored?.subject === subject ? stored : undefined;
    this.person = known ?? { subject, id: typeof subject === 'string' ? `as ${subject}` : newId() };
    this.store();
    this.forget(this.owner);
    return true;
  }

  get owner(): string {
    return this.person.id ?? '';
  }

  async token(refused: boolean): Promise<string> {
    const person = this.person;
    const token = await this.tokenOf(person, refused);
    // The person may have changed while the server was asked, and must not get the token of the one before.
    return person === this.person ? token : this.token(false);
  }

  private async tokenOf(person: Person, refused: boolean): Promise<string> {
    const { issued } = person;
    if (issued && !refused && Date.parse(issued.expiresAt) > Date.now() + 30_000) {
      const halfTime = (issued.issuedAt + Date.parse(issued.expiresAt)) / 2;
      if (Date.now() > halfTime) void this.renew(person).catch(() => undefined);
      return issued.token;
    }
    try {
      return await this.renew(person);
    } catch (problem) {
      // Only the server's own word ends a customer's conversation, not a bad network.
      // And whoever is blocked stays who they are.
      const ended =
        problem instanceof Problem &&
        [400, 401, 403, 404].includes(problem.status) &&
        problem.code !== 'blocked';
      if (!ended || !issued || this.identity !== undefined) throw problem;
    }
    return exclusively(this.key, () => this.beginAnew(person, issued.token));
  }

  /** A visitor with two pages is one customer: whichever page comes second takes what the first has got. */
  private async beginAnew(person: Person, refused: string): Promise<string> {
    const stored = recallJson<Person>(this.key);
    if (stored?.issued && stored.id === person.id && stored.issued.token !== refused) {
      person.issued = stored.issued;
      return stored.issued.token;
    }
    return this.keep(person, await this.ask({}));
  }

  private async renew(person: Person): Promise<string> {
    const { identity } = this;
    return this.keep(
      person,
      await this.ask(identity === undefined ? { renew: person.issued?.token } : { identity }),
    );
  }

  private ask(more: { renew?: string; identity?: string }): Promise<Issued> {
    return request<Issued>('/api/customer/token', { method: 'POST', json: { site: this.site, ...more } });
  }

  private keep(person: Person, { token, expiresAt }: Issued): string {
    person.issued = { token, expiresAt, issuedAt: Date.now() };
    // Not over somebody who has signed in in another tab meanwhile.
    if ((recallJson<Person>(this.key) ?? person).id === person.id) this.store();
    return token;
  }

  private store(): void {
    remember(this.key, JSON.stringify(this.person));
  }
}

/** One page at a time, where browsers have locks: those on plain http have none. */
function exclusively<T>(name: string, act: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? locks.request(name, act) : act();
}

/** Only read and not verified, which the server does; undefined when it cannot be read. */
function subjectOf(voucher: string | undefined): Subject | undefined {
  if (voucher === undefined) return null;
  try {
    const payload = atob((voucher.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(payload, (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { sub } = JSON.parse(text) as { sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}
