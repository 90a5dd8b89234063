/** Whether the address asks for this, such as for a form: once, so that loading the page again does not open it again. */
export function isAsked(address: string): boolean {
  if (location.hash !== address) return false;
  history.replaceState(null, '', address.slice(0, address.lastIndexOf('/')));
  return true;
}
