import { formatShanghai } from '@zhangyi/core'
import { GENERAL_FAULTS } from './apply-general-faults.ts'
import type { Fault } from './faults.ts'
import { Html, html, sandboxPage } from './html.ts'
import type { ReceivedCall, Simulator } from './simulator.ts'

const SHOWN_CALLS = 20
// A bill or a report in a call would make the page unusable; the JSON interface has all of it.
const SHOWN_CHARACTERS = 4_000

type Entry = { readonly simulator: Simulator; readonly baseUrl: string }

/** For people: the clock, each simulator with its page, its faults and its last calls. Uses the JSON interface. */
export function controlPage(entries: readonly Entry[], nowMs: number): string {
  return sandboxPage(
    '沙箱控制台',
    html`<nav class="card">${entries.map(({ simulator: { name, zh } }) => html`<a class="jump" href="#${name}">${zh}</a>`)}</nav>
<div class="card"><h2>沙箱时间</h2><p>${formatShanghai(nowMs)} <span class="muted">所有模拟平台共用这一个时钟</span></p><div class="buttons">
${ADVANCES.map(([label, advanceMs]) => button(`拨快 ${label}`, '/clock', { advanceMs }))}</div></div>
${entries.map(platform)}<style>${new Html(STYLE)}</style><script>${new Html(SCRIPT)}</script>`,
  )
}

const ADVANCES = [
  ['10 分钟', 600_000],
  ['30 分钟', 1_800_000],
  ['1 小时', 3_600_000],
  ['1 天', 86_400_000],
] as const

function platform({ simulator, baseUrl }: Entry): Html {
  const { name, zh, credentials, ownFaults, calls, faults } = simulator
  return html`<section class="card" id="${name}"><h2>${zh}（${name}）</h2>
<p><a class="button ghost" href="${baseUrl}/">打开它的页面 <small>${baseUrl}</small></a></p>
<details><summary>测试凭据</summary><table><tr><th>baseUrl</th><td>${baseUrl}</td></tr>${Object.entries(credentials).map(([key, value]) => html`<tr><th>${key}</th><td>${text(value)}</td></tr>`)}</table></details>
${faultForm(name, Object.entries({ ...GENERAL_FAULTS, ...ownFaults }))}${orderedFaults(name, faults.list())}
<h3>最近的调用</h3>${calls.length === 0 && html`<p class="muted">还没有收到调用。</p>`}
${calls.slice(-SHOWN_CALLS).reverse().map(shownCall)}<p><a href="/platforms/${name}/calls">全部调用（JSON）</a></p></section>`
}

function faultForm(name: string, kinds: readonly (readonly [string, string])[]): Html {
  return html`<details><summary>让它出故障</summary><form data-faults="/platforms/${name}/faults">
<label>故障<select name="kind">${kinds.map(([kind, what]) => html`<option value="${kind}">${what}（${kind}）</option>`)}</select></label>
<label>接口（不填 = 任何接口）<input name="operation"></label>
<div class="three"><label>次数（不填 = 一直）<input name="times" type="number" min="1" value="1"></label>
<label>概率（不填 = 每次）<input name="probability" type="number" min="0.01" max="1" step="0.01"></label>
<label>种子<input name="seed" type="number"></label><label>毫秒（延迟用）<input name="delayMs" type="number" min="0"></label></div>
<button>安排故障</button></form></details>`
}

function orderedFaults(name: string, ordered: readonly Fault[]): Html | false {
  if (ordered.length === 0) return false
  const words = ({ kind, operation = '任何接口', times, probability }: Fault) =>
    `${kind} · ${operation} · ${times === undefined ? '一直' : `还有 ${times} 次`}${probability === undefined ? '' : ` · 概率 ${probability}`}`
  return html`<p>已安排：</p><ul>${ordered.map((fault) => html`<li>${words(fault)}</li>`)}</ul><button class="ghost" data-path="/platforms/${name}/faults" data-method="DELETE">全部取消</button>`
}

function shownCall({ atMs, operation, result, request, reply }: ReceivedCall): Html {
  return html`<details><summary><span class="muted">${formatShanghai(atMs).slice(11)}</span> ${operation} <span class="tag">${result}</span></summary>
<p class="muted">请求</p><pre>${text(request)}</pre><p class="muted">答复</p><pre>${text(reply)}</pre></details>`
}

function text(value: unknown): string {
  const whole = typeof value === 'string' ? value : (JSON.stringify(value, undefined, 1) ?? '（无）')
  return whole.length > SHOWN_CHARACTERS ? `${whole.slice(0, SHOWN_CHARACTERS)}……` : whole
}

function button(label: string, path: string, body: object): Html {
  return html`<button class="ghost" data-path="${path}" data-body="${JSON.stringify(body)}">${label}</button>`
}

const STYLE = `main{max-width:760px}h3{font-size:16px;margin:18px 0 6px}nav.card{display:flex;flex-wrap:wrap;gap:8px}.jump{display:inline-flex;align-items:center;min-height:44px;padding:4px 12px;border-radius:12px;background:#e3eafa;text-decoration:none}
.buttons,.three{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:8px}details{border-top:1px solid #e3e9f3}summary{padding:11px 0;cursor:pointer;word-break:break-all}
pre{max-height:320px;overflow:auto;background:#f4f6fb;border-radius:8px;padding:10px;font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap;word-break:break-all;margin:0 0 10px}`

const SCRIPT = `const send = async (path, method, body) => {
  const reply = await fetch(path, { method, ...(body && { headers: { 'content-type': 'application/json' }, body }) })
  if (!reply.ok) return alert((await reply.json()).error)
  location.reload()
}
for (const button of document.querySelectorAll('button[data-path]'))
  button.onclick = () => send(button.dataset.path, button.dataset.method ?? 'POST', button.dataset.body)
for (const form of document.querySelectorAll('form[data-faults]'))
  form.onsubmit = (event) => {
    event.preventDefault()
    const filled = [...new FormData(form)].filter(([, value]) => value !== '')
    const numbers = ['times', 'probability', 'seed', 'delayMs']
    send(form.dataset.faults, 'POST', JSON.stringify(Object.fromEntries(
      filled.map(([key, value]) => [key, numbers.includes(key) ? Number(value) : value]))))
  }`
