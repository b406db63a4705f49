import { shanghaiDay, startOfShanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import { counted, type HomePart } from '../../platform/operators/home.ts'

const PATH = '/console/enrolments'
/** More are as many to whoever looks. */
const MOST = 1_000

/** 建档 on the first page: how many were done today, and which bindings wait for a person. */
export const enrolmentHome: HomePart = {
  permission: 'enrolments.read',
  read: async (tx, { nowMs }) => {
    const day = shanghaiDay(nowMs)
    const { rows } = await sql<{ done: number; stopped: number; parked: number }>`
      SELECT count(*) FILTER (WHERE state = 'done') AS done, count(*) FILTER (WHERE state = 'ways-on') AS stopped,
        (SELECT count(*) FROM (SELECT FROM card_binding
          WHERE hospital_id = ${tx.hospitalId} AND state = 'parked' LIMIT ${MOST}) one) AS parked
      FROM enrolment_flow
      WHERE hospital_id = ${tx.hospitalId} AND created_at_ms >= ${startOfShanghaiDay(nowMs)}`.execute(tx.sql)
    const { done = 0, stopped = 0, parked = 0 } = rows[0] ?? {}
    const of = `from=${day}&to=${day}`
    return {
      days: [],
      numbers: [
        {
          ...{ key: 'enrolments', name: '今日建档', value: counted(done), unit: '次', tone: 'plain' },
          path: `${PATH}?stage=done&${of}`,
        },
        {
          ...{ key: 'enrolments-stopped', name: '今日建档停下', value: counted(stopped), unit: '次' },
          ...{ tone: stopped > done && stopped > 5 ? 'warn' : 'plain', path: `${PATH}?stage=stopped&${of}` },
        },
      ],
      todo:
        parked > 0
          ? [
              {
                ...{ tone: 'warn', text: '健康卡没有和院内档案绑定上，试了几天', count: parked },
                path: `${PATH}/bindings`,
              },
            ]
          : [],
    }
  },
}
