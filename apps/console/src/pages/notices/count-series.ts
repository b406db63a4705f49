import type { ChartSeries } from '../../ui/chart/chart-series.ts'
import { CHANNEL_OPTIONS } from './notice-words.ts'
import type { NoticeCount } from './notices-api.ts'

const NO_CHANNEL = '没有渠道'
const GROUPS = [
  { name: '微信已收或送达', states: ['accepted', 'delivered'], colour: '--brand' },
  { name: '还在发', states: ['queued', 'sending'], colour: '--info' },
  { name: '没有成功', states: ['failed', 'unknown', 'unreachable'], colour: '--warn' },
] as const

export const CHANNEL_NAMES: readonly string[] = [...CHANNEL_OPTIONS.map(({ text }) => text), NO_CHANNEL]

/** The notices of a day, one column a channel, its states on top of each other. */
export function countSeries(counts: readonly NoticeCount[]): readonly ChartSeries[] {
  const channels = [...CHANNEL_OPTIONS.map(({ value }) => value as string | null), null]
  return GROUPS.map(({ name, states, colour }) => ({
    ...{ name, kind: 'bar', isStacked: true, colour, format: (value) => value.toLocaleString('zh-CN') },
    values: channels.map((channel) =>
      counts
        .filter((one) => one.channel === channel && (states as readonly string[]).includes(one.state))
        .reduce((sum, { count }) => sum + count, 0),
    ),
  }))
}

/** By state, over all channels. */
export function stateTotals(counts: readonly NoticeCount[]): readonly { state: string; count: number }[] {
  const totals = new Map<string, number>()
  for (const { state, count } of counts) totals.set(state, (totals.get(state) ?? 0) + count)
  return [...totals].map(([state, count]) => ({ state, count }))
}
