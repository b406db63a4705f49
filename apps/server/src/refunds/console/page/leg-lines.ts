import { maskName } from '@zhangyi/core'
import type { Tx } from '../../../platform/database/tx.ts'
import { type Html, html } from '../../../platform/http/html.ts'
import { openCasePerson } from '../../cases/case-person.ts'
import { payoutOf } from '../../cases/case-view.ts'
import { phaseOf } from '../../cases/leg-view.ts'
import { caseOf } from '../../legs/find-leg.ts'
import { type ListedLeg, tagOf } from '../list-open-legs.ts'
import { failWord, problemWord, ROUTE_WORDS, type StateWord, stateOfLeg, WAY_WORDS } from '../state-words.ts'
import type { RefundsPage, Whose } from './page-room.ts'
import { lasted, table, tag, time, yuan } from './parts.ts'
import { addressOf } from './view.ts'

/** A leg as a list shows it. */
export interface LegLine {
  readonly leg: ListedLeg
  readonly state: StateWord
  readonly patient: string
  readonly card: string
  readonly payoutNumber: string | undefined
  readonly problem: string | undefined
}

export async function legLines(
  tx: Tx,
  { cipher }: RefundsPage,
  legs: readonly ListedLeg[],
  nowMs: number,
): Promise<readonly LegLine[]> {
  const lines: LegLine[] = []
  for (const leg of legs) {
    const payout = await payoutOf(tx, leg)
    const { name, cardNumber } = openCasePerson(cipher, await caseOf(tx, leg))
    const { transfer, refund } = payout
    lines.push({
      leg,
      state: stateOfLeg(leg, tagOf(leg, nowMs), phaseOf({ leg, ...payout })),
      ...{ patient: maskName(name.reveal()), card: cardNumber?.reveal().slice(-4) ?? '' },
      payoutNumber: transfer?.number ?? refund?.number,
      problem: transfer?.problem ?? refund?.problem,
    })
  }
  return lines
}

export function legTable(label: string, lines: readonly LegLine[], { hospital, nowMs }: Whose): Html {
  const head = html`<th>单号（退款 / 商户）</th><th>患者</th><th>方式</th><th class="m">金额（元）</th><th>状态</th><th>从什么时候</th><th>操作</th>`
  return table(
    label,
    head,
    lines.map(({ leg, state, patient, card, payoutNumber, problem }) => {
      const why = reasonOf(leg, problem)
      return html`<tr><th>${leg.case_id}${payoutNumber !== undefined && html`<small>${payoutNumber}</small>`}</th>
<td class="nowrap">${patient}${card !== '' && html`<small>卡尾号 ${card}</small>`}</td><td class="nowrap">${WAY_WORDS[leg.way]}<small>${ROUTE_WORDS[leg.route]}</small></td>
<td class="m">${yuan(leg.amount_fen)}</td><td><div class="prose">${tag(state)}${why !== undefined && html`<small>${why}</small>`}</div></td>
<td class="nowrap">${time(leg.changed_at_ms)}<small>已 ${lasted(nowMs - leg.changed_at_ms)}</small></td>
<td class="nowrap"><a href="${addressOf({ hospital: hospital.id, case: leg.case_id })}">详情</a></td></tr>`
    }),
  )
}

function reasonOf(leg: ListedLeg, problem: string | undefined): string | undefined {
  if (leg.state === 'one-sided') return leg.fail === null ? undefined : failWord(leg.fail)
  if (problem !== undefined) return problemWord(problem)
  return leg.last_problem ?? undefined
}
