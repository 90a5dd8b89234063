/**
 * The icon is black or white, whichever has more contrast with the colour: at L 49.44 both have the same contrast.
 *
 * @param small the media query under which the chat fills the screen
 */
export function styles(left: boolean, small: string): string {
  return `
:host{all:initial!important;position:fixed!important;z-index:2147483000!important;bottom:20px!important;${left ? 'left' : 'right'}:20px!important}
aside{--s:#fff;--t:#1b1f27;font:16px/1.5 system-ui,sans-serif}
*{box-sizing:border-box}
button{all:unset;cursor:pointer}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111!important}
.launch{position:relative;display:block;width:56px;height:56px;margin-${left ? 'right' : 'left'}:auto;border-radius:50%;
background:var(--c);color:#fff;color:lch(from var(--c) calc((49.44 - l)*infinity) 0 0);box-shadow:0 2px 6px #0003,0 8px 24px #0003}
.launch:hover{transform:scale(1.06)}
svg{position:absolute;inset:15px;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#c62828;color:#fff;font:700 13px/22px system-ui,sans-serif;text-align:center}
.panel{position:relative;width:min(392px,calc(100vw - 40px));height:min(640px,calc(100vh - 120px));margin-bottom:14px;overflow:hidden;border-radius:16px;background:var(--s);color:var(--t);box-shadow:0 4px 12px #0002,0 16px 48px #0004}
.note{display:grid;place-content:center;gap:16px;height:100%;padding:24px;text-align:center}
p{margin:0}
.note button{min-height:44px;padding:8px 20px;border:1px solid;border-radius:8px}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;color-scheme:light dark}
[hidden]{display:none!important}
.wait iframe{visibility:hidden}
@media (prefers-color-scheme:dark){aside{--s:#181c23;--t:#e8ebf1}}
@media ${small}{
.panel{position:fixed;inset:0;width:auto;height:auto;margin:0;border-radius:0}
.open .launch{display:none}}`;
}
