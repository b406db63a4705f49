import type { SceneCompleteness } from '../completeness/day-completeness.ts'

export type Colour = 'ok' | 'info' | 'warn' | 'bad' | 'none'

export interface StateWord {
  readonly word: string
  readonly colour: Colour
}

/** How a scene stands, the worst first; the same words and colours wherever it is shown. */
export function stateOf(
  one: Pick<SceneCompleteness, 'gap' | 'parked' | 'stuck' | 'pending' | 'difference' | 'stored'>,
): StateWord {
  if ((one.gap ?? 0) > 0) return { word: '有缺口', colour: 'bad' }
  if (one.parked > 0) return { word: '待处理', colour: 'warn' }
  if (one.stuck > 0) return { word: '上报受阻', colour: 'warn' }
  if (one.pending > 0) return { word: '待上报', colour: 'info' }
  if (one.difference !== null && one.difference !== 0) return { word: '与平台不符', colour: 'warn' }
  if (one.stored === 0) return { word: '没有发生', colour: 'none' }
  return { word: '完整', colour: 'ok' }
}
