import { resolve } from 'node:path'
import { z } from 'zod'
import { recordAudit } from '../../audit/record-audit.ts'
import { AppError } from '../../errors/catalogue.ts'
import { answers, neverCached } from '../../http/answers.ts'
import type { Http } from '../../http/build-http.ts'
import { currentTraceId } from '../../http/trace.ts'
import type { OperatorsRoom } from '../../operators/session-routes.ts'
import { wantedHospital } from '../../operators/wanted-hospital.ts'
import { listKeys } from './list-keys.ts'
import { listInstallation, listSettings } from './list-settings.ts'
import { factsSchema, registerKeys } from './register-keys.ts'

const ROOT = '/api/v1/console/settings'
const tags = ['运营后台：设置']
const hospital = z.string().max(40).optional().describe('不写就是第一家医院')
const rowSchema = z.object({
  ...{ path: z.string(), about: z.string(), value: z.string().describe('空文字：没有配置') },
  standard: z.string().optional().describe('默认值'),
  isStandard: z.boolean(),
})
const keySchema = z.object({
  ...{ path: z.string(), name: z.string(), file: z.string() },
  kind: z.enum(['secret', 'api-v3', 'aes', 'private-key', 'public-key', 'certificate']),
  state: z.enum(['good', 'ending', 'ended', 'changed', 'unusable', 'missing']),
  storage: z.enum(['sealed', 'plain']).optional().describe('加密的还是明文的文件；没有文件就没有'),
  ...{ problem: z.string().optional(), advice: z.string().optional(), facts: factsSchema.optional() },
  changedAtMs: z.number().int().optional().describe('文件最近一次改动'),
})
const settingsSchema = z.object({
  file: z.string().optional().describe('医院配置文件；没有就是指向沙箱的示例医院'),
  groups: z.array(
    z.object({ ...{ key: z.string(), name: z.string(), isSet: z.boolean() }, rows: z.array(rowSchema) }),
  ),
  keys: z.array(keySchema),
  installation: z.array(rowSchema).optional().describe('整套安装的设置；看得到全部医院的账号才有'),
})
const lineSchema = z.object({
  ...{ name: z.string(), about: z.string().describe('调用了什么，怎样算通过') },
  state: z.enum(['passed', 'failed', 'by-hand']).describe('by-hand：没有接口能证明，需人工举证'),
  note: z.string().optional().describe('没有通过：怎么办；需人工举证：在哪里看'),
})

/** What is configured, shown and tested. Of all this only a key can be replaced here: settings stand in files alone. */
export function registerSettings(http: Http, room: OperatorsRoom): void {
  const { operators, clock, cipher } = room
  const startedAtMs = clock.nowMs()
  const testing = new Set<string>()
  registerKeys(http, room, startedAtMs)

  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '医院的配置、密钥的状态和安装设置', tags },
        ...{ querystring: z.object({ hospital }), response: answers(settingsSchema) },
      },
      onRequest: [neverCached, operators.guard('settings.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const one = wantedHospital(room, who, request.query.hospital)
      const { hospitalsFile, mode } = room.settings
      const keys = listKeys(one, {
        ...{ cipher, startedAtMs, nowMs: clock.nowMs(), isProduction: mode === 'production' },
      })
      return {
        ...(hospitalsFile !== undefined && { file: resolve(hospitalsFile) }),
        groups: listSettings(one).map(({ rows, ...group }) => ({ ...group, rows: [...rows] })),
        keys: keys.map(({ zh: name, ...key }) => ({ ...key, name })),
        ...(who.hospitals === undefined && { installation: [...listInstallation(room.settings)] }),
      }
    },
  )

  http.post(
    `${ROOT}/tests`,
    {
      schema: {
        ...{ summary: '测试和各平台的连接：不改变任何东西，每项最多 5 秒；记入审计', tags },
        body: z.object({ hospital }),
        response: answers(z.object({ atMs: z.number().int(), lines: z.array(lineSchema) })),
      },
      onRequest: [neverCached, operators.guard('settings.test')],
    },
    async (request) => {
      const who = operators.of(request)
      const { id } = wantedHospital(room, who, request.body.hospital)
      // The platforms count what they are asked.
      if (testing.has(id)) throw new AppError('too-many-requests', { zh: '正在测试，请等这一次的结果。' })
      testing.add(id)
      try {
        const { reports, proofs } = await room.checks.runFor(id, {
          installation: who.hospitals === undefined,
        })
        const failed = reports.filter(({ ok }) => !ok).length
        await room.database.inTransaction(id, (tx) =>
          recordAudit(tx, {
            ...{ atMs: clock.nowMs(), actor: `operator:${who.id}`, action: 'settings.tested', subject: id },
            ...{ traceId: currentTraceId(), detail: { lines: reports.length, failed } },
          }),
        )
        return {
          atMs: clock.nowMs(),
          lines: [
            ...reports.map(({ name, zh: about, ok, problem, note }) => ({
              ...{
                name,
                about,
                state: ok ? ('passed' as const) : ('failed' as const),
                note: problem ?? note,
              },
            })),
            ...proofs.map(({ zh: about, where }, index) => ({
              ...{ name: `proof.${index}`, about, state: 'by-hand' as const, note: `在哪里看：${where}` },
            })),
          ],
        }
      } finally {
        testing.delete(id)
      }
    },
  )
}
