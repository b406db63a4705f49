import { HisError } from '@zhangyi/his'
import { AppError } from '../platform/errors/catalogue.ts'
import type { VisitsRoom } from './room.ts'

/** A question to the HIS whose failure the patient can read: `his-unavailable`, `his-refused`. */
export async function askHis<T>({ log }: VisitsRoom, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    log.warn({ code: error.code, kind: error.kind }, 'the HIS gave no answer for a visit')
    throw error.kind === 'unavailable'
      ? new AppError('his-unavailable', {
          zh: '医院系统暂时连不上，请稍后再试，或到窗口办理。',
          cause: error,
        })
      : new AppError('his-refused', { cause: error })
  }
}
