import type { HospitalId } from '@zhangyi/core'
import { z } from 'zod'
import { type AuditEntry, recordAudit } from '../../audit/record-audit.ts'
import { answers, neverCached } from '../../http/answers.ts'
import type { Http } from '../../http/build-http.ts'
import { currentTraceId } from '../../http/trace.ts'
import type { OperatorsRoom } from '../../operators/session-routes.ts'
import { seenHospitals, wantedHospital } from '../../operators/wanted-hospital.ts'
import { checkKey } from './check-key.ts'
import { prepareReplacement } from './replace-key.ts'

const ROOT = '/api/v1/console/settings/keys'
const tags = ['运营后台：设置']
const KEY_CHARACTERS = 20_000
/** A key, its certificate and what JSON adds to their line ends; nothing longer is even read. */
const BODY_BYTES = 64 * 1024
export const factsSchema = z.object({
  fingerprint: z.string().describe('公钥的 SHA-256；一行文字的密钥是带密钥的摘要，猜不出原文'),
  serial: z.string().optional(),
  expiresAtMs: z.number().int().optional(),
})
const givenSchema = z.object({
  hospital: z.string().max(40).optional().describe('不写就是第一家医院'),
  path: z.string().max(200).describe('配置里的位置，如 wechatPay.apiV3KeyFile；文件由配置决定'),
  text: z.string().min(1).max(KEY_CHARACTERS),
  certificate: z.string().min(1).max(KEY_CHARACTERS).optional().describe('私钥的证书'),
})

/** A key is looked at, or takes another's place. What is in it is in no answer, no log and no audit. */
export function registerKeys(http: Http, room: OperatorsRoom, startedAtMs: number): void {
  const { operators, clock, cipher } = room

  http.post(
    `${ROOT}/check`,
    {
      bodyLimit: BODY_BYTES,
      schema: {
        ...{ summary: '换密钥之前检查它：读不读得出、是不是一对、对不对得上配置；不保存', tags },
        body: givenSchema,
        response: answers(
          z.object({
            ...{ facts: factsSchema, problems: z.array(z.string()), notes: z.array(z.string()) },
          }),
        ),
      },
      onRequest: [neverCached, operators.guard('settings.work')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital, ...given } = request.body
      const one = wantedHospital(room, who, hospital)
      const { facts, problems, notes } = checkKey(one, given, { cipher, nowMs: clock.nowMs() })
      const detail = { fingerprint: facts.fingerprint, problems: problems.length }
      await audit(one.id, who.id, { action: 'settings.key-checked', subject: given.path, detail })
      return { facts, problems: [...problems], notes: [...notes] }
    },
  )

  http.post(
    `${ROOT}/replace`,
    {
      bodyLimit: BODY_BYTES,
      schema: {
        ...{ summary: '换密钥：检查之后加密写到配置指的文件，原来的留在旁边；重启后使用', tags },
        body: givenSchema,
        response: answers(
          z.object({
            ...{ facts: factsSchema, notes: z.array(z.string()) },
            previous: z.string().optional().describe('原来的密钥现在在哪个文件；原来没有就没有'),
          }),
        ),
      },
      onRequest: [neverCached, operators.guard('settings.keys')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital, ...given } = request.body
      const one = wantedHospital(room, who, hospital)
      const seen = seenHospitals(room, who)
      const unseen = room.hospitals.all.filter((other) => !seen.includes(other))
      const replacement = prepareReplacement(one, given, {
        ...{ cipher, nowMs: clock.nowMs(), startedAtMs, unseen },
      })
      const { facts, notes, formerFingerprint } = replacement
      const detail = {
        fingerprint: facts.fingerprint,
        ...(facts.serial !== undefined && { serial: facts.serial }),
        ...(formerFingerprint !== undefined && { formerFingerprint }),
      }
      const say = (action: string) => audit(one.id, who.id, { action, subject: given.path, detail })
      // Before it is done: a key that nobody is known to have replaced must not be possible.
      await say('settings.key-replacing')
      let previous: string | undefined
      try {
        previous = replacement.write()
      } catch (error) {
        await say('settings.key-not-replaced')
        throw error
      }
      await say('settings.key-replaced')
      return { facts, notes: [...notes], ...(previous !== undefined && { previous }) }
    },
  )

  function audit(
    hospital: HospitalId,
    who: string,
    done: Pick<AuditEntry, 'action' | 'subject' | 'detail'>,
  ): Promise<void> {
    const entry = { ...done, atMs: clock.nowMs(), actor: `operator:${who}`, traceId: currentTraceId() }
    return room.database.inTransaction(hospital, async (tx) => recordAudit(tx, entry))
  }
}
