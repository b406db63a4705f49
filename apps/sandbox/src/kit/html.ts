/** Escapes a text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
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
<title>${title}</title><style>${new Html(STYLE)}</style></head>
<body><p class="band">沙箱模拟页面 · 不是真实的平台</p><main><h1>${title}</h1>${body}</main></body></html>`
    .text
}

const STYLE = `*{box-sizing:border-box}body{margin:0;background:#eef3fb;color:#10233f;font:17px/1.5 "PingFang SC","Noto Sans CJK SC",system-ui,sans-serif}
.band{margin:0;padding:6px 16px;background:#3b2f63;color:#fff;font-size:14px;text-align:center}main{max-width:430px;margin:0 auto;padding:16px}
h1{font-size:22px;margin:8px 0 14px}h2{font-size:18px;margin:18px 0 8px}.card{background:#fff;border:1px solid #d5dfef;border-radius:14px;padding:14px 16px;margin:0 0 12px}
button,.button{display:block;width:100%;min-height:48px;padding:12px;border:0;border-radius:12px;background:#1d4fa8;color:#fff;font:600 17px/1.4 inherit;font-family:inherit;text-align:center;text-decoration:none;cursor:pointer;margin:0 0 10px}
button.ghost,.button.ghost{background:#fff;color:#1d4fa8;border:1.5px solid #1d4fa8}.muted{color:#47566e;font-size:15px}label{display:block;margin:0 0 10px}
input,select{display:block;width:100%;min-height:46px;font:inherit;padding:8px 12px;border:1px solid #9fb0ca;border-radius:10px;background:#fff}
table{width:100%;border-collapse:collapse;font-size:14px}td,th{text-align:left;padding:6px;border-bottom:1px solid #d5dfef;vertical-align:top;word-break:break-all}form{margin:0}.wide{max-width:1100px}`
