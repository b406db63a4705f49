/** One line of the doctor's report. `zh` of a problem says what to do. */
export interface Finding {
  readonly ok: boolean
  readonly zh: string
}

export const good = (zh: string): Finding => ({ ok: true, zh })
export const bad = (zh: string): Finding => ({ ok: false, zh })
