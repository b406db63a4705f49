import type { Printing } from '../pdf/make-record-pdf.ts'
import type { RecordDetail } from '../record-views.ts'

/** A lab report on its way to paper, with what a test changes about it. */
export function samplePrinting(changes: Partial<RecordDetail> = {}): Printing {
  return {
    record: {
      ...{ kind: 'lab', key: 'k', patient: { id: 'patient_1', name: '李*华' }, title: '血常规（五分类）' },
      ...{ departmentName: '检验科', doctorName: '陶明哲', reportedAt: '2026-11-22T00:00:00.000Z' },
      ...{ modality: null, abnormalCount: 0, indicators: [], sections: [], lines: [], totalFen: null },
      interpretation: null,
      grant: { assurance: 'real-person', expiresAt: '2026-11-23T02:00:00.000Z' },
      ...changes,
    },
    hospital: { name: '西湖医院', phone: '0571-12345678' },
    visitCard: '****0931',
    madeAtMs: Date.parse('2026-11-23T01:00:00Z'),
    auditNumber: 'ZY-7F3K-29QX',
  }
}
