/** The media query under which the chat fills the screen. */
export const fillsScreen = '(max-width:480px),(max-height:480px)';

/** The icon is black or white, whichever has more contrast with the colour: at L 49.44 both have the same contrast. */
export const styles = `:host{all:initial!important}
aside{position:fixed;z-index:2000000000;bottom:20px;inset-inline-end:20px;display:grid;justify-items:end;color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
*{box-sizing:border-box}
button{all:unset;cursor:pointer}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111!important}
.launch{forced-color-adjust:none;position:relative;min-width:56px;height:56px;border-radius:28px;background:var(--c);color:#fff;color:lch(from var(--c) calc((49.44 - l)*infinity) 0 0)}
.launch:before{content:'';position:absolute;inset-inline-start:15px;top:15px;width:26px;height:26px;background:currentColor;clip-path:path('M4 3h18l2 2v12l-2 2h-8l-6 5v-5h-4l-2-2v-12')}
.open .launch:before{clip-path:path('M4 8l2-2 7 7 7-7 2 2-9 9')}
span:not(:empty){padding-inline:50px 22px;line-height:56px}
b{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;padding:0 6px;border-radius:11px;background:#c62828;color:#fff;font-size:13px;line-height:22px;text-align:center}
.panel{position:relative;width:min(392px,100vw - 40px);height:min(640px,100vh - 120px);margin-bottom:14px;overflow:hidden;border-radius:16px;background:canvas;color:canvastext}
.panel,.launch{box-shadow:0 0 0 1px #0002,0 2px 6px #0003,0 8px 32px #0003}
.note{display:grid;place-content:center;gap:16px;height:100%;padding:24px;text-align:center}
.note button{min-height:44px;padding:8px 20px;border:1px solid;border-radius:8px}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;visibility:hidden}
[hidden]{display:none!important}
.ready iframe{visibility:visible}
@media ${fillsScreen}{
.panel{position:fixed;inset:0;width:auto;height:auto;margin:0;border-radius:0}
.open .launch{display:none}}`;
