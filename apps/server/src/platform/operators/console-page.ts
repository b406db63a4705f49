import { Html, html } from '../http/html.ts'
import { menuOf } from './access/permissions.ts'
import { ROLES } from './access/roles.ts'
import type { Operator } from './accounts/account.ts'

export interface PageParts {
  readonly title: string
  readonly path: string
  readonly operator: Operator
  readonly main: Html
}

/** The frame of a page that the server renders: head, menu, content. No scripts: everything is a link or a form. */
export function consolePage({ title, path, operator, main }: PageParts): string {
  return frame(
    `${title} · 掌医运营后台`,
    html`<a class="skip" href="#main">跳到内容</a><header class="top"><b>掌医 · 运营后台</b><span class="grow"></span>
<span class="who">${operator.displayName} · ${ROLES[operator.role].zh}</span><form method="post" action="/console/sign-out"><button class="ghost small">退出</button></form></header>
<nav aria-label="菜单">${menuOf(operator.role).map(
      ({ group, items }) =>
        html`${group !== '' && html`<h2>${group}</h2>`}${items.map(
          (page) =>
            html`<a href="${page.path}"${new Html(page.path === path ? ' aria-current="page"' : '')}>${page.name}</a>`,
        )}`,
    )}</nav><main id="main">${main}</main>`,
  )
}

function frame(title: string, body: Html): string {
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>${title}</title><style>${new Html(STYLE)}</style></head><body>${body}</body></html>`
    .text
}

const STYLE = `:root{--brand:#0b6e69;--soft:#e3f2ef;--ink:#1a2423;--ink2:#56635f;--line:#dfe7e4;--bg:#f4f7f6;--warn:#8a4205;--warnS:#fdf1e2;--bad:#a01d17;--badS:#fcebea;--ok:#12623a;--okS:#e5f4eb;--info:#1f4f8f;--infoS:#e8f0fb}
*{box-sizing:border-box}body{margin:0;font:14px/1.55 "PingFang SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;color:var(--ink);background:var(--bg);display:grid;grid-template:52px 1fr/196px minmax(0,1fr);min-height:100vh}
h1{font-size:18px;margin:0}h2{font-size:15px;margin:0}h3{font-size:14px;margin:14px 0 6px}a{color:var(--brand)}code{font:13px ui-monospace,monospace;background:#edf2f0;border-radius:4px;padding:1px 5px}form{margin:0}.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:#fff;padding:6px 10px;z-index:9}
.top{grid-column:1/-1;display:flex;align-items:center;gap:14px;padding:0 18px;background:#fff;border-bottom:1px solid var(--line)}.top b{color:var(--brand);font-size:16px}.grow{flex:1}.who{color:var(--ink2)}
nav{background:#fff;border-right:1px solid var(--line);padding:8px}nav h2{font-size:12px;font-weight:400;color:var(--ink2);padding:10px 12px 4px}nav a{display:block;padding:8px 12px;border-radius:8px;color:var(--ink);text-decoration:none}nav a[aria-current]{background:var(--soft);color:var(--brand);font-weight:600}
main{padding:16px;display:flex;flex-direction:column;gap:14px;min-width:0}.bar{display:flex;flex-wrap:wrap;gap:10px 18px;align-items:end;justify-content:space-between}.row{display:flex;flex-wrap:wrap;gap:8px;align-items:end}
.card{background:#fff;border:1px solid var(--line);border-radius:10px;padding:14px 16px}.card>h2{margin-bottom:10px}.card>h2 small,.muted{color:var(--ink2);font-weight:400;font-size:13px}.card>p{margin:0 0 10px;max-width:62em}.empty{color:var(--ink2);margin:0!important}
label{display:inline-flex;flex-direction:column;gap:3px;color:var(--ink2);font-size:13px}label.line{flex-direction:row;align-items:center;gap:6px;color:var(--ink)}input,select,textarea,button{font:inherit}input:not([type=checkbox]),select,textarea{min-height:34px;padding:4px 9px;border:1px solid #b5c4bf;border-radius:7px;background:#fff;color:var(--ink)}input[type=checkbox]{width:17px;height:17px;accent-color:var(--brand)}textarea{width:100%;min-height:92px;font-family:ui-monospace,monospace}
button,.button{display:inline-block;min-height:34px;padding:5px 14px;border:1px solid var(--brand);border-radius:8px;background:var(--brand);color:#fff;cursor:pointer;text-decoration:none;white-space:nowrap}button.ghost,.button.ghost{background:#fff;color:var(--ink);border-color:#b5c4bf}button.small{min-height:30px;padding:2px 11px}button:hover{filter:brightness(.94)}:focus-visible{outline:3px solid #e8a33d;outline-offset:1px}
.stats{display:grid;grid-template-columns:repeat(6,1fr);gap:10px}.stat{background:#fff;border:1px solid var(--line);border-radius:10px;padding:9px 14px}.stat span{color:var(--ink2);font-size:13px}.stat b{display:block;font-size:21px;line-height:1.35;font-variant-numeric:tabular-nums}.stat.bad{background:var(--badS);border-color:#f0c9c6}.stat.bad b{color:var(--bad)}.stat.warn{background:var(--warnS);border-color:#f1dcc0}.stat.warn b{color:var(--warn)}.stat.bad span,.stat.warn span{color:var(--ink)}
.scroll{overflow-x:auto;margin:0 -16px;padding:0 16px}table{border-collapse:collapse;width:100%;font-size:13px}th{text-align:left;color:var(--ink2);font-weight:500;background:#f8faf9;white-space:nowrap}th,td{padding:8px 10px;border-bottom:1px solid var(--line);vertical-align:top}tbody tr:last-child>*{border-bottom:0}.m{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}tbody th{background:none;color:var(--ink);font-weight:400}td small,th small{display:block;color:var(--ink2);font-size:12px;font-variant-numeric:tabular-nums}tfoot td,tfoot th{font-weight:600;border-top:1px solid #b5c4bf;background:#f8faf9}.num{width:96px;text-align:right}.code{width:110px}
.t{display:inline-block;border-radius:6px;padding:1px 8px;font-size:12px;white-space:nowrap}.ok{background:var(--okS);color:var(--ok)}.warn{background:var(--warnS);color:var(--warn)}.bad{background:var(--badS);color:var(--bad)}.info{background:var(--infoS);color:var(--info)}.none{background:#eef2f1;color:var(--ink2)}
.notice{margin:0;padding:10px 14px;border-radius:10px;color:var(--ink)}.notice b{margin-right:6px}.notice ul{margin:4px 0 0;padding-left:20px}.notice.bad b{color:var(--bad)}.notice.warn b{color:var(--warn)}.notice.ok b{color:var(--ok)}.todo{list-style:none;margin:0;padding:0;display:grid;gap:8px}.todo li{display:flex;gap:12px;align-items:start;padding:8px 12px;border-radius:8px;background:#fff;border:1px solid var(--line)}.todo li>div{flex:1;min-width:0}.todo li .t{margin-top:2px;min-width:76px;text-align:center}.todo small{display:block;color:var(--ink2);font-size:13px}
details{border-top:1px solid var(--line);margin-top:12px;padding-top:10px}summary{cursor:pointer;color:var(--brand)}details form{display:grid;gap:8px;margin-top:10px;justify-items:start}.row.end{justify-content:flex-end;align-items:center;margin-top:10px}.nowrap{white-space:nowrap}.facts th{width:1%;padding-right:28px;color:var(--ink2)}.facts td,.card>h2{overflow-wrap:anywhere}form.row+.scroll{margin-top:10px}label.wide{width:100%;max-width:560px}.prose{min-width:16em;max-width:30em}.acts{display:grid;gap:6px;justify-items:start}
@media(max-width:900px){body{grid-template:auto auto 1fr/minmax(0,1fr)}nav{border-right:0;border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:4px;align-items:center;padding:4px 10px}nav h2{padding:0 6px}.top{height:52px}main{padding:12px}.stats{grid-template-columns:repeat(2,1fr)}.card{padding:12px}.scroll{margin:0 -12px;padding:0 12px}.bar>*{width:100%}.row label{flex:1;min-width:130px}.row select,.row input{width:100%}.todo li{flex-wrap:wrap}input:not([type=checkbox]),select,button,.button{min-height:44px}.button{padding:10px 14px}}`
