import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import { z } from 'zod'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { FaceCheck, FacePerson, StartedFaceCheck } from './face-check-port.ts'

const startedSchema = z.object({ verifyId: z.string().min(1), page: z.url() })
const stateSchema = z.object({ state: z.enum(['pending', 'passed', 'failed', 'cancelled']) })
const TIMEOUT_MS = 2_500

/**
 * The sandbox's stand-in for WeChat's face verification: its page has a button for each end. Development only: in
 * production every call is refused, so that nobody passes by pressing a button.
 */
export function sandboxFaceCheck({ settings, hospitals, fetch: send }: Platform): FaceCheck {
  const origin = ({ hospitalId }: Session) => {
    const hospital = hospitals.find(hospitalId)
    if (settings.mode === 'production' || !hospital) throw new AppError('face-check-refused')
    return hospital.wechat.apiOrigin
  }
  return {
    start: async (session: Session, person: FacePerson, outSeqNo: string): Promise<StartedFaceCheck> => {
      const response = await send(`${origin(session)}/sandbox/face-checks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ outSeqNo, ...person, openid: session.openid }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const { verifyId, page } = startedSchema.parse(await response.json())
      return { outSeqNo, verifyId, bridgePage: page }
    },
    settle: async (session: Session, _person, { outSeqNo, verifyId }): Promise<Outcome<void>> => {
      try {
        const url = `${origin(session)}/sandbox/face-checks/${verifyId}?outSeqNo=${outSeqNo}`
        const response = await send(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
        const { state } = stateSchema.parse(await response.json())
        if (state === 'passed') return yes(undefined)
        return state === 'pending' ? unknown('not finished') : no(state, 'not passed')
      } catch (error) {
        if (error instanceof AppError) throw error
        return unknown('no answer')
      }
    },
  }
}
