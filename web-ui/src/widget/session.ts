import { Problem, request } from '../shared/api';
import { newId } from '../shared/ids';
import { recallJson, remember } from '../shared/storage';

interface Issued {
  token: string;
  expiresAt: string;
}

/** Who is writing, as far as known: the subject of the site's voucher, or null for somebody without one. */
type Subject = string | null;

interface Person {
  /** Absent if a voucher had no readable subject: such a person is never recognised on the next visit. */
  subject?: Subject;
  issued?: Issued & { issuedAt: number };
  /**
   * Separates this person's drafts and unsent messages from those of others: the same whenever a subject comes back,
   * absent for the first person here.
   */
  id?: string;
}

/** The customer's token for one site: kept across visits, renewed in time, discarded when the person changes. */
export class CustomerSession {
  /** Settled once it is known who is writing. Before that, nothing is shown and no token is requested. */
  readonly known: Promise<void>;
  private readonly key: string;
  private settle: () => void = () => undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private person: Person;

  /**
   * @param forget deletes what the previous person has left behind, unsent messages and a draft, and receives the owner
   *     of such data from now on
   * @param waits how many milliseconds to wait for a voucher of the previous person: a single-page application learns
   *     from its own server who is signed in, and passes it on a moment later; 0 if it has said that nobody is
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

  /** Returns whether a different person is writing from now on. */
  identify(identity: string | undefined): boolean {
    clearTimeout(this.patience);
    this.settle();
    this.identity = identity;
    const subject = subjectOf(identity);
    if (subject !== undefined && subject === this.person.subject) return false;
    const stored = recallJson<Person>(this.key);
    // Somebody who has signed in in another tab before is the same person here, with the data from there.
    const known = subject !== undefined && stored?.subject === subject ? stored : undefined;
    this.person = known ?? { subject, id: typeof subject === 'string' ? `as ${subject}` : newId() };
    this.store();
    this.forget(this.owner);
    return true;
  }

  /** Whether this person has been here before, so that there may be a conversation. */
  get hasToken(): boolean {
    return this.person.issued !== undefined;
  }

  get owner(): string {
    return this.person.id ?? '';
  }

  async token(refused: boolean): Promise<string> {
    const person = this.person;
    const token = await this.tokenOf(person, refused);
    // The person may have changed during the request, and must not get the previous person's token.
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
      // Only a response of the server ends a customer's conversation, not a bad network. A blocked customer keeps their
      // identity.
      const ended =
        problem instanceof Problem &&
        [400, 401, 403, 404].includes(problem.status) &&
        problem.code !== 'blocked';
      if (!ended || !issued || this.identity !== undefined) throw problem;
    }
    return exclusively(this.key, () => this.beginAnew(person, issued.token));
  }

  /** A visitor with two pages is one customer: the second page reuses the token of the first. */
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
    // Does not replace somebody who has signed in in another tab in the meantime.
    if ((recallJson<Person>(this.key) ?? person).id === person.id) this.store();
    return token;
  }

  private store(): void {
    remember(this.key, JSON.stringify(this.person));
  }
}

/** One page at a time, in browsers with locks; pages over plain http have none. */
function exclusively<T>(name: string, act: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? locks.request(name, act) : act();
}

/** Decoded without verification, which is the server's task; undefined if it is malformed. */
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
