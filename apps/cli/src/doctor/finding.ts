/** One line of the doctor's report. `zh` of a problem says what to do. */
export interface Finding {
  readonly ok: boolean
  /** 需人工举证: no interface can tell; neither good nor bad. */
  readonly isByHand?: true
  readonly zh: string
}

export const good = (zh: string): Finding => ({ ok: true, zh })
export const bad = (zh: string): Finding => ({ ok: false, zh })
export const byHand = (zh: string): Finding => ({ ok: true, isByHand: true, zh: `需人工举证：${zh}` })

/** As it is printed. */
export function lineOf({ ok, isByHand, zh }: Finding): string {
  if (isByHand) return `☐ ${zh}`
  return `${ok ? '✓' : '✗'} ${zh}`
}
