import type { Cipher } from '../../platform/crypto/cipher.ts'
import { badInput } from '../../platform/errors/catalogue.ts'
import type { BalanceCursor } from './list-balances.ts'

// An archive's number is a person's: what a page keeps in its address is neither that nor a balance.

const CONTEXT = 'balance_record.cursor'

export function sealCursor(cipher: Cipher, { balanceFen, patid }: BalanceCursor): string {
  return cipher.seal(`${balanceFen} ${patid}`, CONTEXT).toString('base64url')
}

export function openCursor(cipher: Cipher, text: string): BalanceCursor {
  try {
    const [fen = '', patid = ''] = cipher.open(Buffer.from(text, 'base64url'), CONTEXT).reveal().split(' ')
    return { balanceFen: Number(fen), patid }
  } catch {
    throw badInput({ field: 'after', message: '翻页的位置不正确，请回到第一页' })
  }
}

/** The same archive always has the same; it leads back to nobody. */
export function keyOfArchive(cipher: Cipher, patid: string): string {
  return cipher.blindIndex(patid, 'balance.key').toString('hex').slice(0, 24)
}
