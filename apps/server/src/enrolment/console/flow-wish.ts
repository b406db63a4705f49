import { z } from 'zod'
import { listWish } from '../../platform/operators/list-page.ts'
import { REASONS } from '../flow-view.ts'
import { INTENTS } from './console-views.ts'
import { STAGES } from './stage.ts'

/** What is looked for among the enrolments, in the list and in its export. */
export const flowWish = z.object({
  number: listWish.number.describe('建档、用户、就诊人的编号，或出错页上的追踪号'),
  stage: z.enum(STAGES).optional(),
  reason: z.enum(REASONS).optional(),
  intent: z.enum(INTENTS).optional(),
  ...{ from: listWish.from, to: listWish.to },
})
