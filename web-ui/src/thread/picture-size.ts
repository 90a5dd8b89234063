const largestEdge = 220;
const smallestEdge = 44;

/** What a picture takes in a conversation. */
export function pictureSize(width: number, height: number): { width: string; height: string } {
  const scale = Math.min(1, largestEdge / width, largestEdge / height);
  const edge = (length: number) => `${String(Math.max(smallestEdge, Math.round(length * scale)))}px`;
  return { width: edge(width), height: edge(height) };
}
