import { fen, formatShanghai, formatYuan, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { Html, html } from '../../../platform/http/html.ts'
import type { StateWord } from '../state-words.ts'

export const number = (value: number): string => value.toLocaleString('en-US')

/** `1,205.00`, as a clerk reads it. */
export function yuan(amountFen: number): string {
  const [whole = '', decimals = ''] = formatYuan(fen(amountFen)).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`
}

/** To the minute, in Asia/Shanghai. */
export function time(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '—' : formatShanghai(ms).slice(0, 16)
}

export function lasted(ms: number): string {
  if (ms < HOUR_MS) return `${Math.max(0, Math.floor(ms / MINUTE_MS))} 分钟`
  const hours = Math.floor(ms / HOUR_MS)
  return hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`
}

export function tag({ word, colour }: StateWord): Html {
  return html`<span class="t ${colour}">${word}</span>`
}

/** Fields that a form of this page always brings along. */
export function hidden(fields: Readonly<Record<string, string>>): Html {
  return new Html(
    Object.entries(fields)
      .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`.text)
      .join(''),
  )
}

/** A table that scrolls by itself where the window is too narrow. */
export function table(label: string, head: Html, rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${label}，可以左右滚动" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`
}

/** What there is to know of one thing, a line each; lines without a value are left out. */
export function facts(rows: readonly (readonly [string, Html | string | undefined | false])[]): Html {
  const shown = rows.filter(([, value]) => value !== undefined && value !== false)
  return html`<table class="facts"><tbody>${shown.map(([name, value]) => html`<tr><th class="nowrap">${name}</th><td>${value}</td></tr>`)}</tbody></table>`
}
