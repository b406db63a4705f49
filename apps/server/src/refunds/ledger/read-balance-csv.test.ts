import { describe, expect, test } from 'vitest'
import { BALANCE_HEADINGS, readBalanceCsv } from './read-balance-csv.ts'

const TODAY = '2026-11-28'
const HEADING = BALANCE_HEADINGS.join(',')
const read = (...lines: readonly string[]) => readBalanceCsv([HEADING, ...lines].join('\n'), TODAY)

test('a file as a spreadsheet writes it: byte order mark, CRLF, quotes, tabs behind numbers, empty lines', () => {
  const { lines, problems, zeros } = readBalanceCsv(
    `\uFEFF"院内ID",姓名,证件号码,手机号,就诊卡号,余额(元),余额产生日期\r\n` +
      `P001\t,"李明华",330102199001012210\t,138 0000 0210,"00,12""A",128.5,2024/3/5\r\n,,,,,,\r\nP002,赵德福,330102540312401,,,0.07,20190101\r\nP003,王芳,,13800000211,,0,`,
    TODAY,
  )
  expect(problems).toEqual([])
  expect(zeros).toBe(1)
  const [first, second] = lines.map(({ person, ...line }) => ({ ...line, ...person.reveal() }))
  expect(first).toEqual({
    ...{ patid: 'P001', name: '李明华', idNumber: '330102199001012210', phone: '13800000210' },
    ...{ card: '00,12"A', balanceFen: 12_850, since: '2024-03-05', problems: [] },
  })
  // Filed by 15 digits: the same person as by 18.
  expect(second).toMatchObject({ idNumber: '330102195403124014', balanceFen: 7, since: '2019-01-01' })
})

describe('what is wrong about a person comes with the line, to be cleaned', () => {
  test.each([
    [',330102199001012210,13800000210,2024-01-01', ['no-name']],
    ['未,330102199001012210,13800000210,2024-01-01', ['bad-name']],
    ['李明华,,13800000210,2024-01-01', ['no-id']],
    ['李明华,330102199001012211,13800000210,2024-01-01', ['bad-id']],
    ['李明华,33010219900101221,13800000210,2024-01-01', ['bad-id']],
    ['李明华,3.30102E+17,13800000210,2024-01-01', ['bad-id']],
    ['John Smith,E12345678,13800000210,2024-01-01', []],
    ['李明华,330102199001012210,,2024-01-01', ['no-phone']],
    ['李明华,330102199001012210,0571-88880000,2024-01-01', ['bad-phone']],
    [',,,', ['no-name', 'no-id', 'no-phone', 'no-since']],
  ])('%s: %j', (cells, problems) => {
    const [name, id, phone, since] = cells.split(',')
    expect(read(`P001,${name},${id},${phone},,5,${since}`).lines.map((line) => line.problems)).toEqual([
      problems,
    ])
  })
})

describe('what makes a file unusable is told by its line, and repeats nothing of it', () => {
  const [good, person] = ['P001,李明华,330102199001012210,13800000210,8,5.00,2024-01-01', '李明华,,,']
  test.each([
    ['第 3 行', '列', 'P002,李明华,,'],
    ['第 3 行', '院内ID 与第 2 行相同', `P001,${person},5,`],
    ['第 3 行', '院内ID', `,${person},5,`],
    ['第 3 行', '余额', `P002,${person},"1,234.50",`],
    ['第 3 行', '余额', `P002,${person},1.005,`],
    ['第 3 行', '余额', `P002,${person},-1,`],
    ['第 3 行', '余额', `P002,${person},,`],
    ['第 3 行', '余额产生日期', `P002,${person},5,2024-02-30`],
    ['第 3 行', '余额产生日期', `P002,${person},5,2026-11-29`],
    ['第 3 行', '引号', `P002,"李明华,,,,5,`],
  ])('%s %s', (field, message, line) => {
    const { problems } = read(good, line)
    expect(problems).toEqual([{ field, message: expect.stringContaining(message) }])
    expect(JSON.stringify(problems)).not.toMatch(/李明华|1\.005|1,234/)
  })

  test('another first line, or no line at all', () => {
    const told = (text: string) => readBalanceCsv(text, TODAY).problems.map(({ message }) => message)
    expect(told('P001,李明华,,,,5,')).toEqual([expect.stringContaining('第一行必须是')])
    expect(told(`${HEADING},备注\nP001`)).toEqual([expect.stringContaining('第一行必须是')])
    expect(told(HEADING)).toEqual(['没有读到任何一行'])
    expect(told('')).toHaveLength(1)
  })
})
