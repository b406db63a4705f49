import { NOW_MS } from './world.ts'

const HOUR = 3_600_000
const REASONS = [
  ...['替患者代办', '患者已去世', '没有居民身份证', '患者是未成年人'],
  '手机不支持人脸核验或收款',
] as const
const NAMES = ['李*华', '王*山', '陈*', '赵*福', '孙*珍', '阿*·买买提', '周*兰'] as const
const KINDS = [
  ['申请人的身份证件', 'image/png'],
  ['患者的身份证件', 'image/png'],
  ['患者签字的授权委托书', 'application/pdf'],
] as const

/** States of the fake applications, one each; the number in it finds them again. */
const STATES = [
  ...['submitted', 'submitted', 'submitted', 'in-review', 'in-review', 'more-documents', 'approved'],
  ...['approved', 'paid-out', 'paid-out', 'rejected', 'withdrawn'],
] as const
const NAMES_OF_STATES: Readonly<Record<string, string>> = {
  submitted: '等待审核',
  'in-review': '审核中',
  'more-documents': '需要补材料',
  approved: '已同意，等待付款',
  'paid-out': '已付款',
  rejected: '没有通过',
  withdrawn: '已撤回',
}

export const fakeApplicationId = (index: number) =>
  `offline_${(0x7f3a + index * 4_099).toString(16).padStart(32, 'c')}`

function listed(index: number) {
  const state = STATES[index] ?? 'submitted'
  const hasAmount = state === 'approved' || state === 'paid-out'
  return {
    ...{ id: fakeApplicationId(index), reason: 'proxy', reasonName: REASONS[index % REASONS.length], state },
    ...{ stateName: NAMES_OF_STATES[state], applicantName: NAMES[index % NAMES.length] },
    patientName: NAMES[(index + 1) % NAMES.length],
    reviewer: state === 'submitted' ? null : 'wang-03',
    proposal: index === 4 ? { by: 'li-04', amountFen: 386_500, atMs: NOW_MS - HOUR } : null,
    amountFen: hasAmount ? 38_650 + index * 12_345 : null,
    ...{ submittedAtMs: NOW_MS - (40 - index * 3) * HOUR, movedAtMs: NOW_MS - (30 - index * 2) * HOUR },
  }
}

export function fakeApplications(wanted: URLSearchParams) {
  const number = wanted.get('number')
  const state = wanted.get('state') ?? 'submitted'
  const all = STATES.map((_, index) => listed(index))
  const counts: Record<string, number> = {}
  for (const one of all)
    if (!['paid-out', 'rejected', 'withdrawn'].includes(one.state))
      counts[one.state] = (counts[one.state] ?? 0) + 1
  const applications = all.filter((one) => (number ? one.id === number : one.state === state))
  return { counts, applications, next: null }
}

export function fakeApplication(id: string, isWhole = false) {
  const index = STATES.findIndex((_, at) => fakeApplicationId(at) === id)
  if (index < 0) return undefined
  const one = listed(index)
  const isPaid = one.state === 'paid-out'
  return {
    ...{ ...one, unmasked: isWhole },
    applicant: isWhole
      ? { name: '李明华', idNumber: '330102199001012210', phone: '13800000218', relation: '子女' }
      : { name: '李*华', idNumber: '330102********2210', phone: '138****0218', relation: '子女' },
    patient: isWhole
      ? { name: '王大山', idNumber: '330102195001010011', cardNumber: 'A0001234' }
      : { name: '王*山', idNumber: '330102********0011', cardNumber: '****1234' },
    ...{ hasNote: true, note: isWhole ? '父亲王大山行动不便，住在外地' : null },
    said: one.state === 'approved' ? '请带身份证到门诊一楼 3 号窗领取' : null,
    documents: KINDS.map(([kindName, contentType], at) => ({
      ...{ id: `doc_${index}_${at}`, kind: 'applicant-id', kindName, contentType },
      ...{ sizeBytes: 382_120 + at * 1_422_000, addedAtMs: NOW_MS - 41 * HOUR },
    })),
    missing: one.state === 'more-documents' ? [{ kinds: ['relation-proof'], text: '与患者的关系证明' }] : [],
    payout: isPaid
      ? { how: 'window', howName: '窗口付款', voucher: 'SK-20261128-7', atMs: NOW_MS - HOUR }
      : null,
    ledger: {
      patid: isPaid ? 'P0012093' : null,
      archives:
        one.state === 'approved'
          ? [
              { patid: 'P0012093', balanceFen: 112_720, refundedFen: 0 },
              { patid: 'P0044107', balanceFen: 8_800, refundedFen: 0 },
            ]
          : [],
    },
    steps: [
      {
        happening: 'submitted',
        name: '提交',
        actor: '申请人',
        said: null,
        amountFen: null,
        atMs: one.submittedAtMs,
      },
      ...(one.reviewer
        ? [
            {
              ...{ happening: 'taken', name: '开始审核', actor: 'wang-03', said: null, amountFen: null },
              atMs: one.submittedAtMs + 2 * HOUR,
            },
          ]
        : []),
      ...(one.amountFen
        ? [
            {
              ...{ happening: 'approved', name: '同意', actor: 'li-04', amountFen: one.amountFen },
              ...{ said: '请带身份证到门诊一楼 3 号窗领取', atMs: one.submittedAtMs + 5 * HOUR },
            },
          ]
        : []),
    ],
    samePatient:
      index === 3
        ? [
            {
              ...{ id: fakeApplicationId(8), state: 'paid-out', stateName: '已付款', amountFen: 137_410 },
              submittedAtMs: NOW_MS - 700 * HOUR,
            },
          ]
        : [],
    secondFromFen: 100_000,
    can: {
      take: one.state === 'submitted',
      ask: one.state === 'in-review',
      approve: one.state === 'in-review',
      reject: one.state === 'in-review' || one.state === 'more-documents',
      reopen: one.state === 'approved',
      payOut: one.state === 'approved',
    },
  }
}

// Like an identity card from afar, and an empty page.
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAUAAAADIAgMAAADkatA4AAAADFBMVEXf6OYLbmmPpqL///8SjLwaAAAAZ0lEQVR42u3WsQ0AEABEUbGDJUyjsZ/alBaQEBqJ9wd45eVCkCTp6VKdVYBA4C4Y+14NCAT+BRpYIBAI9L6AQKD3BQQCgd4XEAj0voBAIBAIBAKBQCAQCJQkHZT7dQ0IBALXoCRJ9w1+dTJR8rFI6wAAAABJRU5ErkJggg=='
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj
trailer<</Root 1 0 R>>`

export function fakeDocument(id: string): { readonly type: string; readonly bytes: Buffer } {
  return id.endsWith('_2')
    ? { type: 'application/pdf', bytes: Buffer.from(PDF) }
    : { type: 'image/png', bytes: Buffer.from(PNG, 'base64') }
}
