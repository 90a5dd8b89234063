/**
 * Tells the style sheets how much of the page can be seen. Some browsers lay the on-screen keyboard over a page without
 * making the page smaller, and what stands at its end is then out of sight.
 */
export function followKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    // Somebody who zooms in with two fingers sees less of the page as well, but does not want it smaller.
    const covered = seen.scale === 1 && window.innerHeight - seen.height > 1;
    const { style } = document.documentElement;
    if (covered) style.setProperty('--visible-height', `${String(seen.height)}px`);
    else style.removeProperty('--visible-height');
    if (covered && seen.offsetTop > 0) window.scrollTo(0, 0);
  };
  seen.addEventListener('resize', fit);
  seen.addEventListener('scroll', fit);
}
