import type { Dice } from './dice.ts'

/** Our ids come from the dice, too: what is ordered by them is in the same order again. Returns how to undo it. */
export function seedIds(dice: Dice): () => void {
  const { crypto } = globalThis
  const block = (length: number) =>
    dice
      .below(16 ** length)
      .toString(16)
      .padStart(length, '0')
  const value = () => `${block(8)}-${block(4)}-4${block(3)}-8${block(3)}-${block(8)}${block(4)}` as const
  Object.defineProperty(crypto, 'randomUUID', { value, configurable: true })
  return () => void Reflect.deleteProperty(crypto, 'randomUUID')
}
