import { z } from 'zod'
import { auditUser } from '../platform/audit/audit-user.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import { platformHosts } from '../platform/hospitals/platform-hosts.ts'
import type { Http } from '../platform/http/build-http.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { chooseDefault } from './choose-default.ts'
import { acceptConsent, acceptedConsent, CONSENT_VERSION, withdrawConsent } from './consent.ts'
import { findPatient, listPatients } from './list-patients.ts'
import { type MeView, meViewSchema } from './me-view.ts'
import { patientView, patientViewSchema } from './patient-view.ts'
import type { PatientsEvents } from './patients-events.ts'
import { RELATIONS } from './relations.ts'
import type { PatientsTables } from './tables.ts'
import { unlinkPatient } from './unlink-patient.ts'
import { withOwnPatient } from './with-own-patient.ts'

const tags = ['就诊人']
const own = z.object({ id: z.string().min(1).max(64) })
const nothing = { 204: z.null() }

/** Who am I, my patients, my consent. */
export function registerPatientsRoutes(http: Http, platform: Platform, events: PatientsEvents): void {
  const { database, clock, cipher } = platform

  http.get(
    '/api/v1/me',
    { schema: { summary: '当前用户：医院、就诊人、同意状态', tags, response: { 200: meViewSchema } } },
    async (request) => meView(platform, await sessionOf(platform, request)),
  )

  http.put(
    '/api/v1/patients/:id/default',
    { schema: { summary: '设为默认就诊人', tags, params: own, response: nothing } },
    async (request, reply) => {
      const session = await sessionOf(platform, request)
      await withOwnPatient(platform, session, request.params.id, async (tx, patient) => {
        await chooseDefault(tx, session.userId, patient.id)
        await events.switched(tx, session.userId, patient.id)
      })
      return reply.status(204).send(null)
    },
  )

  http.put(
    '/api/v1/patients/:id/relation',
    {
      schema: {
        summary: '修改与就诊人的关系',
        tags,
        params: own,
        body: z.strictObject({ relation: z.enum(RELATIONS, { error: '请选择与就诊人的关系' }) }),
        response: { 200: patientViewSchema },
      },
    },
    async (request) => {
      const session = await sessionOf(platform, request)
      return withOwnPatient(platform, session, request.params.id, async (tx, patient) => {
        await tx.sql
          .withTables<PatientsTables>()
          .updateTable('patient')
          .set({ relation: request.body.relation })
          .where('hospital_id', '=', tx.hospitalId)
          .where('id', '=', patient.id)
          .execute()
        const after = await findPatient(tx, session.userId, patient.id)
        return patientView(after ?? patient, cipher)
      })
    },
  )

  http.delete(
    '/api/v1/patients/:id',
    { schema: { summary: '解绑就诊人（院内档案和健康卡不变）', tags, params: own, response: nothing } },
    async (request, reply) => {
      const session = await sessionOf(platform, request)
      await withOwnPatient(platform, session, request.params.id, async (tx, patient) => {
        await unlinkPatient(tx, session.userId, patient.id, clock.nowMs())
        await events.unlinked(tx, session.userId, patient.id)
        auditUser(tx, clock, session.userId, { action: 'patients.unlinked', subject: patient.id })
      })
      return reply.status(204).send(null)
    },
  )

  http.post(
    '/api/v1/consent',
    {
      schema: {
        summary: '同意处理敏感个人信息（单独同意）',
        tags,
        body: z.strictObject({ version: z.literal(CONSENT_VERSION, { error: '说明已更新，请重新阅读' }) }),
        response: nothing,
      },
    },
    async (request, reply) => {
      const session = await sessionOf(platform, request)
      await database.inTransaction(session.hospitalId, async (tx) => {
        await acceptConsent(tx, session.userId, clock.nowMs())
        auditUser(tx, clock, session.userId, {
          action: 'patients.consent-accepted',
          subject: CONSENT_VERSION,
        })
      })
      return reply.status(204).send(null)
    },
  )

  http.delete(
    '/api/v1/consent',
    { schema: { summary: '撤回同意', tags, response: nothing } },
    async (request, reply) => {
      const session = await sessionOf(platform, request)
      await database.inTransaction(session.hospitalId, async (tx) => {
        await withdrawConsent(tx, session.userId, clock.nowMs())
        await events.consentWithdrawn(tx, session.userId)
        auditUser(tx, clock, session.userId, {
          action: 'patients.consent-withdrawn',
          subject: CONSENT_VERSION,
        })
      })
      return reply.status(204).send(null)
    },
  )
}

async function meView(platform: Platform, session: Session): Promise<MeView> {
  const hospital = hospitalOf(platform, session)
  const { id, name, phone, counter, healthCard, enrolment } = hospital
  return platform.database.inTransaction(session.hospitalId, async (tx) => ({
    hospital: { id, name, phone, counter },
    channel: session.channel,
    consent: {
      version: CONSENT_VERSION,
      accepted: (await acceptedConsent(tx, session.userId)) === CONSENT_VERSION,
    },
    patients: (await listPatients(tx, session.userId)).map((row) => patientView(row, platform.cipher)),
    maxPatients: enrolment.maxPatients,
    guardianUnderAge: enrolment.guardianUnderAge,
    wechatCodePage:
      session.channel === 'official-account' ? `${healthCard.h5Origin}/open/getUserCode?redirect_uri=` : null,
    platformHosts: [...platformHosts(hospital)],
    developmentBridge: platform.settings.mode === 'development',
  }))
}
