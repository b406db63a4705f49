import { type ConformanceFixtures, KNOWN, type KnownPerson } from '@zhangyi/his'

/** What a gateway is configured with. Fixed, made up, and worth nothing outside the sandbox. */
export const HIS_REST = {
  keyId: 'sandbox-his-gateway',
  secret: 'sandbox-his-rest-secret-0001',
} as const

/** People whom a gateway's author can rely on, with what each is good for. */
export const KNOWN_PERSONS = Object.values(KNOWN).map(({ name, idType, idNumber, special }) => ({
  ...{ name, idType, idNumber, special },
}))

/** The content of a fixtures file for the conformance kit, against this hospital. */
export const CONFORMANCE_FIXTURES: ConformanceFixtures = {
  oneArchive: person(KNOWN.liMinghua),
  severalArchives: person(KNOWN.sunGuizhen),
  filedUnder15: person(KNOWN.zhaoDefu),
  depositor: person(KNOWN.liMinghua),
  feePayer: person(KNOWN.liMinghua),
  reportReader: person(KNOWN.liMinghua),
}

function person({ name, idNumber }: KnownPerson): KnownPerson {
  return { name, idNumber }
}
