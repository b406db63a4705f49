import { expect, test } from 'vitest'
import { cleanPath } from './clean-path.ts'

test('the landing page finds its verification again after signing in, the platform’s number stays behind', () => {
  const query = { verification: 'verify_1', registerOrderId: 'secret', failed: '1' }
  expect(cleanPath('/h5/pages/verify/return', query)).toBe('/h5/pages/verify/return?verification=verify_1')
})

test('so does a page for which somebody is verified', () => {
  const query = { purpose: 'lab-report', patientId: 'patient_1', fresh: '1', wechatCode: 'w' }
  expect(cleanPath('/h5/pages/verify/confirm', query)).toBe(
    '/h5/pages/verify/confirm?patientId=patient_1&purpose=lab-report&fresh=1',
  )
  expect(cleanPath('/h5/pages/records/list', { kind: 'lab', patientId: 'patient_1' })).toBe(
    '/h5/pages/records/list?patientId=patient_1&kind=lab',
  )
})

test('signing in on the page that confirms a slot comes back to that slot', () => {
  const query = { departmentId: 'D0101', slotId: 'S.D0101-1.20261130.0800', day: '2026-11-30', result: 'ok' }
  expect(cleanPath('/h5/pages-visit/book/confirm', query)).toBe(
    '/h5/pages-visit/book/confirm?departmentId=D0101&slotId=S.D0101-1.20261130.0800&day=2026-11-30',
  )
})
