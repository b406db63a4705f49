import { DAY_MS, shanghaiDay, shanghaiMidnight } from '@zhangyi/core'
import { badInput } from '../../errors/catalogue.ts'

/** What an auditor looks for; an empty text is no wish. */
export interface AuditWish {
  readonly actor?: string | undefined
  /** How the action begins. */
  readonly action?: string | undefined
  readonly subject?: string | undefined
  readonly traceId?: string | undefined
  /** Days in Asia/Shanghai, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface AuditFilter {
  readonly actor: string | undefined
  readonly action: string | undefined
  readonly subject: string | undefined
  readonly traceId: string | undefined
  readonly fromMs: number | undefined
  /** Not included. */
  readonly toMs: number | undefined
}

/** Throws `bad-input` for what is no day, and for days that end before they begin. */
export function parseFilter({ actor, action, subject, traceId, from, to }: AuditWish): AuditFilter {
  const fromMs = beginningOf('from', from)
  const lastMs = beginningOf('to', to)
  if (fromMs !== undefined && lastMs !== undefined && fromMs > lastMs)
    throw badInput({ field: 'from', message: '开始日期不能晚于结束日期' })
  return {
    ...{ actor: textOf(actor), action: textOf(action), subject: textOf(subject), traceId: textOf(traceId) },
    ...{ fromMs, toMs: lastMs === undefined ? undefined : lastMs + DAY_MS },
  }
}

function textOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim()
  return trimmed === '' ? undefined : trimmed
}

function beginningOf(field: 'from' | 'to', text: string | undefined): number | undefined {
  const day = textOf(text)
  if (day === undefined) return undefined
  const ms = /^20\d\d-\d\d-\d\d$/.test(day) ? shanghaiMidnight(day) : Number.NaN
  // `2026-02-30` becomes another day instead of an error.
  if (Number.isNaN(ms) || shanghaiDay(ms) !== day)
    throw badInput({ field, message: '日期写成 年-月-日，如 2026-11-28' })
  return ms
}

/** The entry that a page ended with. */
export interface AuditCursor {
  readonly atMs: number
  readonly id: number
}

export function cursorText({ atMs, id }: AuditCursor): string {
  return `${atMs}-${id}`
}

/** Throws `bad-input`. */
export function parseCursor(text: string | undefined): AuditCursor | undefined {
  if (text === undefined || text === '') return undefined
  const [, atMs, id] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? []
  if (atMs === undefined || id === undefined)
    throw badInput({ field: 'before', message: '用上一页答复里的 next' })
  return { atMs: Number(atMs), id: Number(id) }
}
