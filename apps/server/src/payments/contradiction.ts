/** What WeChat says of a number that has an end. */
export interface Late {
  readonly number: string
  readonly late: string
}

/**
 * All that WeChat ever said against an end, each thing once: what a person has seen is told from what came after it. A
 * notice that comes again adds nothing.
 */
export function withLate(before: string | null, { number, late }: Late): string {
  const said = `${number} ${late}`
  const known = before === null ? [] : before.split('; ')
  return [...known, ...(known.includes(said) ? [] : [said])].join('; ')
}
