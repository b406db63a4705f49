import { formatShanghai } from '@zhangyi/core'
import { GENERAL_FAULTS } from './apply-general-faults.ts'
import { Html, html, sandboxPage } from './html.ts'
import type { Simulator } from './simulator.ts'

const SHOWN_CALLS = 20

type Entry = { readonly simulator: Simulator; readonly baseUrl: string }

/** For people: each simulator, its faults as buttons, the last calls, the clock. Uses the same JSON interface. */
export function controlPage(entries: readonly Entry[], nowMs: number): string {
  return sandboxPage(
    '沙箱控制台',
    html`<div class="card"><h2>沙箱时间</h2><p>${formatShanghai(nowMs)}</p>
${[10, 30, 60 * 24].map((minutes) => button(`拨快 ${minutes < 60 ? `${minutes} 分钟` : '1 天'}`, '/clock', { advanceMs: minutes * 60_000 }))}</div>
${entries.map(platform)}<script>${new Html(SCRIPT)}</script>`,
  )
}

function platform({ simulator, baseUrl }: Entry): Html {
  const { name, zh, credentials, ownFaults, calls, faults } = simulator
  const kinds = Object.entries({ ...GENERAL_FAULTS, ...ownFaults })
  return html`<section class="card"><h2>${zh}（${name}）</h2>
<table><tr><th>baseUrl</th><td>${baseUrl}</td></tr>${Object.entries(credentials).map(([key, value]) => html`<tr><th>${key}</th><td>${shown(value)}</td></tr>`)}</table>
<h2>下一次调用出故障</h2>${kinds.map(([kind, what]) => button(`${what}（${kind}）`, `/platforms/${name}/faults`, { kind, times: 1 }))}
${
  faults.list().length > 0 &&
  html`<p>已安排：${faults
    .list()
    .map(({ kind, operation, times }) => `${kind} ${operation ?? ''} ×${times ?? '∞'}`)
    .join('，')}</p>`
}
<h2>最近的调用</h2><table><tr><th>时间</th><th>接口</th><th>结果</th></tr>
${calls
  .slice(-SHOWN_CALLS)
  .reverse()
  .map(
    (call) =>
      html`<tr><td>${formatShanghai(call.atMs).slice(11)}</td><td>${call.operation}</td><td>${call.result}</td></tr>`,
  )}</table>
${calls.length === 0 && html`<p class="muted">还没有收到调用。</p>`}<p><a href="/platforms/${name}/calls">全部调用（JSON）</a></p></section>`
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function button(label: string, path: string, body: object): Html {
  return html`<button class="ghost" data-path="${path}" data-body="${JSON.stringify(body)}">${label}</button>`
}

const SCRIPT = `for (const button of document.querySelectorAll('button[data-path]'))
  button.onclick = async () => {
    await fetch(button.dataset.path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: button.dataset.body })
    location.reload()
  }`
