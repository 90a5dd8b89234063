import './account.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { secondFactorTexts, type SecondFactorSecret } from './second-factor-texts';

/** Drawn here: the secret goes to no server but ours. */
async function drawn(text: string): Promise<{ size: number; path: string }> {
  const { encode } = await import('uqr');
  const { size, data } = encode(text, { border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { size, path };
}

/** A secret to be put into an authenticator: as a picture, and as text. */
export function SecretToScan({ secret: { secret, address } }: { secret: SecondFactorSecret }) {
  const t = secondFactorTexts();
  const picture = useSignal<{ size: number; path: string } | undefined>(undefined);
  useEffect(() => {
    // Without the picture, the text below is enough.
    void drawn(address).then(
      (done) => (picture.value = done),
      () => undefined,
    );
  }, [address]);
  const size = picture.value?.size ?? 1;
  const groups = secret.match(/.{1,4}/g)?.join(' ');
  return (
    <>
      <p>{t.scan}</p>
      {/* There before it is drawn, so that nothing moves then. */}
      <svg
        class="qr"
        role="img"
        aria-label={t.picture}
        viewBox={`0 0 ${size} ${size}`}
        shape-rendering="crispEdges"
      >
        {picture.value && <path d={picture.value.path} />}
      </svg>
      <p>
        <span class="hint">{t.orType}</span>
        <br />
        <code class="secret">{groups}</code>
      </p>
    </>
  );
}
