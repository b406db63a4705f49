import { seededRandom } from './generate-people.ts'

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * Random numbers that belong to a seed and a subject (a patid, a slot …): what is made for one subject does not shift
 * when something is added for another, and the archives of a seed stay what they were.
 */
export function randomOf(seed: number, ...subject: readonly (string | number)[]): () => number {
  let hash = FNV_OFFSET
  for (const character of `${seed} ${subject.join(' ')}`)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), FNV_PRIME) >>> 0
  const random = seededRandom(hash)
  // The first number of a linear congruential generator shows its seed.
  random()
  return random
}

export function pickOne<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

/** An integer from `from` to `to`, both included. */
export function between(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1))
}
