import type { ChartSeries } from '../../ui/chart/chart-series.ts'
import type { HomeDay } from './home-api.ts'

/** Money as columns, and what was reported as a line of its own scale. */
export function daySeries(days: readonly HomeDay[]): readonly ChartSeries[] {
  return [
    {
      name: '退款（元）',
      kind: 'bar',
      values: days.map(({ refundsFen }) => refundsFen / 100),
      format: (yuan) => yuan.toLocaleString('zh-CN', { maximumFractionDigits: 2 }),
    },
    {
      name: '用卡（次）',
      kind: 'line',
      values: days.map(({ usage }) => usage),
      format: (count) => count.toLocaleString('zh-CN'),
    },
  ]
}
