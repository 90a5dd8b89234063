const again = 5_000;

/** Whether this server has the demo's site, which the shop needs. */
export function hasDemo(): Promise<boolean> {
  return isThere('/api/widget?site=demo');
}

/** Whether this server is a demo, with customers who come when somebody asks for them. */
export function isDemo(): Promise<boolean> {
  return isThere('/api/demo');
}

/** Only a response of the server counts: while it is unavailable or overloaded, the request is repeated. */
async function isThere(address: string): Promise<boolean> {
  for (;;) {
    const status = await fetch(address).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200 || status === 204) return true;
    if (status === 400 || status === 404) return false;
    await new Promise((done) => setTimeout(done, again));
  }
}
