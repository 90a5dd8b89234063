import type { ComponentChildren } from 'preact';

const linkPattern = /https?:\/\/[^\s<>"'`，。；：！？、）】》]+/g;

/** Plain text with clickable web addresses. Only http and https become links; a trailing full stop is not included. */
export function Linked({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const match of text.matchAll(linkPattern)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, '');
    if (!URL.canParse(address)) continue;
    parts.push(
      text.slice(from, match.index),
      <a href={address} target="_blank" rel="noopener noreferrer nofollow ugc">
        {address}
      </a>,
    );
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
