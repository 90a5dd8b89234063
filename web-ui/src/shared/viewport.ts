/**
 * Tells the style sheets how much of the page is visible. Some browsers show the on-screen keyboard over a page without
 * resizing it, which hides its end.
 */
export function followKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    // Pinch zoom also reduces the visible area, but the page should not shrink then.
    const covered = seen.scale === 1 && window.innerHeight - seen.height > 1;
    const { style } = document.documentElement;
    if (covered) style.setProperty('--visible-height', `${String(seen.height)}px`);
    else style.removeProperty('--visible-height');
    if (covered && seen.offsetTop > 0) window.scrollTo(0, 0);
  };
  seen.addEventListener('resize', fit);
  seen.addEventListener('scroll', fit);
}
