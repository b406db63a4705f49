import { yuanText } from '../../ui/yuan-text.ts'
import type { Campaign } from './campaigns-api.ts'

export const CHANNELS = {
  assistant: '就医助手',
  template: '公众号模板消息',
  subscribe: '小程序订阅消息',
} as const

/** Of the dictionary of states: a draft is first gathered, then ready. */
export function stateOfCampaign({ state, gathering }: Pick<Campaign, 'state' | 'gathering'>): string {
  return state === 'draft' && !gathering.done ? 'gathering' : state
}

export function whomText({ minFen, sinceBefore, again }: Campaign['of']): string {
  const since = sinceBefore === null ? '' : `，${sinceBefore} 之前产生的`
  return `余额 ${yuanText(minFen)} 元以上${since}${again ? '，告知过的也再通知' : '，没有告知过的'}`
}

export function countText(count: number): string {
  return count.toLocaleString('zh-CN')
}
