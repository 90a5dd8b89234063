const again = 5_000;

/**
 * Whether this server has the demo's site, which the shop needs. Only a response of the server counts: while it is
 * unavailable or overloaded, the request is repeated.
 */
export async function hasDemo(): Promise<boolean> {
  for (;;) {
    const status = await fetch('/api/widget?site=demo').then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return true;
    if (status === 400 || status === 404) return false;
    await new Promise((done) => setTimeout(done, again));
  }
}
