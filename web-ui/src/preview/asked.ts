import { scenes, type Scene } from '../shared/preview';
import type { SiteLook } from '../widget/chat';

/** What the administration asks to see. */
export interface Asked {
  look: SiteLook;
  scene: Scene;
}

/** From the page around, which is one of ours; undefined for what it says otherwise. */
export function askedIn(data: unknown): Asked | undefined {
  const message = data as { replyloop?: unknown; look?: unknown; scene?: unknown } | null;
  if (message?.replyloop !== 'preview' || typeof message.look !== 'object' || message.look === null)
    return undefined;
  const scene = scenes.find((each) => each === message.scene) ?? 'before';
  return { look: message.look as SiteLook, scene };
}
