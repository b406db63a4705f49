/** The one list of checks behind `GET /readyz`, start-up and `zhangyi doctor`. Rooms register theirs. */
export interface Check {
  /** `<room>.<what>`, unique. */
  readonly name: string
  /** What is checked, for the operator's page. */
  readonly zh: string
  /**
   * `ready`: the server must not serve without it. `advice`: told by doctor and at start-up. `calls`: by doctor only, because
   * it asks a platform outside.
   */
  readonly level: CheckLevel
  /** Of which hospital it tells; without one it is about the whole installation. */
  readonly hospitalId?: string
  run(): Promise<CheckResult>
}

export type CheckLevel = 'ready' | 'advice' | 'calls'

/** `zh` of one that passed says what else is to be known. */
export type CheckResult =
  | { readonly ok: true; readonly zh?: string }
  | { readonly ok: false; readonly zh: string }

/** What no interface can tell: 需人工举证. */
export interface Proof {
  readonly zh: string
  /** Where a person finds it. */
  readonly where: string
  /** As of a check. */
  readonly hospitalId?: string
}

export type CheckReport = {
  readonly name: string
  readonly zh: string
  readonly ok: boolean
  readonly problem?: string
  readonly note?: string
}

const CHECK_TIMEOUT_MS = 5_000

export class Checks {
  readonly #checks: Check[] = []
  readonly #proofs: Proof[] = []

  get proofs(): readonly Proof[] {
    return this.#proofs
  }

  addProof(proof: Proof): void {
    this.#proofs.push(proof)
  }

  register(check: Check): void {
    if (this.#checks.some(({ name }) => name === check.name))
      throw new Error(`check ${check.name} registered twice`)
    this.#checks.push(check)
  }

  /** Those of the levels; without one, all. */
  async run(...levels: readonly CheckLevel[]): Promise<readonly CheckReport[]> {
    const chosen = this.#checks.filter(({ level }) => levels.length === 0 || levels.includes(level))
    return Promise.all(chosen.map(runOne))
  }

  /** All of one hospital, and with `installation` those that belong to none. */
  async runFor(hospitalId: string, { installation }: { readonly installation: boolean }) {
    const isWanted = ({ hospitalId: whose }: Check | Proof) =>
      whose === hospitalId || (whose === undefined && installation)
    const reports = await Promise.all(this.#checks.filter(isWanted).map(runOne))
    return { reports, proofs: this.#proofs.filter(isWanted) }
  }
}

async function runOne({ name, zh, run }: Check): Promise<CheckReport> {
  const { promise: late, resolve } = Promise.withResolvers<CheckResult>()
  const timer = setTimeout(() => resolve({ ok: false, zh: '5 秒内没有答复' }), CHECK_TIMEOUT_MS)
  try {
    const result = await Promise.race([run(), late])
    if (!result.ok) return { name, zh, ok: false, problem: result.zh }
    return { name, zh, ok: true, ...(result.zh !== undefined && { note: result.zh }) }
  } catch {
    return { name, zh, ok: false, problem: '检查本身出错，原因见日志' }
  } finally {
    clearTimeout(timer)
  }
}
