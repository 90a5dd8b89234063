import { request } from '../../shared/api';
import { useLoaded } from '../../shared/load';
import type { SingleSignOn } from '../rest';
import { Waiting } from '../waiting';
import './access.css';
import { PasswordRule } from './passwords';
import { ProviderForm } from './provider';
import { accessTexts } from './texts';

/** How the team signs in. */
export function AccessPage() {
  const own = accessTexts();
  const found = useLoaded(() => request<SingleSignOn>('/api/single-sign-on'));
  const known = found.value.value;
  if (!known) return <Waiting loaded={found} />;
  return (
    <>
      <p class="hint">{own.intro}</p>
      <ProviderForm known={known} changed={found.reload} />
      {known.provider && <PasswordRule known={known} changed={found.reload} />}
    </>
  );
}
