import { type Answer, ok, refusal } from './answer.ts'
import { type FakeExport, NOW_MS, type World } from './world.ts'

const NAMES: Readonly<Record<string, string>> = {
  ...{ calls: '接口调用', audit: '审计', 'ledger-balances': '余额台账' },
}

/** Each look finds one that is written a step further. */
export function exportAnswer(world: World, asked: string, body: Record<string, string>): Answer {
  const id = /^POST \/exports\/(\w+)\/cancel$/.exec(asked)?.[1]
  if (id !== undefined) {
    world.exports = world.exports.filter((one) => one.id !== id)
    return ok({})
  }
  switch (asked) {
    case 'GET /exports': {
      const shown = world.exports.map(viewOf)
      world.exports = world.exports.map(stepOf)
      return ok({ exports: shown })
    }
    case 'POST /exports/count':
      return ok({ rows: 90 })
    case 'POST /exports': {
      const { kind = '', format = '' } = body
      const one: FakeExport = {
        ...{ id: `exp${world.exports.length + 1}`, name: NAMES[kind] ?? kind, format, state: 'waiting' },
        ...{ rowsExpected: 90, rowsDone: 0, bytesDone: 0 },
      }
      world.exports.unshift(one)
      return ok(viewOf(one))
    }
    default:
      return refusal(404, 'not-found', '没有这份导出，或已经过了保存时间，请重新导出。')
  }
}

function stepOf(one: FakeExport): FakeExport {
  if (one.state === 'waiting') return { ...one, state: 'working', rowsDone: 40, bytesDone: 4_096 }
  if (one.state === 'working' && one.rowsExpected !== null)
    return { ...one, state: 'done', rowsDone: one.rowsExpected, bytesDone: 9_210 }
  return one
}

function viewOf(one: FakeExport) {
  const isOver = one.state === 'done' || one.state === 'failed'
  return {
    ...{ ...one, hospital: 'main', isCut: false, createdAtMs: NOW_MS, finishedAtMs: isOver ? NOW_MS : null },
    removedAtMs: isOver ? NOW_MS + 86_400_000 : null,
  }
}
