import type { OwnArchive } from './find-archives.ts'

/**
 * - `one`: this archive may be refunded.
 * - `merge` 多档案: several; they have to be merged at the window first.
 * - `none`: the hospital has no archive of this person. `nothing`: it has one, and nothing of it can be refunded now.
 */
export type Choice =
  | { readonly kind: 'one'; readonly own: OwnArchive }
  | { readonly kind: 'merge' | 'none' | 'nothing' }

/** Which archive may be refunded; `zeroBalanceBlocks`: an empty one beside it has to be merged, too. */
export function chooseArchive(
  archives: readonly OwnArchive[],
  { zeroBalanceBlocks }: { readonly zeroBalanceBlocks: boolean },
): Choice {
  const filled = archives.filter(({ balance }) => balance.total > 0)
  const counting = zeroBalanceBlocks || filled.length === 0 ? archives : filled
  if (counting.length === 0) return { kind: 'none' }
  if (counting.length > 1 && (zeroBalanceBlocks || filled.length > 0)) return { kind: 'merge' }
  const own = counting[0]
  return own && own.balance.refundable > 0 ? { kind: 'one', own } : { kind: 'nothing' }
}
