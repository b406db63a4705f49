import { isNonResidentPrefix, parseResidentId, shanghaiDay } from '@zhangyi/core'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { AlternativeWay, FallbackWay, Purpose } from '../platform/hospitals/verification-config.ts'

export { PURPOSES, type Purpose } from '../platform/hospitals/verification-config.ts'

/** The purposes for which the card platform verifies; money needs our own face check. */
export type PlatformPurpose = Exclude<Purpose, 'refund'>

interface PurposeFacts {
  /** 用卡环节 that `registerUniformVerifyOrder` names. The full table is not public: a hospital may set its own. */
  readonly scene: string
  readonly fallback: readonly FallbackWay[]
  readonly alternative: readonly AlternativeWay[]
}

const READING: Pick<PurposeFacts, 'fallback' | 'alternative'> = {
  fallback: ['phone-code', 'self-service', 'counter'],
  alternative: ['card-phone-code', 'self-service', 'counter'],
}

// 0101081 examination and 0101082 laboratory, as most sources have it; one has them the other way round.
const FACTS: Readonly<Record<Purpose, PurposeFacts>> = {
  'lab-report': { scene: '0101082', ...READING },
  'examination-report': { scene: '0101081', ...READING },
  'check-up-report': { scene: '0101083', ...READING },
  'inpatient-list': { scene: '0101054', ...READING },
  prescription: { scene: '0101052', ...READING },
  diagnosis: { scene: '0101052', ...READING },
  'personal-data': { scene: '0101013', fallback: ['phone-code', 'counter'], alternative: ['counter'] },
  // Never blocked: whatever happens, the visit card's own code is shown.
  'card-code': { scene: '0101088', fallback: [], alternative: [] },
  refund: { scene: '0101051', fallback: ['counter'], alternative: ['counter'] },
}

export function purposeFacts(hospital: Hospital, purpose: Purpose): PurposeFacts {
  const { scene, fallback, alternative } = hospital.verification.purposes[purpose] ?? {}
  const facts = FACTS[purpose]
  return {
    scene: scene ?? facts.scene,
    fallback: (fallback ?? facts.fallback).filter((way) => isOffered(hospital, way)),
    alternative: (alternative ?? facts.alternative).filter((way) => isOffered(hospital, way)),
  }
}

function isOffered({ sms, verification }: Hospital, way: FallbackWay | AlternativeWay): boolean {
  switch (way) {
    case 'phone-code':
    case 'card-phone-code':
      return sms !== undefined
    case 'self-service':
      return verification.selfService !== undefined
    case 'counter':
      return true
  }
}

/**
 * 非身份证件档案跳过验证: only a resident ID card may be submitted. 81, 82, 83 (residence permits of Hong Kong, Macao
 * and Taiwan) and 9 (foreigners' permits) count as none, whatever the archive calls them.
 */
export function holdsResidentId(idType: string, idNumber: string, nowMs: number): boolean {
  return idType === '01' && !isNonResidentPrefix(idNumber) && parseResidentId(idNumber, shanghaiDay(nowMs)).ok
}
