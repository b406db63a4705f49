import type { Sensitive } from '@zhangyi/core'

/** A step of money is some kilobytes; two weeks of slots are megabytes, which no dispute is about. */
const MAX_LENGTH = 256 * 1024

/** What the call log keeps of a call, before it is sealed; of what is too long only that it was. */
export function textToSeal(value: Sensitive<unknown> | undefined): string {
  const text = JSON.stringify(value?.reveal() ?? null)
  return text.length <= MAX_LENGTH ? text : JSON.stringify({ tooLong: text.length })
}
