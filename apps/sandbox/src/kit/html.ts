/** Escapes a text for HTML content and quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** HTML that is already safe: the result of `html`. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

type Part = string | number | Html | readonly Html[] | undefined | false

/** A template in which every value is escaped, unless it is itself `Html`. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + string + show(parts[index]), ''))
}

function show(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map((one: Html) => one.text).join('')
  return escapeHtml(String(part))
}

/** The frame of every simulator page: one phone-wide column, and a band that says it is a simulation. */
export function sandboxPage(title: string, body: Html): string {
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><title>${title}</title><style>${new Html(STYLE)}</style></head>
<body><header class="band">沙箱模拟页面 · 不是真实的平台</header><main><h1>${title}</h1>${body}</main></body></html>`
    .text
}

// Blue and violet on purpose: nobody may take a simulated page for a hospital's own, which are green.
const STYLE = `*{box-sizing:border-box}body{margin:0;background:#eef2f9;color:#10233f;font:17px/1.5 "PingFang SC","Noto Sans CJK SC",system-ui,sans-serif}
.band{margin:0;padding:7px 16px;background:#3b2f63;color:#fff;font-size:14px;text-align:center;letter-spacing:.04em}main{max-width:430px;margin:0 auto;padding:20px 16px 32px}
h1{font-size:23px;line-height:1.35;margin:4px 0 16px}h2{font-size:18px;margin:22px 0 8px}p{margin:0 0 12px}a{color:#1d4fa8}
.card{background:#fff;border:1px solid #d9e1ee;border-radius:16px;padding:16px;margin:0 0 14px}.card>:last-child{margin-bottom:0}.card>h2:first-child{margin-top:0}.centred{text-align:center}.centred img{display:block;margin:12px auto}
button,.button{display:block;width:100%;min-height:50px;padding:12px 14px;border:1.5px solid #1d4fa8;border-radius:14px;background:#1d4fa8;color:#fff;font-family:inherit;font-size:17px;font-weight:600;line-height:1.4;text-align:center;text-decoration:none;cursor:pointer;margin:0 0 10px}
button.ghost,.button.ghost{background:#fff;color:#1d4fa8;border-color:#a9bbdb}.button small{display:block;font-size:14px;font-weight:400}.button.ghost small{color:#47566e}
button.choice{background:#fff;color:inherit;border-color:#d9e1ee;border-radius:16px;padding:14px 44px 14px 16px;text-align:left;font-weight:400;position:relative}button.choice::after{content:"";position:absolute;right:20px;top:50%;width:9px;height:9px;margin-top:-6px;border:solid #6b7c97;border-width:2px 2px 0 0;transform:rotate(45deg)}
button.choice:hover,button.choice:focus-visible{border-color:#1d4fa8}:focus-visible{outline:3px solid #f0a63a;outline-offset:2px}.row{display:flex;align-items:center;gap:10px}.centred .row{justify-content:center}.card .row,.choice .row{font-size:18px}
.tag{padding:1px 9px;border-radius:9px;background:#e3eafa;color:#1d4fa8;font-size:14px;font-weight:400}.muted{color:#47566e;font-size:15px}.path{font:15px/1.5 ui-monospace,monospace;word-break:break-all}
.link,button.link{display:block;width:auto;min-height:44px;margin:4px auto 0;padding:10px;border:0;background:none;color:#47566e;font-size:16px;font-weight:400;text-align:center;text-decoration:underline;text-underline-offset:3px}
label{display:block;margin:0 0 10px}input:not([type=hidden]),select{display:block;width:100%;min-height:46px;font:inherit;padding:8px 12px;border:1px solid #9fb0ca;border-radius:10px;background:#fff}
table{width:100%;border-collapse:collapse;font-size:14px}table.card{display:block;padding:6px 10px}th:first-child{white-space:nowrap}td,th{text-align:left;padding:6px;border-bottom:1px solid #e3e9f3;vertical-align:top;word-break:break-all}tr:last-child>*{border-bottom:0}form{margin:0}.wide{max-width:1100px}`
