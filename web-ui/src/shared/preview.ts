/** What of a conversation a preview of the chat shows. */
export const scenes = ['before', 'during', 'after'] as const;
export type Scene = (typeof scenes)[number];
