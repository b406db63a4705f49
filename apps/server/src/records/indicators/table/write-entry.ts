import type { IndicatorEntry } from '../indicator-entry.ts'

/** The one form of a direction: where it is common, and whom to ask. It never says what this patient has. */
function seenIn(where: string): string {
  return `常见于${where}，是否需要处理请问医生。`
}

/** For numbers of which only "not as usual" was said. */
const OUT_OF_RANGE = seenIn('多种情况，要看偏高还是偏低')

type Written = Pick<IndicatorEntry, 'id' | 'what'> &
  Partial<Pick<IndicatorEntry, 'words' | 'shared' | 'units' | 'codes'>> & {
    readonly high: string
    readonly low: string
    readonly abnormal?: string
  }

/** Entries of one group; `high`, `low` and `abnormal` are written as the places where they are common. */
export function groupOf(
  group: string,
  specimen: IndicatorEntry['specimen'],
  entries: readonly Written[],
): readonly IndicatorEntry[] {
  return entries.map(({ high, low, abnormal, words = [], shared = [], units = [], codes = [], ...rest }) => ({
    ...{ group, specimen, words, shared, units, codes, ...rest },
    high: seenIn(high),
    low: seenIn(low),
    abnormal: abnormal === undefined ? OUT_OF_RANGE : seenIn(abnormal),
  }))
}

/** Most low values of markers and enzymes mean nothing by themselves. */
export const MEANS_LITTLE = '健康人，单独偏低一般没有特别意义'

export const CELLS_PER_LITRE = ['10^9/L', '10^3/uL', 'K/uL']
export const PERCENT = ['%']
export const URINE_CELLS = ['/uL', '/HP']
