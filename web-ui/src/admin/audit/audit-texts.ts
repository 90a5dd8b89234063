import { messages } from '../../shared/messages';
import type { AuditEntry } from '../rest';

export type Words<Name extends string> = Record<Name, string>;

export type Action = AuditEntry['action'];
export type ObjectKind = AuditEntry['objectKind'];
export type OtherActor = Exclude<AuditEntry['actorKind'], 'account'>;

export const auditTexts = messages<'admin/audit'>(
  import.meta.glob('../../messages/*/admin/audit.json', { import: 'default' }),
);

/** Those who act and are nobody of the team. */
export const actorTexts = messages<'admin/audit-actor'>(
  import.meta.glob('../../messages/*/admin/audit-actor.json', { import: 'default' }),
);

export const kindTexts = messages<'admin/audit-kind'>(
  import.meta.glob('../../messages/*/admin/audit-kind.json', { import: 'default' }),
);

/** What has changed, by its name on the wire. */
export const fieldTexts = messages<'admin/audit-field'>(
  import.meta.glob('../../messages/*/admin/audit-field.json', { import: 'default' }),
);

/** Words that are values of fields. */
export const valueTexts = messages<'admin/audit-value'>(
  import.meta.glob('../../messages/*/admin/audit-value.json', { import: 'default' }),
);
