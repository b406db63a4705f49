import { z } from 'zod'
import { badInput } from '../errors/catalogue.ts'
import { answers, neverCached } from '../http/answers.ts'
import type { Http } from '../http/build-http.ts'
import { PERMISSIONS } from './access/permissions.ts'
import { ROLE_NAMES, ROLES } from './access/roles.ts'
import { CONTROLS, controlAccount } from './accounts/control-account.ts'
import { createAccount } from './accounts/create-account.ts'
import { listAccounts, viewOf } from './accounts/list-accounts.ts'
import type { OperatorsRoom } from './session-routes.ts'

const ROOT = '/api/v1/console'
const tags = ['运营后台：用户与角色']
const role = z.enum(ROLE_NAMES)
const accountSchema = z.object({
  ...{ id: z.string(), loginName: z.string(), displayName: z.string(), role },
  hospitals: z.array(z.string()).nullable().describe('看得到哪些医院；null：全部'),
  state: z.enum(['waiting', 'active', 'disabled', 'locked']).describe('waiting：等安全管理员批准'),
  ...{ hasSecondFactor: z.boolean(), isPasswordGiven: z.boolean() },
  ...{ createdBy: z.string(), createdAtMs: z.number().int(), approvedBy: z.string().nullable() },
  lastSignInAtMs: z.number().int().nullable(),
})
const password = z.string().describe('一次性口令，只显示这一次')

/** Accounts, and the table of who may do what. */
export function registerAccounts(http: Http, room: OperatorsRoom): void {
  const { operators, clock } = room

  http.get(
    `${ROOT}/accounts`,
    {
      schema: {
        summary: '全部账号',
        tags,
        response: answers(z.object({ accounts: z.array(accountSchema) })),
      },
      onRequest: [neverCached, operators.guard('accounts.read')],
    },
    async () => {
      return { accounts: (await listAccounts(room.database, clock.nowMs())).map(plain) }
    },
  )

  http.post(
    `${ROOT}/accounts`,
    {
      schema: {
        summary: '开账号：有安全管理员时，要等批准',
        tags,
        body: z.object({
          loginName: z.string().trim().min(2).max(32),
          displayName: z.string().trim().min(1).max(32),
          ...{ role, hospitals: z.array(z.string().max(40)).max(500).optional() },
        }),
        response: answers(z.object({ account: accountSchema, oneTimePassword: password })),
      },
      onRequest: [neverCached, operators.guard('accounts.create')],
    },
    async (request) => {
      const by = operators.of(request)
      const { hospitals, ...wanted } = request.body
      const unknown = hospitals?.find((id) => !room.hospitals.find(id))
      if (unknown !== undefined) throw badInput({ field: 'hospitals', message: `没有配置医院 ${unknown}` })
      const { account, password } = await createAccount(room, { ...wanted, hospitals }, by)
      return { account: plain(viewOf(account, clock.nowMs())), oneTimePassword: password }
    },
  )

  for (const control of CONTROLS)
    http.post(
      `${ROOT}/accounts/:id/${control}`,
      {
        schema: {
          ...{ summary: SUMMARIES[control], tags, params: z.object({ id: z.string().min(1).max(64) }) },
          body: z.object({ reason: z.string().trim().max(200).optional() }).nullish(),
          response: answers(z.object({ account: accountSchema, oneTimePassword: password.optional() })),
        },
        onRequest: [neverCached, operators.guard('accounts.control')],
      },
      async (request) => {
        const by = operators.of(request)
        const { account, password } = await controlAccount(
          room,
          request.params.id,
          { control, reason: request.body?.reason || undefined },
          by,
        )
        return {
          account: plain(viewOf(account, clock.nowMs())),
          ...(password !== undefined && { oneTimePassword: password }),
        }
      },
    )

  http.get(
    `${ROOT}/roles`,
    {
      schema: {
        summary: '角色，和每件事谁能做',
        tags,
        response: answers(
          z.object({
            roles: z.array(z.object({ role, name: z.string(), about: z.string() })),
            permissions: z.array(
              z.object({ permission: z.string(), name: z.string(), roles: z.array(role) }),
            ),
          }),
        ),
      },
      onRequest: [neverCached, operators.guard('accounts.read')],
    },
    async () => {
      return {
        roles: ROLE_NAMES.map((name) => ({ role: name, name: ROLES[name].zh, about: ROLES[name].about })),
        permissions: Object.entries(PERMISSIONS).map(([permission, { zh, roles }]) => ({
          ...{ permission, name: zh, roles: [...roles] },
        })),
      }
    },
  )
}

const SUMMARIES = {
  approve: '批准账号',
  disable: '停用账号，并让它退出',
  enable: '恢复账号',
  unlock: '解锁账号',
  'reset-password': '重置口令：得到一次性口令，并让它退出',
  'reset-second-factor': '重置第二因素，并让它退出',
} as const

function plain<T extends { readonly hospitals: readonly string[] | null }>(view: T) {
  return { ...view, hospitals: view.hospitals === null ? null : [...view.hospitals] }
}
