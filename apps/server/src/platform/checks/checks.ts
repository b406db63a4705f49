/** The one list of checks behind `GET /readyz`, start-up and `zhangyi doctor`. Rooms register theirs. */
export interface Check {
  /** `<room>.<what>`, unique. */
  readonly name: string
  /** What is checked, for the operator's page. */
  readonly zh: string
  /** `ready`: the server must not serve without it. `advice`: told by doctor only. */
  readonly level: 'ready' | 'advice'
  run(): Promise<CheckResult>
}

export type CheckResult = { readonly ok: true } | { readonly ok: false; readonly zh: string }

export type CheckReport = {
  readonly name: string
  readonly zh: string
  readonly ok: boolean
  readonly problem?: string
}

const CHECK_TIMEOUT_MS = 5_000

export class Checks {
  readonly #checks: Check[] = []

  register(check: Check): void {
    if (this.#checks.some(({ name }) => name === check.name))
      throw new Error(`check ${check.name} registered twice`)
    this.#checks.push(check)
  }

  async run(level?: Check['level']): Promise<readonly CheckReport[]> {
    const chosen = this.#checks.filter((check) => level === undefined || check.level === level)
    return Promise.all(chosen.map(runOne))
  }
}

async function runOne({ name, zh, run }: Check): Promise<CheckReport> {
  const { promise: late, resolve } = Promise.withResolvers<CheckResult>()
  const timer = setTimeout(() => resolve({ ok: false, zh: '5 秒内没有答复' }), CHECK_TIMEOUT_MS)
  try {
    const result = await Promise.race([run(), late])
    return result.ok ? { name, zh, ok: true } : { name, zh, ok: false, problem: result.zh }
  } catch {
    return { name, zh, ok: false, problem: '检查本身出错，原因见日志' }
  } finally {
    clearTimeout(timer)
  }
}
