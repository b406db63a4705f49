import { DAY_MS, formatYuan, shanghaiDay } from '@zhangyi/core'
import type { SimulatedHospital } from '@zhangyi/his'
import { type Html, html } from '../../kit/html.ts'

const PERIODS = { morning: '上午', afternoon: '下午', evening: '晚上' } as const
const SHOWN_DAYS = 3
const SHOWN_SLOTS = 60

/** Departments, and the next slots of one of them. */
export async function slotsPage(
  { port }: SimulatedHospital,
  departmentId: string | undefined,
  nowMs: number,
): Promise<Html> {
  const departments = (await port.schedules?.departments()) ?? []
  const chosen = departments.find((one) => one.departmentId === departmentId)
  if (!chosen)
    return html`${departments.map(
      (one) =>
        html`<a class="button ghost" href="/desk/slots?departmentId=${encodeURIComponent(one.departmentId)}">${one.name}<small>${one.campus ?? ''} ${one.location ?? ''}</small></a>`,
    )}<a class="link" href="/">回到台面</a>`
  const slots = await port.schedules?.slots({
    departmentId: chosen.departmentId,
    doctorId: undefined,
    from: shanghaiDay(nowMs),
    to: shanghaiDay(nowMs + (SHOWN_DAYS - 1) * DAY_MS),
  })
  return html`<div class="card"><h2>${chosen.name}</h2><table><tr><th>日期</th><th>时段</th><th>医生</th><th>号费</th><th>剩余</th></tr>
${(slots ?? [])
  .slice(0, SHOWN_SLOTS)
  .map(
    (slot) =>
      html`<tr><td>${slot.day.slice(5)}</td><td>${PERIODS[slot.period]} ${slot.startsAt ?? ''}</td><td>${slot.doctorName ?? '普通号'}</td><td>${formatYuan(slot.fee)}</td><td>${slot.remaining}</td></tr>`,
  )}</table>${slots?.length === 0 && html`<p class="muted">这三天没有号。</p>`}</div>
<a class="button ghost" href="/desk/slots">其他科室</a><a class="link" href="/">回到台面</a>`
}
