import { z } from 'zod'
import { answers, neverCached } from '../../../platform/http/answers.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { listWish, pageOf, placeMade } from '../../../platform/operators/list-page.ts'
import type { Operators } from '../../../platform/operators/operators.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import type { PersonalDataRoom } from '../room.ts'
import { decideChange } from './decide-change.ts'
import { CHANGE_STATES, changeSchema, changesQuery, viewChange } from './list-changes.ts'

export interface PersonalDataConsole extends PersonalDataRoom {
  readonly operators: Operators
}

const ROOT = '/api/v1/console/personal-data-changes'
const PAGE = 50
const tags = ['运营后台：建档']
const { hospital, before } = listWish

/** Changes of phone and address whose end the HIS never told. */
export function registerChangesConsole(http: Http, room: PersonalDataConsole): void {
  const { operators, database, cipher } = room
  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '个人信息的修改，按状态，等得久的在前，每页 50 次；新旧值遮盖', tags },
        querystring: z.object({ hospital, before, state: z.enum(CHANGE_STATES).default('parked') }),
        response: answers(z.object({ changes: z.array(changeSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, operators.guard('enrolments.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id } = wantedHospital(room, operators.of(request), name)
      const { rows } = await database.read(id, (tx) => changesQuery(id, wish, PAGE + 1).execute(tx.sql))
      const page = pageOf(rows, PAGE, (row) => viewChange(cipher, row), placeMade)
      return { changes: page.rows, next: page.next }
    },
  )

  http.post(
    `${ROOT}/:id/decide`,
    {
      schema: {
        ...{ summary: '人工在 HIS 里看过：改了，或没有改；原因写进审计', tags },
        params: z.object({ id: z.string().min(1).max(80) }),
        body: z.strictObject({
          hospital,
          isChanged: z.boolean().describe('新值已经在 HIS 里'),
          reason: z.string().trim().min(2, '请写明原因').max(200),
        }),
        response: answers(changeSchema),
      },
      onRequest: [neverCached, operators.guard('enrolments.work')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital: name, ...decision } = request.body
      const { id } = wantedHospital(room, who, name)
      return database.inTransaction(id, (tx) =>
        decideChange(tx, room, who.id, { id: request.params.id, ...decision }),
      )
    },
  )
}
