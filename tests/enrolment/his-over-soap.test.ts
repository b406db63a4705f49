import { join } from 'node:path'
import { checkCharacter } from '@zhangyi/core'
import { HIS_SOAP } from '@zhangyi/sandbox'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { Phone } from './phone.ts'

// The whole way through a vendor's HIS as it is found in hospitals: XML in a SOAP string, GBK, mapped by configuration.
let database: TestDatabase
let stack: TestStack

beforeAll(async () => {
  database = await createTestDatabase()
  stack = await startStack(database, {
    hospital: ({ origins }) => ({
      his: {
        kind: 'soap',
        endpoint: `${origins['his-soap']}/HisService.asmx`,
        charset: 'gbk',
        style: {
          namespace: HIS_SOAP.namespace,
          method: HIS_SOAP.method,
          parameters: { TradeCode: '{code}', Request: '{xml}' },
          responseRoot: 'Response',
        },
        mappingFile: join(import.meta.dirname, '../../packages/his/examples/his-soap.mapping.json'),
        settings: { hospitalCode: HIS_SOAP.hospitalCode, operator: HIS_SOAP.operator },
      },
    }),
  })
  return async () => {
    await stack.stop()
    await database.drop()
  }
})

const first17 = '33010619800512345'
const person = {
  name: '周建国',
  idType: '01',
  idNumber: first17 + checkCharacter(first17),
  nation: '汉族',
  phone: '13900001234',
  address: '西湖区文三路 9 号',
}

test('a card is linked, with request keys that a vendor can keep, and the archive filed over SOAP in GBK; the call log holds nothing readable', async () => {
  const phone = await new Phone(stack).signIn()
  await stack.action('health-card', 'seed-card', { person: phone.person, relation: '本人', ...person })
  const flow = await phone.start()
  if (flow.step !== 'open-platform') throw new Error(`flow is at ${flow.step}`)
  const back = await phone.walk(flow.url, '周', '远程授权认证', '模拟：验证通过')
  const code = back.searchParams.get('healthCode')
  const done = await phone.api('POST', `/enrolments/${flow.id}/health-code`, { code })
  expect(done.body).toMatchObject({ step: 'done', patient: { verified: true, card: 'linked' } })

  const idNumbers = [person.idNumber]
  const archives = await stack.his.port.archives.find({ idType: '01', idNumbers, name: person.name })
  expect(archives).toMatchObject([{ name: person.name, phone: person.phone }])

  // The log is written behind the answer.
  const logged = () => database.asOwner<LoggedCall>(`SELECT * FROM outside_call WHERE platform = 'his'`)
  const told = async () => (await logged()).map(({ operation, outcome }) => `${operation} ${outcome}`)
  await expect
    .poll(told, { timeout: 30_000 })
    .toEqual(expect.arrayContaining(['archives.find yes', 'archives.create yes', 'cards.bind yes']))
  const secrets = new RegExp(`${person.idNumber}|${person.name}|${person.phone}`)
  expect(JSON.stringify(await logged())).not.toMatch(secrets)
})

interface LoggedCall {
  readonly operation: string
  readonly outcome: string
}
