import type { OfflineApplication, OfflineForm } from '../api/offline-types.ts'
import { REFUNDS_NOW_MS } from './refund-views.ts'

const demand = (kind: 'patient-id' | 'applicant-id' | 'authorisation', name: string) => ({
  text: name,
  anyOf: [{ kind, name }],
})

export const offlineForm: OfflineForm = {
  closed: null,
  notes: ['请拍清楚证件的四角和文字。'],
  reasons: [
    {
      reason: 'proxy',
      name: '代办',
      documents: [demand('applicant-id', '申请人证件'), demand('patient-id', '患者证件')],
    },
    { reason: 'device-unsupported', name: '设备不支持', documents: [demand('patient-id', '患者证件')] },
  ],
  documentKinds: [{ kind: 'other', name: '其他' }],
  maxDocuments: 10,
  maxDocumentBytes: 5_242_880,
  phone: '0571-0000001',
  counter: '门诊一楼 3 号窗',
}

export const application: OfflineApplication = {
  id: 'offline_1',
  reason: 'proxy',
  reasonName: '代办',
  state: 'draft',
  title: '待上传材料',
  message: '请上传材料，然后提交。',
  said: null,
  applicant: { name: '李*华', idNumber: '330102********2217', phone: '138****0218', relation: '子女' },
  patient: { name: '李*山', idNumber: '110105********002X', cardNumber: null },
  note: null,
  documents: [],
  missing: [demand('applicant-id', '申请人证件'), demand('patient-id', '患者证件')],
  amountFen: null,
  payout: null,
  createdAtMs: REFUNDS_NOW_MS,
  submittedAtMs: null,
  movedAtMs: REFUNDS_NOW_MS,
  can: { changeDocuments: true, submit: false, withdraw: true },
  phone: '0571-0000001',
}

export const withDocument: OfflineApplication = {
  ...application,
  documents: [
    {
      id: 'document_1',
      kind: 'patient-id',
      kindName: '患者证件',
      name: 'photo.jpg',
      contentType: 'image/jpeg',
      sizeBytes: 300_000,
      addedAtMs: REFUNDS_NOW_MS,
    },
  ],
  missing: [],
  can: { changeDocuments: true, submit: true, withdraw: true },
}
export const submitted: OfflineApplication = {
  ...withDocument,
  state: 'submitted',
  title: '待审核',
  message: '医院收到了，一般 5 个工作日内审核。',
  submittedAtMs: REFUNDS_NOW_MS,
  can: { changeDocuments: false, submit: false, withdraw: true },
}
