import { type Answer, refusal } from './answer.ts'
import { fakeCampaign, fakeCampaigns, fakePreview, fakeWay } from './campaigns.ts'
import { fakeBalances, fakeProgress, fakeRuns, fakeSummary } from './ledger.ts'
import { fakeApplication, fakeApplications, fakeDocument } from './offline.ts'

/** Of the ledger, the applications on paper and the campaigns; undefined: not of these. */
export function refundDesk(
  asked: string,
  url: URL,
  body: Readonly<Record<string, unknown>>,
): Answer | undefined {
  const [, method = '', path = ''] = /^(\w+) \/refunds\/(.*)$/.exec(asked) ?? []
  if (path.startsWith('ledger')) return ledger(`${method} ${path.slice('ledger/'.length)}`, url, body)
  if (path.startsWith('offline')) return offline(`${method} ${path.slice('offline'.length)}`, url)
  if (path.startsWith('campaigns')) return campaigns(`${method} ${path.slice('campaigns'.length)}`)
  return undefined
}

function ledger(asked: string, url: URL, body: Readonly<Record<string, unknown>>): Answer | undefined {
  switch (asked) {
    case 'GET summary':
      return ok(fakeSummary())
    case 'GET progress':
      return ok(fakeProgress(url.searchParams.get('from') ?? '', url.searchParams.get('to') ?? ''))
    case 'GET runs':
      return ok(fakeRuns())
    case 'POST search':
      return ok(fakeBalances(body, false))
    case 'POST to-clean':
      return ok(fakeBalances(body, true))
    case 'POST import':
      return imported(String(body['csv']))
    case 'POST refresh':
      return ok({ asked: 150, changed: 12, cleared: 4, failed: 2, stopped: false })
    case 'POST export':
      return { status: 200, file: { type: 'text/csv', bytes: Buffer.from('院内ID') } }
    default:
      return undefined
  }
}

/** A file whose second line has no amount is refused, as the server does. */
function imported(csv: string): Answer {
  const rows = csv.trim().split(/\r?\n/).length - 1
  if (!csv.includes(',x,'))
    return ok({
      ...{ runId: 'brun_9', repeated: false, rows, totalFen: 10_800, added: rows, changed: 0 },
      ...{ cleared: 0, toClean: 1 },
    })
  return refusal(400, 'bad-input', '有信息需要修改，请看标出的项目。', [
    { field: '第 2 行', message: '余额写成元，不为负，最多两位小数，没有逗号，如 128.50' },
    { field: '第 3 行', message: '院内ID 与第 2 行相同' },
  ])
}

function offline(asked: string, url: URL): Answer | undefined {
  const document = /^GET \/\w+\/documents\/(\w+)$/.exec(asked)
  if (document) return { status: 200, file: fakeDocument(document[1] ?? '') }
  if (asked === 'GET ') return ok(fakeApplications(url.searchParams))
  const one = /^(GET|POST) \/(\w+)(?:\/(\w+))?$/.exec(asked)
  const application = fakeApplication(one?.[2] ?? '', one?.[3] === 'unmask')
  return application ? ok(application) : refusal(404, 'not-found', '没有找到这份申请，请返回列表重新选择。')
}

function campaigns(asked: string): Answer | undefined {
  if (asked === 'GET ') return ok(fakeCampaigns())
  if (asked === 'GET /way') return ok(fakeWay())
  if (asked === 'POST /preview') return ok(fakePreview())
  if (asked === 'POST ') return ok(fakeCampaign(1))
  const one = /^(?:GET|POST) \/camp_(\d)/.exec(asked)
  return one ? ok(fakeCampaign(Number(one[1]))) : undefined
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}
