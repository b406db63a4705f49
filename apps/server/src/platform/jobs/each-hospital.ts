import type { Hospital } from '../hospitals/hospitals.ts'

/** Hospitals that one process works at once: each works several rows, and all share the connections with the patients. */
const AT_ONCE = 4

/**
 * One kind of due work at each hospital, side by side: one whose HIS or WeChat does not answer keeps no other waiting.
 * Returns the most that was done at one. What fails at one is thrown when the others are done.
 */
export async function eachHospital(
  { hospitals }: { readonly hospitals: { readonly all: readonly Hospital[] } },
  work: (hospital: Hospital) => Promise<number>,
): Promise<number> {
  const waiting = [...hospitals.all]
  const done: number[] = []
  const failures: unknown[] = []
  const worker = async () => {
    for (let hospital = waiting.shift(); hospital; hospital = waiting.shift())
      try {
        done.push(await work(hospital))
      } catch (error) {
        failures.push(error)
      }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  if (failures.length > 0) throw failures[0]
  return Math.max(0, ...done)
}
