import { Problem, request } from '../shared/api';
import { recallJson, remember } from '../shared/storage';

interface Issued {
  token: string;
  expiresAt: string;
}

interface Kept extends Issued {
  issuedAt: number;
  /** It belongs to somebody whom the site vouched for. */
  identified: boolean;
}

/** The customer's token for one site: kept across visits, renewed in time, given up when the person changes. */
export class CustomerSession {
  private readonly key: string;
  private kept: Kept | undefined;

  constructor(
    private readonly site: string,
    private identity: string | undefined,
    private readonly forget: () => void,
  ) {
    this.key = `replyloop.widget.${site}`;
    this.kept = recallJson<Kept>(this.key);
    if (identity === undefined && this.kept?.identified) this.drop();
  }

  /** Gives whether another person may be writing from now on. */
  identify(identity: string | undefined): boolean {
    if (identity === this.identity) return false;
    this.identity = identity;
    if (identity === undefined) this.drop();
    else this.kept = undefined;
    return true;
  }

  async token(refused: boolean): Promise<string> {
    const kept = this.kept;
    if (kept && !refused && Date.parse(kept.expiresAt) > Date.now() + 30_000) {
      const halfTime = (kept.issuedAt + Date.parse(kept.expiresAt)) / 2;
      if (Date.now() > halfTime) void this.renew(kept).catch(() => undefined);
      return kept.token;
    }
    if (this.identity !== undefined) return this.keep(await this.ask({ identity: this.identity }), true);
    if (kept) {
      try {
        return await this.renew(kept);
      } catch (problem) {
        // Only the server's own word ends a customer's conversation, not a bad network.
        if (!(problem instanceof Problem) || ![400, 401, 403, 404].includes(problem.status)) throw problem;
      }
    }
    return this.keep(await this.ask({}), false);
  }

  private async renew(kept: Kept): Promise<string> {
    return this.keep(await this.ask({ renew: kept.token }), kept.identified);
  }

  private ask(more: { renew?: string; identity?: string }): Promise<Issued> {
    return request<Issued>('/api/customer/token', { method: 'POST', json: { site: this.site, ...more } });
  }

  private keep({ token, expiresAt }: Issued, identified: boolean): string {
    this.kept = { token, expiresAt, issuedAt: Date.now(), identified };
    remember(this.key, JSON.stringify(this.kept));
    return token;
  }

  private drop(): void {
    this.kept = undefined;
    remember(this.key, undefined);
    this.forget();
  }
}
