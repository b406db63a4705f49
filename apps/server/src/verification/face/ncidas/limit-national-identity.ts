import { SECOND_MS, unknown } from '@zhangyi/core'
import { z } from 'zod'
import { type NationalIdentity, ncidasParametersSchema } from './national-identity.ts'

/** A patient is waiting, and a process that is gone is given up after 30 s. */
const LIMIT_MS = 8 * SECOND_MS

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('yes'), value: z.object({ extInfo: z.record(z.string(), z.string()) }) }),
  z.object({ kind: z.literal('no'), code: z.string().min(1), reason: z.string() }),
  z.object({ kind: z.literal('unknown'), cause: z.string() }),
])

/** An adapter that answers within a limit and in form, whatever the module does: anything else is unknown. */
export function limitNationalIdentity(inner: NationalIdentity, limitMs = LIMIT_MS): NationalIdentity {
  return {
    start: async (person, phone) =>
      ncidasParametersSchema.parse(
        await within(
          () => inner.start(person, phone),
          limitMs,
          () => undefined,
        ),
      ),
    settle: async (person, result, parameters) => {
      try {
        const answer = await within(
          () => inner.settle(person, result, parameters),
          limitMs,
          () => unknown('timeout'),
        )
        const parsed = outcomeSchema.safeParse(answer)
        return parsed.success ? parsed.data : unknown('adapter-error')
      } catch {
        // What a module throws may quote the question, so that it goes nowhere.
        return unknown('adapter-error')
      }
    },
  }
}

async function within<T, L>(call: () => Promise<T>, limitMs: number, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<L>((resolve) => {
    timer = setTimeout(() => resolve(late()), limitMs)
  })
  try {
    return await Promise.race([Promise.resolve(call()), limit])
  } finally {
    clearTimeout(timer)
  }
}
