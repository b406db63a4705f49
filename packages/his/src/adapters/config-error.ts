import * as z from 'zod'

export interface ConfigProblem {
  /** Where, e.g. `operations.deposits.hold.reply.fields.amount`. */
  readonly path: string
  /** In Chinese, for whoever wrote the file. */
  readonly message: string
}

/** A configuration of an adapter that cannot work, with every problem found and its place. */
export class HisConfigError extends Error {
  override readonly name = 'HisConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(what: string, problems: readonly ConfigProblem[]) {
    super(
      `${what}有 ${problems.length} 处问题：\n${problems.map(({ path, message }) => `  ${path || '（整个文件）'}：${message}`).join('\n')}`,
    )
    this.problems = problems
  }
}

/** Checks against a zod schema; throws `HisConfigError` with Chinese messages that name the path. */
export function parseConfig<S extends z.ZodType>(what: string, schema: S, content: unknown): z.output<S> {
  const parsed = schema.safeParse(content, { error: z.locales.zhCN().localeError })
  if (parsed.success) return parsed.data
  throw new HisConfigError(what, parsed.error.issues.flatMap(problemsOf))
}

/** Of a union the branch that came closest: "invalid input" alone helps nobody. */
function problemsOf(issue: z.core.$ZodIssue): readonly ConfigProblem[] {
  const path = issue.path.map(String).join('.')
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }]
  const [closest = []] = issue.errors.toSorted((left, right) => depthOf(right) - depthOf(left))
  return closest.flatMap(problemsOf).map(({ path: inner, message }) => ({
    path: [path, inner].filter((part) => part !== '').join('.'),
    message,
  }))
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length))
}
