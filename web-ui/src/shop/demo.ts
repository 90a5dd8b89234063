/** Whether this server has the demo's website, which the shop belongs to. */
export async function hasDemo(): Promise<boolean> {
  try {
    return (await fetch('/api/widget?site=demo')).ok;
  } catch {
    return false;
  }
}
