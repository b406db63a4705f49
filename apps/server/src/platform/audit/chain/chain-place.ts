import { badInput } from '../../errors/catalogue.ts'
import { NO_HASH } from './entry-hash.ts'

/** A place of a chain and the hash that stands there: who kept it elsewhere finds out a chain that was made anew. */
export interface ChainPlace {
  readonly place: number
  readonly hash: Buffer
}

/** Before the first link. */
export const BEGINNING: ChainPlace = { place: 0, hash: NO_HASH }

/** `<place>:<hash in hex>`, to be written down. */
export function chainPlaceText({ place, hash }: ChainPlace): string {
  return `${place}:${hash.toString('hex')}`
}

/** Throws `bad-input`. */
export function parseChainPlace(text: string): ChainPlace {
  const [, place, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim()) ?? []
  if (place === undefined || hash === undefined)
    throw badInput({ field: 'since', message: '写成「位置:64 位十六进制指纹」，就是检查时印出来的链头' })
  return { place: Number(place), hash: Buffer.from(hash, 'hex') }
}
