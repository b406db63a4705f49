import { formatShanghai } from '@zhangyi/core'
import {
  CASE_WORDS,
  type CaseDetail,
  caseDetail,
  failWord,
  findCaseId,
  listOpenLegs,
  ROUTE_WORDS,
  stateOfLeg,
  stateOfNumber,
  stepActor,
  stepWord,
  WAY_WORDS,
} from '@zhangyi/server'
import type { Command } from 'commander'
import { atDesk, type Wanted } from '../refunds/at-desk.ts'
import { WHOSE, write, yuan } from '../refunds/command-parts.ts'
import { StartProblem } from '../start/start-problem.ts'

const SHOWN = 200

export function addCaseCommands(refunds: Command): void {
  refunds
    .command('show <单号>')
    .description('一笔退款的经过：退款单号、部分的单号或商户单号；姓名和卡号遮盖')
    .option(...WHOSE)
    .action(show)
  refunds
    .command('one-sided')
    .description('单边订单（已失效，可重发），等得最久的在前；重发在运营后台办理')
    .option(...WHOSE)
    .action(oneSided)
}

async function show(number: string, wanted: Wanted): Promise<void> {
  const detail = await atDesk(wanted, (desk) =>
    desk.database.inTransaction(desk.hospitalId, async (tx) => {
      const caseId = await findCaseId(tx, number)
      return caseId === undefined ? undefined : caseDetail(tx, desk, caseId)
    }),
  )
  if (!detail) throw new StartProblem(`没有退款单号或商户单号 ${number}。`)
  write(head(detail))
  for (const leg of detail.legs) for (const line of legLines(leg)) write(line)
}

function head({ of, patientName, cardNumber }: CaseDetail): string {
  const card = cardNumber === '' ? '' : `，卡尾号 ${cardNumber}`
  return `退款单 ${of.id}　${CASE_WORDS[of.state].word}　${WAY_WORDS[of.way]}　${patientName}${card}　${yuan(of.amount_fen)} 元　${time(of.created_at_ms)} 申请`
}

function legLines({ leg, tag, phase, attempts, steps }: CaseDetail['legs'][number]): readonly string[] {
  return [
    `${ROUTE_WORDS[leg.route]} ${yuan(leg.amount_fen)} 元　${stateOfLeg(leg, tag, phase).word}　${leg.id}`,
    ...attempts.map(
      ({ number, state, queriedState, sentAtMs, createdAtMs, replaces }) =>
        `  单号 ${number}　${stateOfNumber(state, queriedState).word}　${time(sentAtMs ?? createdAtMs)}${replaces === undefined || replaces === number ? '' : `　接替 ${replaces}`}`,
    ),
    ...steps.map(
      ({ at_ms, happening, detail, actor }) =>
        `  ${time(at_ms)}　${stepWord(happening)}${detail === null ? '' : `（${failWord(detail)}）`}　${stepActor(happening, actor)}`,
    ),
  ]
}

async function oneSided(wanted: Wanted): Promise<void> {
  const legs = await atDesk(wanted, ({ database, clock, hospitalId }) =>
    database.inTransaction(hospitalId, (tx) =>
      listOpenLegs(tx, { list: 'one-sided', nowMs: clock.nowMs(), limit: SHOWN + 1 }),
    ),
  )
  for (const { id, route, amount_fen, changed_at_ms, fail, task_at_ms } of legs.slice(0, SHOWN))
    write(
      `${time(changed_at_ms)}　${yuan(amount_fen)} 元　${ROUTE_WORDS[route]}　${id}　${fail === null ? '' : failWord(fail)}${task_at_ms === null ? '' : '　财务待办'}`,
    )
  if (legs.length === 0) write('没有单边订单。')
  if (legs.length > SHOWN) write(`还有更多，只列出等得最久的 ${SHOWN} 笔。`)
}

function time(ms: number): string {
  return formatShanghai(ms).slice(0, 16)
}
