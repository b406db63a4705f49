import { bookThenCancel } from './appointments/book-then-cancel.ts'
import { bookWithLostReply } from './appointments/book-with-lost-reply.ts'
import { bookWithSameKey } from './appointments/book-with-same-key.ts'
import { bookWithoutLock } from './appointments/book-without-lock.ts'
import { cancelWithLostReply } from './appointments/cancel-with-lost-reply.ts'
import { lockExpires } from './appointments/lock-expires.ts'
import { lockLastPlace } from './appointments/lock-last-place.ts'
import { lockThenUnlock } from './appointments/lock-then-unlock.ts'
import { lockWithLostReply } from './appointments/lock-with-lost-reply.ts'
import { lockWithSameKey } from './appointments/lock-with-same-key.ts'
import { statusOfUnknownBooking } from './appointments/status-of-unknown-booking.ts'
import { unlockWithLostReply } from './appointments/unlock-with-lost-reply.ts'
import { createAgain } from './archives/create-again.ts'
import { createAtOnce } from './archives/create-at-once.ts'
import { createChild } from './archives/create-child.ts'
import { createForeigner } from './archives/create-foreigner.ts'
import { createThenFind } from './archives/create-then-find.ts'
import { createWithLostReply } from './archives/create-with-lost-reply.ts'
import { createWithSameKey } from './archives/create-with-same-key.ts'
import { findByEveryForm } from './archives/find-by-every-form.ts'
import { findFiledUnder15 } from './archives/find-filed-under-15.ts'
import { findFixtures } from './archives/find-fixtures.ts'
import { findOne } from './archives/find-one.ts'
import { findSeveral } from './archives/find-several.ts'
import { findUnknown } from './archives/find-unknown.ts'
import { hideUnconfirmedPhone } from './archives/hide-unconfirmed-phone.ts'
import { keepRareNames } from './archives/keep-rare-names.ts'
import { updateKeepsTheRest } from './archives/update-keeps-the-rest.ts'
import { updateThenFind } from './archives/update-then-find.ts'
import { updateUnknownPatid } from './archives/update-unknown-patid.ts'
import { updateWithLostReply } from './archives/update-with-lost-reply.ts'
import { updateWithSameKey } from './archives/update-with-same-key.ts'
import { balanceAddsUp } from './balances/balance-adds-up.ts'
import { balanceOfUnknownPatid } from './balances/balance-of-unknown-patid.ts'
import { rechargesByDay } from './balances/recharges-by-day.ts'
import { rechargesCoverBalance } from './balances/recharges-cover-balance.ts'
import { rechargesFit } from './balances/recharges-fit.ts'
import { rowsFit } from './bills/rows-fit.ts'
import { sameOnReRead } from './bills/same-on-re-read.ts'
import { showRecharge } from './bills/show-recharge.ts'
import { showRefund } from './bills/show-refund.ts'
import { bindTwice } from './cards/bind-twice.ts'
import { bindUnknownPatid } from './cards/bind-unknown-patid.ts'
import { bindWithLostReply } from './cards/bind-with-lost-reply.ts'
import type { ConformanceCheck } from './check.ts'
import { deductAtOnce } from './deductions/deduct-at-once.ts'
import { deductReduces } from './deductions/deduct-reduces.ts'
import { deductSameKeyAtOnce } from './deductions/deduct-same-key-at-once.ts'
import { deductTooMuch } from './deductions/deduct-too-much.ts'
import { deductWithLostReply } from './deductions/deduct-with-lost-reply.ts'
import { deductWithReusedKey } from './deductions/deduct-with-reused-key.ts'
import { deductWithSameKey } from './deductions/deduct-with-same-key.ts'
import { reverseGivesBack, reverseWithLostReply } from './deductions/reverse-deduction.ts'
import { statusOfUnknownDeduction } from './deductions/status-of-unknown-deduction.ts'
import { confirmIsFinal } from './deposits/confirm-is-final.ts'
import { confirmWithLostReply, releaseWithLostReply } from './deposits/finish-with-lost-reply.ts'
import { holdAtOnce } from './deposits/hold-at-once.ts'
import { holdSameKeyAtOnce } from './deposits/hold-same-key-at-once.ts'
import { holdThenRelease } from './deposits/hold-then-release.ts'
import { holdTooMuch } from './deposits/hold-too-much.ts'
import { holdWithLostReply } from './deposits/hold-with-lost-reply.ts'
import { holdWithReusedKey } from './deposits/hold-with-reused-key.ts'
import { holdWithSameKey } from './deposits/hold-with-same-key.ts'
import { releaseIsFinal } from './deposits/release-is-final.ts'
import { statusOfHold } from './deposits/status-of-hold.ts'
import { statusOfUnknownHold } from './deposits/status-of-unknown-hold.ts'
import { pendingFits } from './fees/pending-fits.ts'
import { postChangedAmount } from './fees/post-changed-amount.ts'
import { postOnce } from './fees/post-once.ts'
import { postPaidBill } from './fees/post-paid-bill.ts'
import { postWithLostReply } from './fees/post-with-lost-reply.ts'
import { statusOfUnknownPosting } from './fees/status-of-unknown-posting.ts'
import { answerInTime } from './port/answer-in-time.ts'
import { noPersonalDataInErrors } from './port/no-personal-data-in-errors.ts'
import { oneWayOfRefund } from './port/one-way-of-refund.ts'
import { probe } from './port/probe.ts'
import { detailAgrees } from './reports/detail-agrees.ts'
import { foreignPatid } from './reports/foreign-patid.ts'
import { listFits } from './reports/list-fits.ts'
import { unknownNumber } from './reports/unknown-number.ts'
import { departmentsFit } from './schedules/departments-fit.ts'
import { slotsFit } from './schedules/slots-fit.ts'

/** In the order in which they run; the last two judge all calls before them. */
export const CHECKS: readonly ConformanceCheck[] = [
  probe,
  findOne,
  findByEveryForm,
  findFiledUnder15,
  findSeveral,
  findFixtures,
  findUnknown,
  createThenFind,
  createAgain,
  createWithSameKey,
  createAtOnce,
  createWithLostReply,
  createChild,
  createForeigner,
  keepRareNames,
  hideUnconfirmedPhone,
  updateThenFind,
  updateKeepsTheRest,
  updateWithSameKey,
  updateWithLostReply,
  updateUnknownPatid,
  bindTwice,
  bindUnknownPatid,
  bindWithLostReply,
  oneWayOfRefund,
  balanceAddsUp,
  balanceOfUnknownPatid,
  rechargesFit,
  rechargesCoverBalance,
  rechargesByDay,
  holdThenRelease,
  holdWithSameKey,
  holdSameKeyAtOnce,
  holdWithReusedKey,
  holdTooMuch,
  holdAtOnce,
  holdWithLostReply,
  statusOfHold,
  statusOfUnknownHold,
  confirmIsFinal,
  releaseIsFinal,
  confirmWithLostReply,
  releaseWithLostReply,
  deductReduces,
  deductWithSameKey,
  deductSameKeyAtOnce,
  deductWithReusedKey,
  deductTooMuch,
  deductAtOnce,
  deductWithLostReply,
  statusOfUnknownDeduction,
  reverseGivesBack,
  reverseWithLostReply,
  rowsFit,
  sameOnReRead,
  showRecharge,
  showRefund,
  departmentsFit,
  slotsFit,
  lockThenUnlock,
  lockWithSameKey,
  lockLastPlace,
  lockWithLostReply,
  unlockWithLostReply,
  lockExpires,
  bookWithoutLock,
  bookThenCancel,
  bookWithSameKey,
  bookWithLostReply,
  cancelWithLostReply,
  statusOfUnknownBooking,
  pendingFits,
  postChangedAmount,
  postOnce,
  postPaidBill,
  postWithLostReply,
  statusOfUnknownPosting,
  listFits,
  detailAgrees,
  foreignPatid,
  unknownNumber,
  noPersonalDataInErrors,
  answerInTime,
]
