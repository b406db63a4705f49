import type { VerificationAt, VerificationStep } from '../api/verification-types.ts'

const common = {
  id: 'verify_1',
  purpose: 'lab-report',
  patientId: 'patient_1',
  name: '李*华',
  expiresAt: '2026-11-24T03:00:00Z',
} as const

/** One view of each step; a new step without one does not compile. */
export const verifyViews: { readonly [S in VerificationStep]: VerificationAt<S> } = {
  'open-platform': {
    ...common,
    step: 'open-platform',
    url: 'https://health.tengmed.com/open/verify?order=1',
    verifyOrderId: 'vo_1',
  },
  waiting: { ...common, step: 'waiting' },
  granted: {
    ...common,
    step: 'granted',
    assurance: 'real-person',
    grantExpiresAt: '2026-11-24T03:00:00Z',
  },
  'ways-on': {
    ...common,
    step: 'ways-on',
    reason: 'failed',
    ways: ['retry', 'phone-code', 'self-service', 'counter', 'family', 'phone'],
    selfService: '门诊大厅自助机，刷身份证打印',
    traceId: 'ZY-7F3K-29QX',
  },
}

export const cardCodeView = <S extends VerificationStep>(step: S): VerificationAt<S> => ({
  ...verifyViews[step],
  purpose: 'card-code',
})

export const allVerifySteps = Object.keys(verifyViews) as VerificationStep[]
