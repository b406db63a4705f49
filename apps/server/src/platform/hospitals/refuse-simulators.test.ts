import { expect, test } from 'vitest'
import { type Hospital, Hospitals, parseHospitals } from './hospitals.ts'
import { refuseSimulators } from './refuse-simulators.ts'

const INPUT = {
  id: 'first',
  name: '市第一人民医院',
  phone: '0571-0000000',
  counter: '门诊一楼',
  healthCard: {
    baseUrl: 'https://card.example.org/',
    h5Origin: 'https://pages.example.org',
    appId: 'a',
    appSecretFile: '/secret',
    hospitalId: '1',
  },
  wechat: {},
  his: { kind: 'rest', baseUrl: 'https://his.example.org', auth: { kind: 'none' } },
}
const [hospital] = parseHospitals({ hospitals: [INPUT] }, 'test').all as [Hospital]

test('production refuses every address that is not a platform’s, and a HIS on this machine', () => {
  for (const address of [
    'http://card.example.org',
    'https://127.0.0.1:9101',
    'https://localhost',
    'https://[::1]',
  ]) {
    const wrong = new Hospitals([{ ...hospital, healthCard: { ...hospital.healthCard, baseUrl: address } }])
    expect(() => refuseSimulators(wrong)).toThrow(/first\.healthCard\.baseUrl/)
  }
  const withHis = (his: object) => parseHospitals({ hospitals: [{ ...INPUT, his }] }, 'test')
  const rest = (baseUrl: string) => withHis({ kind: 'rest', baseUrl, auth: { kind: 'none' } })
  expect(() => refuseSimulators(rest('http://127.0.0.1:9104'))).toThrow(/first\.his\.baseUrl/)
  // Inside a hospital's network a HIS is often without TLS.
  expect(() => refuseSimulators(rest('http://10.1.2.3/his'))).not.toThrow()
  const soap = { kind: 'soap', endpoint: 'http://localhost:9105/', charset: 'gbk', mapping: {} }
  const style = { namespace: 'urn:x', method: 'Trade' }
  expect(() => refuseSimulators(withHis({ ...soap, style }))).toThrow(/first\.his\.endpoint/)
})

test('every problem of a hospitals file is told with its place', () => {
  const wrong = { ...INPUT, id: 'First', phon: '1', healthCard: { ...INPUT.healthCard, baseUrl: 'nowhere' } }
  expect(() => parseHospitals({ hospitals: [wrong] }, 'hospitals.json')).toThrow(
    /hospitals\.json[\s\S]*hospitals\.0\.id[\s\S]*hospitals\.0\.healthCard\.baseUrl[\s\S]*phon/,
  )
  expect(() => parseHospitals({ hospitals: [] }, 'x')).toThrow('hospitals')
  expect(() => parseHospitals({ hospitals: [INPUT, INPUT] }, 'x')).toThrow('重复的 id')
})

test('an address loses its slash at the end; the only hospital needs no name, one of two does', () => {
  expect(hospital.healthCard.baseUrl).toBe('https://card.example.org')
  const one = new Hospitals([hospital])
  expect(one.choose(undefined)?.id).toBe('first')
  expect(one.choose('other')).toBeUndefined()
  const two = parseHospitals({ hospitals: [INPUT, { ...INPUT, id: 'second' }] }, 'x')
  expect(two.choose(undefined)).toBeUndefined()
  expect(two.choose('second')?.id).toBe('second')
})
