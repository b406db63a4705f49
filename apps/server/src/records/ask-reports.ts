import { HisError } from '@zhangyi/his'
import { AppError } from '../platform/errors/catalogue.ts'
import type { RecordsRoom } from './room.ts'

/** A question to the HIS whose failure the patient can read: `his-unavailable`, `his-refused`, `record-not-found`. */
export async function askReports<T>({ log }: RecordsRoom, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    log.warn({ code: error.code, kind: error.kind }, 'the HIS gave no report')
    throw asAppError(error)
  }
}

function asAppError(error: HisError): AppError {
  if (error.kind === 'unavailable')
    return new AppError('his-unavailable', {
      zh: '医院系统暂时连不上，没能取到报告。请稍后再试，或到窗口查询。',
      cause: error,
    })
  if (error.code === 'not-found') return new AppError('record-not-found', { cause: error })
  return new AppError('his-refused', { zh: '医院系统没有给出报告，请到窗口查询。', cause: error })
}
