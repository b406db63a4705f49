import type { Hospital } from '../platform/hospitals/hospitals.ts'
import { NOTICE_KINDS } from '../platform/hospitals/notices-config.ts'
import { channelsOf } from './delivery/reach.ts'

/** WeChat's own limit of one question. */
const MAX_ASKED = 3

/** The templates for which the app asks the patient on the tap of 申请退款; empty where none is sent. */
export function subscribeTemplateIdsOf(hospital: Hospital): readonly string[] {
  const messages = hospital.notices.subscribe?.messages
  const ids = NOTICE_KINDS.filter(
    (kind) => hospital.notices.kinds[kind].send && channelsOf(hospital, kind).includes('subscribe'),
  ).map((kind) => (messages?.[kind] ?? messages?.default)?.templateId)
  return [...new Set(ids.filter((id) => id !== undefined))].slice(0, MAX_ASKED)
}
