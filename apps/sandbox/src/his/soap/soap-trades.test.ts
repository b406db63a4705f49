import { readFileSync } from 'node:fs'
import { ALL_OPERATIONS } from '@zhangyi/his'
import { describe, expect, test } from 'vitest'
import { CALLER, find, testSoapHis } from './test-soap-his.ts'
import { TRADES } from './trades/all-trades.ts'

const DIALECT = readFileSync(new URL('./dialect.md', import.meta.url), 'utf8')
const LI = 'P100001'
const YEARS = '<KSRQ>20200101</KSRQ><JSRQ>20261231</JSRQ>'

describe('the document', () => {
  test('every operation of the port has a trade, and every trade its line', () => {
    expect(new Set(TRADES.map(({ operation }) => operation))).toEqual(
      new Set(ALL_OPERATIONS.map(([operation]) => operation)),
    )
    for (const { code, operation } of TRADES)
      expect(DIALECT, operation).toMatch(new RegExp(`\\| ${code} \\|.*\`${operation.replace('.', '\\.')}\``))
  })

  test('every tag of a trade is explained', () => {
    const tags = TRADES.flatMap(({ request, reply }) => [
      ...request,
      ...(reply.kind === 'none' ? [] : reply.fields),
    ]).flatMap((one) => ('fields' in one ? [one.tag, ...one.fields.map(({ tag }) => tag)] : [one.tag]))
    for (const tag of new Set(tags)) expect(DIALECT).toMatch(new RegExp(`\`${tag}\``))
  })

  const examples = [...DIALECT.matchAll(/### (\d{4}) |^(<Request>.*<\/Request>)$/gm)]
    .reduce<{ code: string; request: string }[]>((found, [, code, request]) => {
      if (code !== undefined) found.push({ code, request: '' })
      else if (request !== undefined) found.push({ code: found.at(-1)?.code ?? '', request })
      return found
    }, [])
    .filter(({ request }) => request !== '')

  test.each(examples)('the example of $code is well formed for the HIS', async ({ code, request }) => {
    const { trade } = testSoapHis()
    const { content } = await trade(code, request.replace(/<\/?Request>/g, ''))
    expect(content).not.toContain('入参错误')
  })

  test('every trade but the probe has an example', () => {
    const shown = new Set(examples.map(({ code }) => code))
    expect(TRADES.filter(({ code }) => !shown.has(code)).map(({ code }) => code)).toEqual(['9000'])
  })
})

describe('patients', () => {
  test('one, several and no archives', async () => {
    const { trade } = testSoapHis()
    const rowsOf = (number: string) => trade('1001', `<ZJLX>01</ZJLX><ZJHM>${number}</ZJHM><XM>谁</XM>`)
    const one = await rowsOf('330102199001012210')
    expect(one.rows).toMatchObject([{ BRID: LI, KH: '000000420931        ', ZJJZRQ: '20260812' }])
    expect((await rowsOf('330106196207184028')).rows).toHaveLength(2)
    expect(await rowsOf('330102199308153229')).toMatchObject({ code: '1', rows: [] })
  })

  const child = `<XM>周小满</XM><ZJLX>01</ZJLX><ZJHM>330102202006010014</ZJHM><XB>1</XB><CSRQ>20200601</CSRQ><SJHM>13800000001</SJHM><SFSM>1</SFSM>`
  const guardian = `<JHRXM>李明华</JHRXM><JHRZJLX>01</JHRZJLX><JHRZJHM>330102199001012210</JHRZJHM><JHRSJHM>13800000210</JHRSJHM><JHRGX>父亲</JHRGX>`

  test('an archive is made once; the vendor says what is wrong in words alone', async () => {
    const { trade } = testSoapHis()
    const create = (key: string, more = '') => trade('1002', `<TransNo>${key}</TransNo>${child}${more}`)
    expect(await create('a')).toMatchObject({ code: '-1', content: '患者未满14周岁须提供监护人' })
    const created = await create('b', guardian)
    expect(created).toMatchObject({ code: '0', data: { XM: '周小满', YQMC: '', ZJJZRQ: '' } })
    expect((await create('b', guardian)).data['BRID']).toBe(created.data['BRID'])
    expect(await create('c', guardian)).toMatchObject({ code: '-1', content: '患者已建档' })
    expect((await create('b', guardian.replace('父亲', '伯父'))).content).toBe('流水号已被其他业务使用')
  })

  test('an archive is changed; an empty tag leaves what was there, an unknown patid is said in words', async () => {
    const { trade } = testSoapHis()
    const update = (key: string, tags: string) => trade('1004', `<TransNo>${key}</TransNo>${tags}`)
    const changed = await update('a', `<BRID>${LI}</BRID><SJHM>13800000211</SJHM><DZ></DZ>`)
    expect(changed.data).toMatchObject({
      BRID: LI,
      SJHM: '13800000211',
      DZ: expect.stringContaining('延安路'),
    })
    expect((await update('b', '<BRID>P0</BRID><SJHM>1</SJHM>')).content).toBe('未找到记录')
  })

  test.each([
    ['a missing tag', child.replace(/<SJHM>.*<\/SJHM>/, ''), 'SJHM 不正确或不能为空'],
    ['an impossible day', child.replace('<CSRQ>20200601', '<CSRQ>20200231'), 'CSRQ 格式不正确'],
    ['an unknown code', child.replace('<XB>1', '<XB>9'), 'XB 格式不正确'],
    ['half a guardian', `${child}<JHRXM>李明华</JHRXM>`, '不正确或不能为空'],
  ])('%s is an input error that names the tag', async (_name, fields, why) => {
    const { trade } = testSoapHis()
    const reply = await trade('1002', `<TransNo>k</TransNo>${fields}`)
    expect(reply.code).toBe('-1')
    expect(reply.content).toMatch(/^入参错误：/)
    expect(reply.content).toContain(why)
  })

  test('a change without a serial number and a stranger are refused', async () => {
    const { trade, post } = testSoapHis()
    expect((await trade('1002', child)).content).toBe('入参错误：TransNo 应为 1 至 64 位')
    const { bytes } = await post(
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><HisTrade xmlns="http://his.sandbox.example/"><TradeCode>9000</TradeCode><Request><![CDATA[<Request>${CALLER.replace('90003', '90004')}</Request>]]></Request></HisTrade></s:Body></s:Envelope>`,
    )
    expect(new TextDecoder('gbk').decode(bytes)).toContain('医院代码或操作员无效')
  })
})

describe('money', () => {
  const balanceOf = async (trade: ReturnType<typeof testSoapHis>['trade']) =>
    (await trade('2001', `<BRID>${LI}</BRID>`)).data

  test('yuan with blanks in balances, fen in holds; a hold is confirmed or released once', async () => {
    const { trade } = testSoapHis()
    expect(await balanceOf(trade)).toMatchObject({ ZYE: '    800.00', KTYE: '    800.00', YYSM: '' })
    const held = await trade('2101', `<TransNo>h1</TransNo><BRID>${LI}</BRID><JE>1250</JE>`)
    expect(held.data).toMatchObject({ JE: '      1250', ZT: '0' })
    expect((await balanceOf(trade))['KYYE']).toBe('    787.50')
    const finish = (key: string, fields: string) =>
      trade('2102', `<TransNo>${key}</TransNo>${fields}<DJDH>${held.data['DJDH']}</DJDH><JE>1250</JE>`)
    const paid = '<CZLX>1</CZLX><TKDH>TK1</TKDH><ZFSJ>20261123091500</ZFSJ>'
    expect((await finish('c1', paid)).data['ZT']).toBe('1')
    expect(await finish('r1', '<CZLX>2</CZLX><YYSM>失败</YYSM>')).toMatchObject({
      code: '-1',
      content: '办理失败：该冻结已核销',
    })
    expect((await trade('2104', '<YLSH>h1</YLSH>')).data['ZT']).toBe('1')
    expect(await trade('2104', '<YLSH>h2</YLSH>')).toMatchObject({ code: '1', content: '没有数据' })
    const bill = await trade('3001', '<ZDRQ>20261123</ZDRQ>')
    expect(bill.rows).toContainEqual(expect.objectContaining({ YWLX: '3', TKDH: 'TK1', JE: '     12.50' }))
  })

  test('fen do not have decimals, yuan have two at most, and more than refundable is refused', async () => {
    const { trade } = testSoapHis()
    const hold = (JE: string) => trade('2101', `<TransNo>h${JE}</TransNo><BRID>${LI}</BRID><JE>${JE}</JE>`)
    expect((await hold('12.50')).content).toBe('入参错误：JE 格式不正确')
    expect((await hold('99999999')).content).toMatch(/^可退余额不足/)
    expect((await balanceOf(trade))['KYYE']).toBe('    800.00')
  })

  test('recharges: numbers may be missing, the channel is a code', async () => {
    const { rows } = await testSoapHis().trade('2002', `<BRID>${LI}</BRID>${YEARS}`)
    expect(rows).toContainEqual(expect.objectContaining({ ZFFS: '01', SHDDH: '', QDLSH: '' }))
    expect(rows).toContainEqual(expect.objectContaining({ ZFFS: '04', ZFFSMC: '自助机' }))
    for (const { CZSJ } of rows) expect(CZSJ).toMatch(/^\d{14}$/)
  })

  test('single-step hospitals deduct and reverse, and do not hold', async () => {
    const { trade, simulator } = testSoapHis()
    const deduct = () => trade('2201', `<TransNo>d1</TransNo><BRID>${LI}</BRID><JE>12.5</JE><TKDH>TK9</TKDH>`)
    expect((await deduct()).content).toBe('本院未启用该业务')
    simulator.actions['hospital']?.({ refunds: 'single-step' })
    const deducted = await deduct()
    expect(deducted.data).toMatchObject({ JE: '     12.50', ZT: '1', CHPZH: '' })
    const reversed = await trade(
      '2202',
      `<TransNo>d2</TransNo><KJDH>${deducted.data['KJDH']}</KJDH><JE>12.50</JE><YYSM>转账失败</YYSM>`,
    )
    expect(reversed.data['ZT']).toBe('2')
    expect((await trade('2204', '<YLSH>d1</YLSH>')).data['ZT']).toBe('2')
    expect((await trade('2104', '<YLSH>h1</YLSH>')).content).toBe('本院未启用该业务')
  })
})

describe('visits, fees and reports', () => {
  const bookable = async (trade: ReturnType<typeof testSoapHis>['trade']) => {
    const { rows } = await trade('4003', '<KSDM>D0101</KSDM><KSRQ>20261124</KSRQ><JSRQ>20261126</JSRQ>')
    const slot = rows.find(({ SYHS }) => Number(SYHS) > 0)
    if (!slot) throw new Error('no slot is left')
    return slot
  }

  test('a slot is locked, paid, booked, found again and cancelled', async () => {
    const { trade } = testSoapHis()
    const slot = await bookable(trade)
    const lock = await trade('4101', `<TransNo>l1</TransNo><HYID>${slot['HYID']}</HYID><BRID>${LI}</BRID>`)
    expect(lock.data).toMatchObject({ HYID: slot['HYID'], DQSJ: '20261123091000' })
    const pay = `<ZFDDH>ZY1</ZFDDH><QDLSH>42</QDLSH><ZFJE>${slot['GHF']?.trim()}</ZFJE><ZFSJ>20261123090100</ZFSJ>`
    const book = (key: string) =>
      trade('4103', `<TransNo>${key}</TransNo><SHID>${lock.data['SHID']}</SHID><BRID>${LI}</BRID>${pay}`)
    const booked = await book('b1')
    expect(booked.data).toMatchObject({ ZT: '0', GHLX: '1', JZRQ: slot['CZRQ'], KFTH: '1', ZFDDH: 'ZY1' })
    expect((await trade('4105', '<YLSH>b1</YLSH>')).data['GHID']).toBe(booked.data['GHID'])
    const listed = await trade('4106', `<BRID>${LI}</BRID>${YEARS}`)
    expect(listed.rows).toContainEqual(booked.data)
    const cancelled = await trade(
      '4104',
      `<TransNo>x1</TransNo><GHID>${booked.data['GHID']}</GHID><YYSM>临时有事</YYSM>`,
    )
    expect(cancelled.data).toMatchObject({ ZT: '2', KFTH: '0' })
  })

  test('a lock that is too old is refused in words', async () => {
    const { trade, clock } = testSoapHis()
    const slot = await bookable(trade)
    const lock = await trade('4101', `<TransNo>l1</TransNo><HYID>${slot['HYID']}</HYID><BRID>${LI}</BRID>`)
    clock.advance(60 * 60_000)
    const pay = `<ZFDDH>ZY1</ZFDDH><QDLSH>42</QDLSH><ZFJE>${slot['GHF']?.trim()}</ZFJE><ZFSJ>20261123090100</ZFSJ>`
    const late = await trade(
      '4103',
      `<TransNo>b1</TransNo><SHID>${lock.data['SHID']}</SHID><BRID>${LI}</BRID>${pay}`,
    )
    expect(late).toMatchObject({ code: '-1', content: '锁号已失效，请重新选择号源' })
  })

  test('two bills in one tag are posted together', async () => {
    const { trade } = testSoapHis()
    const { rows } = await trade('5001', `<BRID>${LI}</BRID>`)
    const [first, second] = rows
    const total = (Number(first?.['JE']) + Number(second?.['JE'])).toFixed(2)
    const bills = `${first?.['SFDH']},${second?.['SFDH']}`
    const post = (amount: string, key: string) =>
      trade(
        '5002',
        `<TransNo>${key}</TransNo><BRID>${LI}</BRID><SFDHS>${bills}</SFDHS><ZFDDH>ZY2</ZFDDH><QDLSH>42</QDLSH><ZFJE>${amount}</ZFJE><ZFSJ>20261123092000</ZFSJ>`,
      )
    expect((await post('0.01', 'p0')).content).toMatch(/^费用已变更/)
    const posted = await post(total, 'p1')
    expect(posted.data).toMatchObject({ SFDHS: bills, ZFDDH: 'ZY2' })
    expect((await trade('5001', `<BRID>${LI}</BRID>`)).rows).toHaveLength(rows.length - 2)
    expect((await trade('5003', '<YLSH>p1</YLSH>')).data['JZLSH']).toBe(posted.data['JZLSH'])
    expect((await trade('5004', `<BRID>${LI}</BRID>${YEARS}`)).rows).toMatchObject([{ SFDHS: bills }])
  })

  test('a report with its indicators; that of somebody else is not there', async () => {
    const { trade } = testSoapHis()
    const { rows } = await trade('6001', `<BGLX>1</BGLX><BRID>${LI}</BRID>${YEARS}`)
    const BGDH = rows[0]?.['BGDH']
    const report = await trade('6002', `<BGLX>1</BGLX><BRID>${LI}</BRID><BGDH>${BGDH}</BGDH>`)
    const indicators = find(report.response, 'ZBLB')?.children ?? []
    expect(indicators.length).toBeGreaterThan(3)
    expect(indicators.map((one) => find(one, 'TS')?.text)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^[↑↓]$/)]),
    )
    const other = await trade('6002', `<BGLX>1</BGLX><BRID>P100002</BRID><BGDH>${BGDH}</BGDH>`)
    expect(other).toMatchObject({ code: '-1', content: '未找到记录' })
  })
})
