import { badInput } from '../../../platform/errors/catalogue.ts'
import { importBalances } from '../../ledger/import-balances.ts'
import { refreshBalances } from '../../ledger/refresh-balances.ts'
import type { Act, Sent } from './act.ts'
import { textOf } from './form-values.ts'

// As many as are asked within half a minute; somebody waits.
const MOST_ASKED = 150

export const LEDGER_FORMS: Readonly<Record<string, Act>> = {
  'ledger/import': async (sent) => {
    const { room, hospital, by } = sent
    const result = await importBalances(room, hospital.id, fileOf(sent), by)
    const { rows, totalFen, added, changed, cleared, toClean } = result
    if (result.repeated) return { done: 'repeated', numbers: [rows] }
    return { done: 'imported', numbers: [rows, totalFen, added, changed, cleared, toClean] }
  },
  'ledger/refresh': async ({ room, hospital, by }) => {
    const { asked, changed, cleared, failed, stopped } = await refreshBalances(
      ...[room, hospital.id, { limit: MOST_ASKED }, by],
    )
    if (stopped) return { done: 'refresh-stopped' }
    return { done: 'refreshed', numbers: [asked, changed, cleared, failed] }
  },
}

function fileOf({ form }: Sent) {
  const text = form.get('file') ?? ''
  if (text.trim() === '') throw badInput({ field: 'file', message: '请选择余额文件' })
  const asOf = textOf(form, 'asOf')
  return {
    ...{ text, whole: form.get('whole') === '1', mayClearMost: form.get('mayClearMost') === '1' },
    ...{ again: form.get('again') === '1', ...(asOf !== undefined && { asOfMs: timeOf(asOf) }) },
  }
}

/** As a browser writes a local time; the hospital's is that of Shanghai. */
function timeOf(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}:00+08:00`) : Number.NaN
  if (Number.isNaN(ms)) throw badInput({ field: 'asOf', message: '时间写成 2026-11-28T00:00' })
  return ms
}
