import { expect, test } from 'vitest'
import { type DocumentKind, offlineSchema } from '../../platform/hospitals/offline-config.ts'
import { missingDocuments, viewDemand } from './missing-documents.ts'

const { documents } = offlineSchema.parse({})

test.each<[keyof typeof documents, DocumentKind[], string[]]>([
  ['proxy', [], ['申请人的身份证件', '患者的身份证件', '患者签字的授权委托书']],
  ['proxy', ['applicant-id', 'patient-id'], ['患者签字的授权委托书']],
  ['proxy', ['applicant-id', 'patient-id', 'authorisation'], []],
  ['deceased', ['death-certificate', 'applicant-id'], ['与患者的关系证明']],
  ['minor', ['guardian-id'], ['户口簿或出生医学证明']],
  ['minor', ['guardian-id', 'birth-certificate'], []],
  ['not-in-source', ['patient-id', 'recharge-receipt'], []],
  ['other', ['other'], ['患者的身份证件或申请人的身份证件']],
])('%s with %j: still to come %j', (reason, present, missing) => {
  expect(missingDocuments(documents[reason], present).map((one) => viewDemand(one).text)).toEqual(missing)
})
