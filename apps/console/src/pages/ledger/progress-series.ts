import type { ChartSeries } from '../../ui/chart/chart-series.ts'
import type { LedgerDay } from './ledger-api.ts'

const yuan = (value: number) => value.toLocaleString('zh-CN', { maximumFractionDigits: 0 })

/** What went back each day as columns, and what is left as a line of its own scale. */
export function progressSeries(days: readonly LedgerDay[]): readonly ChartSeries[] {
  return [
    {
      ...{ name: '退款（元）', kind: 'bar', format: yuan },
      values: days.map(({ refundedFen }) => refundedFen / 100),
    },
    {
      ...{ name: '未清（元）', kind: 'line', format: yuan },
      values: days.map(({ openFen }) => (openFen ?? 0) / 100),
    },
  ]
}
