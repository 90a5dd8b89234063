import { useSignal } from '@preact/signals';
import { request, type Session } from '../shared/api';
import { dateAndTime, labelled } from '../shared/language';
import { useLoaded } from '../shared/load';
import { isAsked } from './asked';
import { EditDialog } from './people/edit';
import { Invitations } from './people/invitations';
import { InviteDialog } from './people/invite';
import { SecondFactorRule } from './people/second-factor';
import { peopleTexts } from './people/texts';
import type { Invitation, SecondFactors, User } from './rest';
import { adminTexts } from './texts';
import { Waiting } from './waiting';

export function UsersPage({ me }: { me: Session }) {
  const t = adminTexts();
  const p = peopleTexts();
  const users = useLoaded(() => request<User[]>('/api/users'));
  const invitations = useLoaded(() => request<Invitation[]>('/api/invitations'));
  const factors = useLoaded(() => request<SecondFactors>('/api/second-factors'));
  const withFactor = new Set(factors.value.value?.accounts);
  const editing = useSignal<User | 'new' | undefined>(isAsked('#/users/new') ? 'new' : undefined);
  const closed = () => (editing.value = undefined);
  if (!users.value.value) return <Waiting loaded={users} />;
  return (
    <>
      <div>
        <button type="button" class="button primary" onClick={() => (editing.value = 'new')}>
          {t.addUser}
        </button>
      </div>
      <ul class="card list">
        {users.value.value.map((user) => (
          <li key={user.id}>
            <div class="grow">
              <strong>{user.name}</strong> {user.id === me.id && <span class="hint">({t.you})</span>}
              <div class="hint">
                {user.email} · {t.since} {dateAndTime(user.createdAt)}
              </div>
            </div>
            <span class={user.role === 'admin' ? 'tag accent' : 'tag'}>{t[user.role]}</span>
            {withFactor.has(user.id) && <span class="tag good">{p.hasSecondStep}</span>}
            {!user.active && <span class="tag bad">{t.inactive}</span>}
            <button
              type="button"
              class="button small"
              aria-label={labelled(t.edit, user.name)}
              onClick={() => (editing.value = user)}
            >
              {t.edit}
            </button>
          </li>
        ))}
      </ul>
      <Invitations invitations={invitations} />
      <SecondFactorRule factors={factors} />
      {editing.value === 'new' && <InviteDialog closed={closed} invited={invitations.reload} />}
      {editing.value && editing.value !== 'new' && (
        <EditDialog
          user={editing.value}
          isSelf={editing.value.id === me.id}
          hasSecondFactor={editing.value.id !== me.id && withFactor.has(editing.value.id)}
          secondFactorRemoved={factors.reload}
          closed={closed}
          saved={users.reload}
        />
      )}
    </>
  );
}
