import type { PreFillRequest } from '../types.ts'

/** Invented people; the numbers have valid check characters. */
export const LI = {
  name: '李明华',
  gender: '男',
  idNumber: '330102199001012210',
  idType: '01',
  phone1: '13800000210',
  address: '杭州市上城区解放路1号',
} as const

export const FORM: PreFillRequest = {
  authCode: 'auth-code-secret',
  ...LI,
  nation: '汉族',
  birthday: '1990-01-01',
  successRedirectUrl: 'https://h.example/ok?c=${healthCode}',
  failRedirectUrl: 'https://h.example/fail?c=${regInfoCode}',
  verifyFailRedirectUrl: 'https://h.example/no',
  faceUrl: '/pages/face/face',
}

export const CARD = {
  ...LI,
  qrCodeText: `${'A1'.repeat(32)}:1`,
  healthCardId: 'A1'.repeat(32),
  phid: 'phid-1',
}
