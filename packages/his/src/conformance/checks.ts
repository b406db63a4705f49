import { createAgain } from './archives/create-again.ts'
import { createAtOnce } from './archives/create-at-once.ts'
import { createChild } from './archives/create-child.ts'
import { createForeigner } from './archives/create-foreigner.ts'
import { createThenFind } from './archives/create-then-find.ts'
import { createWithLostReply } from './archives/create-with-lost-reply.ts'
import { createWithSameKey } from './archives/create-with-same-key.ts'
import { findByEveryForm } from './archives/find-by-every-form.ts'
import { findFiledUnder15 } from './archives/find-filed-under-15.ts'
import { findOne } from './archives/find-one.ts'
import { findSeveral } from './archives/find-several.ts'
import { findUnknown } from './archives/find-unknown.ts'
import { keepRareNames } from './archives/keep-rare-names.ts'
import { bindTwice } from './cards/bind-twice.ts'
import { bindUnknownPatid } from './cards/bind-unknown-patid.ts'
import { bindWithLostReply } from './cards/bind-with-lost-reply.ts'
import type { ConformanceCheck } from './check.ts'
import { statusOfUnknownHold } from './deposits/status-of-unknown-hold.ts'
import { answerInTime } from './port/answer-in-time.ts'
import { noPersonalDataInErrors } from './port/no-personal-data-in-errors.ts'
import { probe } from './port/probe.ts'

/** In the order in which they run; the last two judge all calls before them. */
export const CHECKS: readonly ConformanceCheck[] = [
  probe,
  findOne,
  findByEveryForm,
  findFiledUnder15,
  findSeveral,
  findUnknown,
  createThenFind,
  createAgain,
  createWithSameKey,
  createAtOnce,
  createWithLostReply,
  createChild,
  createForeigner,
  keepRareNames,
  bindTwice,
  bindUnknownPatid,
  bindWithLostReply,
  statusOfUnknownHold,
  noPersonalDataInErrors,
  answerInTime,
]
