import type { FlowAt, FlowStep, MeView, PatientView } from '../api/types.ts'
import type { ApiError, ApiResult } from '../platform/api-error.ts'

export const patient: PatientView = {
  id: 'patient_1',
  name: '李*华',
  idType: '居民身份证',
  idNumber: '330102********2217',
  relation: '本人',
  isDefault: true,
  verified: true,
  card: 'linked',
  visitCard: '****0931',
}

export const me: MeView = {
  hospital: { id: 'demo', name: '市第一人民医院', phone: '0571-0000000', counter: '门诊一楼 3 号窗' },
  channel: 'official-account',
  consent: { version: '2026-11', accepted: true },
  patients: [],
  maxPatients: 5,
  guardianUnderAge: 14,
  wechatCodePage: 'http://127.0.0.1:9101/open/getUserCode?redirect_uri=',
  platformHosts: ['127.0.0.1:9101'],
  developmentBridge: true,
}

const common = { id: 'flow_1', intent: 'register', expiresAt: '2026-11-23T10:00:00Z' } as const
const masked = { name: '李*华', idNumber: '330102********2217', isSelf: true }

/** One view of each step; a new step without one does not compile. */
export const flowViews: { readonly [S in FlowStep]: FlowAt<S> } = {
  'open-platform': {
    ...common,
    step: 'open-platform',
    url: 'https://health.tengmed.com/open/bindCard?flow=1',
  },
  form: { ...common, step: 'form' },
  waiting: { ...common, step: 'waiting' },
  'choose-archive': {
    ...common,
    ...masked,
    step: 'choose-archive',
    archives: [
      { key: 'a', visitCard: '****0931', lastVisitOn: '2026-08-01', campus: '湖滨院区' },
      { key: 'b', visitCard: null, lastVisitOn: null, campus: null },
    ],
  },
  'complete-archive': {
    ...common,
    ...masked,
    step: 'complete-archive',
    known: [{ field: 'phone', value: '138****0218' }],
    missing: ['nation', 'address'],
  },
  done: { ...common, step: 'done', patient, cardPending: false },
  'ways-on': {
    ...common,
    step: 'ways-on',
    reason: 'verify-failed',
    ways: ['retry', 'visit-card', 'family', 'counter', 'phone'],
    traceId: 'ZY-7F3K-29QX',
  },
}

export function ok<T>(data: T): ApiResult<T> {
  return { ok: true, data }
}

export function refused(code: string, rest: Partial<ApiError> = {}): { ok: false; error: ApiError } {
  return { ok: false, error: { code, message: code, traceId: 'ZY-1', happened: 'no', ...rest } }
}

export const lost = refused('TIMEOUT', { happened: 'unknown', traceId: '' })

export const allSteps = Object.keys(flowViews) as FlowStep[]
