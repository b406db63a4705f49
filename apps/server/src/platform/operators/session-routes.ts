import type { FastifyReply } from 'fastify'
import QRCode from 'qrcode'
import { z } from 'zod'
import { AppError } from '../errors/catalogue.ts'
import { answers, neverCached } from '../http/answers.ts'
import type { Http } from '../http/build-http.ts'
import type { Platform } from '../platform.ts'
import { menuOf, permissionsOf } from './access/permissions.ts'
import { ROLE_NAMES, ROLES } from './access/roles.ts'
import { INSTALLATION, operatorOf } from './accounts/account.ts'
import { auditAccount } from './accounts/audit-account.ts'
import type { Operators } from './operators.ts'
import { changePassword } from './sign-in/change-password.ts'
import { checkPassword, type Entered } from './sign-in/check-password.ts'
import { registerOidc } from './sign-in/oidc/oidc-routes.ts'
import { offerSecondFactor, showCode } from './sign-in/second-factor.ts'
import { closeOperatorSession } from './sign-in/sessions.ts'
import { totpAddress } from './sign-in/totp.ts'
import { Tries } from './sign-in/tries.ts'
import { seenHospitals } from './wanted-hospital.ts'

export interface OperatorsRoom extends Platform {
  readonly operators: Operators
}

const ROOT = '/api/v1/console/session'
const ISSUER = '掌医运营后台'
const tags = ['运营后台：登录']
const secret = z.string().min(1).max(128)
const stage = z.enum(['password', 'enrol', 'code', 'ready']).describe('还要做什么；ready：登录好了')
const stageSchema = z.object({ stage })
const sessionSchema = z.object({
  stage,
  account: z.object({
    ...{ loginName: z.string(), displayName: z.string() },
    ...{ role: z.enum(ROLE_NAMES), roleName: z.string() },
  }),
  hospitals: z.array(z.object({ id: z.string(), name: z.string() })),
  permissions: z.array(z.string()),
  menu: z.array(
    z.object({
      group: z.string(),
      items: z.array(z.object({ path: z.string(), name: z.string() })),
    }),
  ),
  idleMinutes: z.number().int(),
})

/** The door of the console: who is here, and the steps of signing in. */
export function registerOperatorSession(http: Http, room: OperatorsRoom): void {
  const { operators } = room
  registerOidc(http, room)
  const tries = new Tries(room.clock)
  const enter = (reply: FastifyReply, { token, stage }: Entered) => {
    reply.header('set-cookie', operators.cookie(token))
    return { stage }
  }

  http.get(
    ROOT,
    {
      schema: { summary: '谁登录着，能做什么，菜单有什么', tags, response: answers(sessionSchema) },
      onRequest: neverCached,
    },
    async (request) => {
      const { session, account } = await operators.sessionOf(request)
      const isReady = session.stage === 'ready'
      const { role, login_name: loginName, display_name: displayName } = account
      return {
        stage: session.stage,
        account: { loginName, displayName, role, roleName: ROLES[role].zh },
        hospitals: isReady
          ? seenHospitals(room, operatorOf(account)).map(({ id, name }) => ({ id, name }))
          : [],
        permissions: isReady ? [...permissionsOf(role)] : [],
        menu: isReady ? menuOf(role).map(({ group, items }) => ({ group, items: [...items] })) : [],
        idleMinutes: room.settings.operatorIdleMinutes,
      }
    },
  )

  http.post(
    ROOT,
    {
      schema: {
        summary: '登录的第一步：登录名和口令',
        tags,
        body: z.object({ loginName: z.string().trim().min(1).max(32), password: secret }),
        response: answers(stageSchema),
      },
      onRequest: neverCached,
    },
    async (request, reply) => {
      operators.requireOwnOrigin(request)
      tries.requireLeft(request.ip)
      try {
        return enter(reply, await checkPassword(operators.door, request.body))
      } catch (error) {
        if (error instanceof AppError && error.code === 'operator-refused') tries.count(request.ip)
        throw error
      }
    },
  )

  http.post(
    `${ROOT}/password`,
    {
      schema: {
        summary: '换口令：登录时要换，或自己想换',
        tags,
        body: z.object({ current: secret, next: secret }),
        response: answers(stageSchema),
      },
      onRequest: neverCached,
    },
    async (request, reply) => {
      const found = await operators.sessionOf(request)
      if (found.session.stage !== 'password' && found.session.stage !== 'ready')
        throw new AppError('operator-not-signed-in')
      const token = operators.tokenOf(request) ?? ''
      return enter(reply, await changePassword(operators.door, found, token, request.body))
    },
  )

  http.get(
    `${ROOT}/second-factor`,
    {
      schema: {
        summary: '绑定验证器：二维码和密钥',
        tags,
        response: answers(z.object({ secret: z.string(), uri: z.string(), picture: z.string() })),
      },
      onRequest: neverCached,
    },
    async (request) => {
      const found = await operators.sessionOf(request)
      if (found.session.stage !== 'enrol' && found.session.stage !== 'ready')
        throw new AppError('operator-not-signed-in')
      const shared = await offerSecondFactor(operators.door, found)
      const uri = totpAddress(shared, found.account.login_name, ISSUER)
      const svg = await QRCode.toString(uri, { type: 'svg', margin: 2 })
      return { secret: shared, uri, picture: `data:image/svg+xml;utf8,${encodeURIComponent(svg)}` }
    },
  )

  http.post(
    `${ROOT}/second-factor`,
    {
      schema: {
        summary: '验证器上的六位数字',
        tags,
        body: z.object({ code: z.string().regex(/^\d{6}$/, '验证码是 6 位数字') }),
        response: answers(stageSchema),
      },
      onRequest: neverCached,
    },
    async (request, reply) => {
      const found = await operators.sessionOf(request)
      if (found.session.stage === 'password') throw new AppError('operator-not-signed-in')
      const token = operators.tokenOf(request) ?? ''
      return enter(reply, await showCode(operators.door, found, token, request.body.code))
    },
  )

  const leave = async (token: string, loginName: string) =>
    room.database.inTransaction(INSTALLATION, (tx) => {
      closeOperatorSession(tx, token)
      auditAccount(tx, room.clock, { by: loginName, action: 'signed-out', of: loginName })
    })

  http.delete(
    ROOT,
    {
      schema: { summary: '退出', tags, response: { ...answers(z.object({})), 204: z.null() } },
      onRequest: neverCached,
    },
    async (request, reply) => {
      const { account } = await operators.sessionOf(request)
      await leave(operators.tokenOf(request) ?? '', account.login_name)
      return reply.header('set-cookie', operators.noCookie()).status(204).send(null)
    },
  )
}
