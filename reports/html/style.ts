import { html } from "./markup.ts";

/**
 * The one style sheet. Outcomes differ by colour and by a sign; narrow screens, dark rooms and paper each get their own.
 * No rule loads anything, and no element carries style of its own: the page's policy would refuse it.
 */
export const style = html`
:root{color-scheme:light dark;--bg:#fff;--soft:#f5f7f9;--line:#d4dae0;--text:#1b2127;--quiet:#566069;--link:#0a55b5;
--pass:#1a7f37;--fail:#b4232c;--warn:#8a5a00;--open:#5b4bb3;--none:#68727d;--good-bg:#e7f5ea;--bad-bg:#fdecec;--open-bg:#f0eefb;--warn-bg:#fdf3dc;--on:#fff}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0f1419;--soft:#182028;--line:#34404b;--text:#e4e9ee;--quiet:#9fabb6;--link:#79b8ff;
--pass:#57c877;--fail:#ff8a84;--warn:#e5b454;--open:#b6a8ff;--none:#98a3ae;--good-bg:#11291a;--bad-bg:#34181a;--open-bg:#221f3a;--warn-bg:#312508;--on:#0f1419}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0 auto;max-width:70rem;padding:1.5rem 1.25rem 4rem;background:var(--bg);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
:target{scroll-margin-top:1rem}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
h1{font-size:2rem;margin:.1em 0 .1em;letter-spacing:-.01em}
h2{font-size:1.35rem;margin:3rem 0 .75rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}
h3{font-size:1.1rem;margin:0 0 .6rem}
h4{font-size:1rem;margin:0 0 .35rem}
p{margin:.35rem 0}
ul,ol{padding-left:0;list-style:none;margin:.5rem 0}
code,pre,dd,.what,blockquote{unicode-bidi:isolate}
code,pre{font:.86em/1.5 ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre{margin:.25rem 0 .75rem;padding:.7rem .85rem;background:var(--soft);border:1px solid var(--line);border-radius:8px;white-space:pre-wrap}
abbr{text-decoration:underline dotted}
.quiet{color:var(--quiet);font-size:.9rem}
.cap{font-weight:600;font-size:.85rem;margin:.6rem 0 0}
.skip{position:absolute;left:-9999px}
.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem 1rem}
.verdict{margin:1.25rem 0;padding:1rem 1.25rem;border-radius:12px;border-left:8px solid var(--none);background:var(--soft)}
.verdict p{margin:.1rem 0}
.verdict .word{font-size:1.6rem;font-weight:700;letter-spacing:-.01em}
.verdict.good{border-color:var(--pass);background:var(--good-bg)}.verdict.good .word{color:var(--pass)}
.verdict.bad{border-color:var(--fail);background:var(--bad-bg)}.verdict.bad .word{color:var(--fail)}
.verdict.open{border-color:var(--open);background:var(--open-bg)}.verdict.open .word{color:var(--open)}
.tiles small{font-size:1rem;font-weight:600;color:var(--quiet)}
.bar{display:block;width:100%;height:10px;margin:.9rem 0 0;border-radius:5px;background:var(--soft)}
.bar rect{fill:var(--none)}.bar .pass{fill:var(--pass)}.bar .fail{fill:var(--fail)}.bar .warn{fill:var(--warn)}
.bar .inconclusive,.bar .kit-error,.bar .ambiguous{fill:var(--open)}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem}
.checks li:last-child{border-bottom:0}
.tiles li{flex:1 1 7.4rem;padding:.6rem .9rem;border:1px solid var(--line);border-top:4px solid var(--none);border-radius:10px}
.tiles b{display:block;font-size:1.7rem;line-height:1.15;font-variant-numeric:tabular-nums}
.tiles span{color:var(--quiet);font-size:.9rem}
.tiles .musts{flex-basis:13rem;border-top-color:var(--text)}.tiles .pass{border-top-color:var(--pass)}.tiles .fail{border-top-color:var(--fail)}.tiles .warn{border-top-color:var(--warn)}
.tiles .ambiguous,.tiles .inconclusive,.tiles .kit-error{border-top-color:var(--open)}
.badge{display:inline-block;padding:.05rem .5rem;border-radius:99px;border:1px solid var(--none);color:var(--none);font-size:.74rem;font-weight:700;line-height:1.45;letter-spacing:.03em;text-transform:uppercase;white-space:nowrap;vertical-align:.08em}
.badge.fail{background:var(--fail);border-color:var(--fail);color:var(--on)}
.badge.warn{background:var(--warn);border-color:var(--warn);color:var(--on)}
.badge.inconclusive,.badge.kit-error{background:var(--open);border-color:var(--open);color:var(--on)}
.badge.ambiguous{border-color:var(--open);color:var(--open)}
.badge.pass{border-color:var(--pass);color:var(--pass)}
.level{font-size:.78rem;font-weight:600;letter-spacing:.04em;color:var(--quiet)}
.says{list-style:disc;padding-left:1.2rem}.says li{margin:.3rem 0}
.facts{margin:.75rem 0;display:grid;gap:.3rem}
.facts>div{display:grid;grid-template-columns:10rem 1fr;gap:.75rem}
dt{color:var(--quiet);font-size:.9rem}
dd{margin:0}
.broken{display:grid;grid-template-columns:auto auto auto 1fr auto;column-gap:.75rem}
.broken li{display:grid;grid-column:1/-1;grid-template-columns:subgrid}.checks li{display:grid}
.broken li,.checks li{gap:.15rem .75rem;align-items:baseline;padding:.45rem 0;border-bottom:1px solid var(--line)}
.badge{justify-self:start}
.broken li>a{font-weight:600}.broken .count{justify-self:end}
.checks li{grid-template-columns:auto 1fr}
.checks li>.what,.checks li>.quiet{grid-column:1/-1}
.checks li>.quiet{font-size:.82rem}
.coverage li{display:grid;grid-template-columns:9rem 1fr 15rem;gap:.15rem 1rem;align-items:center;padding:.3rem 0}
.coverage .name{font-weight:600;font-size:.95rem}
.coverage .words{font-size:.86rem;color:var(--quiet)}
.coverage .words .fail{color:var(--fail);font-weight:600}.coverage .words .warn{color:var(--warn);font-weight:600}
.cells{display:flex;flex-wrap:wrap;gap:3px}
.c{display:inline-block;width:14px;height:14px;border-radius:3px;background:var(--none);color:var(--on);font:700 12px/14px system-ui,sans-serif;font-style:normal;text-align:center;text-decoration:none;vertical-align:-2px}
.c.pass{background:var(--pass)}
.c.fail{background:var(--fail)}.c.fail::after{content:"×"}
.c.warn{background:var(--warn)}.c.warn::after{content:"!"}
.c.inconclusive,.c.kit-error{background:var(--open)}.c.inconclusive::after{content:"?"}.c.kit-error::after{content:"#"}
.c.ambiguous{background:none;border:2px solid var(--open);color:var(--open);line-height:9px}.c.ambiguous::after{content:"~"}
.c.not-tested{background:none;border:2px dashed var(--none)}
.c.not-applicable{background:radial-gradient(circle,var(--none) 0 2.5px,transparent 3px)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.86rem;color:var(--quiet);margin-top:1rem}
.group{margin:1.5rem 0 2.5rem;padding-left:1rem;border-left:4px solid var(--fail)}
.group.warn{border-color:var(--warn)}.group.inconclusive,.group.kit-error{border-color:var(--open)}
blockquote{margin:.5rem 0;padding:0;font-size:1.08rem}
blockquote p{margin:0}
blockquote footer{font-size:.88rem;color:var(--quiet)}
.mend b{display:inline-block}.mend b::first-letter{text-transform:uppercase}
.mend{padding:.55rem .85rem;border-radius:8px;background:var(--warn-bg)}
article{margin:1rem 0;padding:1rem 1.1rem;border:1px solid var(--line);border-radius:12px}
article:target{border-color:var(--link);box-shadow:0 0 0 2px var(--link)}
.setup.error{border-left:6px solid var(--fail)}.setup.warning{border-left:6px solid var(--warn)}
.versus{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin:.75rem 0}
.versus>div{padding:.55rem .8rem;border-radius:8px;background:var(--soft);border-left:4px solid var(--pass)}
.versus .actual{border-color:var(--fail);background:var(--bad-bg)}
figcaption{color:var(--quiet);font-size:.86rem}
.flow{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:flex-start;margin-top:1rem}
.flow figure{max-width:100%;margin:0}.flow .wire{flex:1 1 15rem;min-width:0;margin:0}
.scroll{overflow-x:auto;padding-bottom:.25rem}.fits .seq{max-width:100%;height:auto}
.seq{display:block;font:12px ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.seq text{fill:var(--text)}
.seq .name{text-anchor:middle;font:600 12px system-ui,sans-serif}
.seq .label{text-anchor:middle}.seq .own{text-anchor:start}.seq .number{fill:var(--quiet);font-size:11px}
.seq .head{fill:var(--soft);stroke:var(--line)}.seq .head.target{stroke:var(--text);stroke-width:1.5}
.seq .life{stroke:var(--line);stroke-width:1.5}
.seq .row{fill:transparent}.seq a:hover .row{fill:var(--soft)}
.seq .decides .row{fill:var(--warn-bg)}.seq .decides .label{font-weight:700}
.seq .wire{stroke:var(--text);stroke-width:1.5}.seq .answer .wire{stroke-dasharray:5 4}
.seq .tip{fill:var(--text)}.seq .cross{stroke:var(--fail);stroke-width:2.5}
details{margin:.3rem 0;border:1px solid var(--line);border-radius:8px;background:var(--bg)}
summary{padding:.45rem .75rem;cursor:pointer;border-radius:8px}
summary:hover{background:var(--soft)}
details>:not(summary){margin:0 .9rem .75rem}
.who{color:var(--quiet);font-size:.86rem;margin-right:.4rem}
.status{font-weight:600;font-size:.88rem}
.tag{padding:.05rem .45rem;border-radius:99px;background:var(--warn-bg);font-size:.76rem;font-weight:600;white-space:nowrap}
@media screen and (max-width:44rem){body{padding:1rem .9rem 3rem}h1{font-size:1.5rem}h2{margin-top:2.2rem}
.facts>div,.versus{grid-template-columns:1fr;gap:.1rem}.versus{gap:.5rem}
.coverage li{grid-template-columns:1fr;padding:.5rem 0}
.broken{display:block}.broken li{display:flex;flex-wrap:wrap;gap:.15rem .6rem}.broken .count{margin-left:auto}.broken .what{order:1;flex-basis:100%}
.tiles li{flex-basis:6rem;padding:.45rem .7rem}.tiles .musts{flex-basis:9rem}
.group{padding-left:.6rem}article{padding:.8rem .75rem}}
@media print{body{max-width:none;padding:0;font-size:10.5pt}.skip{display:none}
.badge,.c,.verdict,.tiles li,.bar,.versus>div,.mend,.seq,.tag{print-color-adjust:exact;-webkit-print-color-adjust:exact}
h2,h3,h4{break-after:avoid}figure,.tiles,.verdict,.coverage li,.broken li,.checks li,.versus,summary{break-inside:avoid}
.scroll{overflow:visible}.seq{max-width:100%;height:auto}a{color:inherit}
h2{margin-top:2rem}header,footer{break-inside:avoid}footer{break-before:avoid}.group{margin:1rem 0 1.5rem}article{padding:.7rem .8rem}
blockquote a::after{content:" (" attr(href) ")"}
summary{list-style:none}.again{display:none}
.all{border:0}.all>summary{padding:.6rem 0 .1rem}.all::details-content{content-visibility:visible;display:block}.all .checks{margin:0}
.all .checks li{display:block;padding:.15rem 0;font-size:8.5pt}.all .checks .level{font-size:7.5pt}.all .checks .quiet{display:none}}
@page{margin:16mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif;color:#566069}}
`;
