import { type ConformanceCheck, must } from '../check.ts'

/** Runs last: judges every call of the run. */
export const answerInTime: ConformanceCheck = {
  name: 'port.answer-in-time',
  zh: '时限：每次调用都在规定时间内答复',
  because: '患者在手机前等着；超过时限网关就当作没有答复，患者只能被引到窗口。',
  run: async ({ port, calls, timeLimitMs }) => {
    await port.probe()
    const late = calls.filter(({ tookMs }) => tookMs > timeLimitMs)
    const operations = [...new Set(late.map(({ operation }) => operation))].join('、')
    must(late.length === 0, `${late.length} 次调用超过 ${timeLimitMs} 毫秒：${operations}`)
  },
}
