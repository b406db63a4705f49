import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const positive = z.coerce.number().int().positive()

/**
 * Every installation setting: the environment variable, its form, its default and what it does.
 * `docs/reference/settings.md` is generated from this table. What belongs to one hospital stands in the
 * hospitals file instead (see `platform/hospitals`). Secrets are never settings: settings name files.
 */
export const SETTINGS = {
  mode: setting('ZHANGYI_MODE', z.enum(['development', 'production']).default('development'), {
    zh: '运行模式。production 下拒绝连接任何模拟器、示例医院和默认密钥。',
  }),
  host: setting('ZHANGYI_HOST', z.string().min(1).default('127.0.0.1'), {
    zh: '监听地址。默认只接受本机连接，对外请放在反向代理之后。',
  }),
  port: setting('ZHANGYI_PORT', port.default(8080), { zh: '网关端口。' }),
  sandboxPort: setting('ZHANGYI_SANDBOX_PORT', port.max(65_500).default(9100), {
    zh: '沙箱控制端口；各模拟器依次使用其后的端口。',
  }),
  dataDir: setting('ZHANGYI_DATA_DIR', z.string().min(1).default('./.zhangyi'), {
    zh: '数据目录：内置数据库、开发用密钥。',
  }),
  trustProxy: setting('ZHANGYI_TRUST_PROXY', z.stringbool().default(false), {
    zh: '是否相信反向代理写的 X-Forwarded-For（true / false）。只有网关前面确实有自己的反向代理时才打开。',
  }),
  publicOrigin: setting('ZHANGYI_PUBLIC_ORIGIN', z.url().optional(), {
    zh: '患者访问网关用的地址（回跳地址由它生成），默认 http://127.0.0.1:端口。',
  }),
  databaseUrl: setting('ZHANGYI_DATABASE_URL_FILE', z.string().min(1).optional(), {
    zh: '存有数据库连接串的文件，明文或加密（角色不得有 BYPASSRLS）。不填则使用内置 PostgreSQL。',
  }),
  ownerDatabaseUrl: setting('ZHANGYI_DATABASE_OWNER_URL_FILE', z.string().min(1).optional(), {
    zh: '存有迁移用（属主角色）连接串的文件，明文或加密。',
  }),
  hospitalsFile: setting('ZHANGYI_HOSPITALS_FILE', z.string().min(1).optional(), {
    zh: '医院配置文件（JSON）。开发模式不填则使用指向沙箱的示例医院。',
  }),
  dataKeyFile: setting('ZHANGYI_DATA_KEY_FILE', z.string().min(1).optional(), {
    zh: '个人信息、盲索引和加密的密钥文件的主密钥文件（64 位十六进制）。开发模式自动生成在数据目录中。',
  }),
  operatorSecondFactor: setting('ZHANGYI_OPERATOR_SECOND_FACTOR', z.stringbool().optional(), {
    zh: '运营后台登录要不要手机验证器的验证码（true / false）。不填：生产环境要，开发模式不要。',
  }),
  operatorIdleMinutes: setting('ZHANGYI_OPERATOR_IDLE_MINUTES', positive.max(600).default(30), {
    zh: '运营后台多少分钟没有动作就退出。',
  }),
  operatorPasswordDays: setting(
    'ZHANGYI_OPERATOR_PASSWORD_DAYS',
    z.coerce.number().int().min(0).max(3650).default(90),
    {
      zh: '运营后台的口令用多少天要换；0 表示不用换。',
    },
  ),
  oidcIssuer: setting('ZHANGYI_OIDC_ISSUER', z.url({ protocol: /^https$/ }).optional(), {
    zh: '医院统一登录（OpenID Connect）的 issuer，https 地址。不填：运营后台只用口令登录。',
  }),
  oidcClientId: setting('ZHANGYI_OIDC_CLIENT_ID', z.string().min(1).optional(), {
    zh: '统一登录分配的 client_id。回跳地址登记为 公网地址/api/v1/console/session/oidc/callback。',
  }),
  oidcClientSecretFile: setting('ZHANGYI_OIDC_CLIENT_SECRET_FILE', z.string().min(1).optional(), {
    zh: '存有统一登录 client_secret 的文件，明文或加密。',
  }),
  oidcName: setting('ZHANGYI_OIDC_NAME', z.string().min(1).max(20).default('医院统一登录'), {
    zh: '登录页按钮上统一登录的名称。',
  }),
  oidcClaim: setting('ZHANGYI_OIDC_CLAIM', z.string().min(1).max(64).default('preferred_username'), {
    zh: '统一登录的哪一项是运营后台的登录名，如工号。它在那边不能由本人改，也不能给了别人再用。',
  }),
  oidcSecondFactor: setting('ZHANGYI_OIDC_SECOND_FACTOR', z.stringbool().default(false), {
    zh: '统一登录自己验证第二因素（true），运营后台就不再要验证码；false：照运营后台自己的规定。',
  }),
  auditKeepDays: setting(
    'ZHANGYI_AUDIT_KEEP_DAYS',
    z.coerce.number().int().min(1_100).max(36_500).default(1_100),
    { zh: '审计保存多少天，不少于三年（1100 天）；更早的从链头移除，留下锚，写进审计。' },
  ),
  exportKeepHours: setting('ZHANGYI_EXPORT_KEEP_HOURS', positive.max(24 * 7).default(24), {
    zh: '运营后台导出的文件加密保存多少小时，过后删除。',
  }),
  logLevel: setting(
    'ZHANGYI_LOG_LEVEL',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
    {
      zh: '日志级别。',
    },
  ),
  sessionHours: setting('ZHANGYI_SESSION_HOURS', positive.max(24 * 30).default(24 * 7), {
    zh: '患者登录状态保持的小时数。',
  }),
} as const

interface Description {
  readonly zh: string
}

export interface Setting<T> {
  readonly env: string
  readonly schema: z.ZodType<T>
  readonly zh: string
}

function setting<T>(env: string, schema: z.ZodType<T>, description: Description): Setting<T> {
  return { env, schema, ...description }
}

type SettingValue<S> = S extends Setting<infer T> ? T : never

export type Settings = { readonly [K in keyof typeof SETTINGS]: SettingValue<(typeof SETTINGS)[K]> }

export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`设置有误：\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

const CHINESE = { error: z.locales.zhCN().localeError }

/** Reads every setting from the environment; an empty text counts as not set. All problems are told at once. */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = []
  const known = new Set<string>()
  const values = Object.entries(SETTINGS).map(([name, { env: variable, schema }]) => {
    known.add(variable)
    const result = schema.safeParse(env[variable] === '' ? undefined : env[variable], CHINESE)
    if (!result.success)
      problems.push(`${variable}：${result.error.issues.map((issue) => issue.message).join('；')}`)
    return [name, result.data]
  })
  for (const variable of Object.keys(env))
    if (variable.startsWith('ZHANGYI_') && !known.has(variable) && !variable.startsWith('ZHANGYI_TEST_'))
      problems.push(`${variable}：没有这个设置，请检查拼写（全部设置见 docs/reference/settings.md）`)
  if (problems.length > 0) throw new SettingsError(problems)
  return Object.fromEntries(values) as Settings
}
