import { badInput } from '../errors/catalogue.ts'
import type { AnyExportKind } from './export-kind.ts'

const SHORTEST_REASON = 4
const LONGEST_REASON = 200

/** Throws `bad-input` where a kind is not taken without saying what for. */
export function requireReason({ needsReason }: Pick<AnyExportKind, 'needsReason'>, reason: string): void {
  const { length } = reason.trim()
  if (needsReason && (length < SHORTEST_REASON || length > LONGEST_REASON))
    throw badInput({
      field: 'reason',
      message: `写明用途，${SHORTEST_REASON} 至 ${LONGEST_REASON} 个字`,
    })
}
