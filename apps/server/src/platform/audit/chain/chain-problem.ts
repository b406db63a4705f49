/** Where a chain does not hold, and what was done to it as far as a hash can tell. */
export interface ChainProblem {
  readonly kind: 'changed' | 'removed' | 'inserted' | 'moved' | 'cut' | 'rewritten'
  /** Undefined where there is no place: an entry that was never linked. */
  readonly place: number | undefined
  readonly entryId: number | undefined
  readonly zh: string
}

const WORDS = {
  changed: '内容和入链时不同：它被改过，或者紧接在它前面的一条被改写、抽走',
  removed: '条目已经不在：被删除',
  gap: '这一环不见了：从链的中间被抽走',
  inserted: '是后来插进链里的',
  unknown: '没有入链，也不在等待入链：绕过正常途径写进来的，或者它的那一环被抽走',
  moved: '顺序被调换过',
  cut: '链尾被剪掉：这一环曾经有过，现在没有了',
  'cut-tail': '链尾被剪掉：条目还在，它的那一环没有了',
  'cut-beginning': '链头被剪掉，不是按保存期限移除的',
  rewritten: '指纹和记下的不同：整条链在它之前被改过，又重新算过',
} as const

const KINDS = {
  ...{ changed: 'changed', removed: 'removed', gap: 'removed', inserted: 'inserted', unknown: 'inserted' },
  ...{ moved: 'moved', cut: 'cut', 'cut-tail': 'cut', 'cut-beginning': 'cut', rewritten: 'rewritten' },
} as const satisfies Record<keyof typeof WORDS, ChainProblem['kind']>

export function chainProblem(
  what: keyof typeof WORDS,
  { place, entryId }: { readonly place?: number; readonly entryId?: number },
): ChainProblem {
  const where = [
    place === undefined ? [] : [`第 ${place} 环`],
    entryId === undefined ? [] : [`条目 ${entryId}`],
  ].flat()
  return { kind: KINDS[what], place, entryId, zh: `${where.join('，')}：${WORDS[what]}。` }
}
