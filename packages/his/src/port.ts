import type { Gender, IdType, Outcome } from '@zhangyi/core'
import type { HisAppointments, HisSchedules } from './appointments.ts'
import type { HisBalances } from './balances.ts'
import type { HisBills } from './bills.ts'
import type { HisDeductions } from './deductions.ts'
import type { HisDeposits } from './deposits.ts'
import type { HisFees } from './fees.ts'
import type { HisReports } from './reports.ts'

/**
 * The hospital port: everything that the gateway asks of a HIS, in groups, so that an adapter's author can bring one
 * after the other.
 *
 * In every group: a read throws `HisError`; a call that changes something never throws, returns an `Outcome` and
 * takes the caller's `requestKey` last. The same key with the same input acts once and gets the same answer; with
 * other input it is `no('key-reused', …)`. A key has 1–64 letters, digits, `-` and `_`: what a HIS's column holds. Money is integer `Fen`, names and numbers stay out of every error.
 *
 * How it grows without breaking an adapter:
 * 1. A new group is one interface in a file of its own and one *optional* property here, as `deposits`. That the
 *    property is there **is** the capability: a list of capabilities beside it could say otherwise. Rooms offer a
 *    function only if its group is there.
 * 2. Inside a group that was released, a new operation is optional too; a new field of an answer is optional, a new
 *    field of a question is one that an adapter may ignore.
 * 3. The group gets its line in `operations.ts`, from which everything that wraps a port call by call is made, and
 *    comes with checks in `conformance/<group>/` that throw `NotOffered` without it.
 */
export interface HisPort {
  /** Throws `HisError` if the HIS cannot serve. */
  probe(): Promise<void>
  readonly archives: HisArchives
  readonly cards: HisCards
  /** Two-phase refunds of deposits. Absent, and no `deductions` either: online refunds stay closed. */
  readonly deposits?: HisDeposits
  /** Single-step refunds of deposits, where the HIS cannot hold. */
  readonly deductions?: HisDeductions
  readonly balances?: HisBalances
  readonly bills?: HisBills
  readonly schedules?: HisSchedules
  readonly appointments?: HisAppointments
  readonly fees?: HisFees
  readonly reports?: HisReports
}

/** 院内档案. */
export interface HisArchives {
  /**
   * All archives of one person, however many; an empty list is an answer. `idNumbers` holds every form under which
   * the person may be filed (18 and 15 digits of a resident ID).
   */
  find(person: ArchiveQuery): Promise<readonly Archive[]>
  /** `no('duplicate', …)` means: the HIS has this person already; query. */
  create(archive: NewArchive, requestKey: string): Promise<Outcome<Archive>>
  /**
   * Changes phone or address of an archive and answers the archive as it is then; `no('not-found', …)` for a patid that
   * is not there. Absent: such changes are made at the counter. Asked only after a real-person verification.
   */
  update?(change: ArchiveChange, requestKey: string): Promise<Outcome<Archive>>
}

/** 电子健康卡与院内档案的关系. */
export interface HisCards {
  /** Files the health card with an archive; doing it again is harmless. */
  bind(card: CardBinding, requestKey: string): Promise<Outcome<void>>
}

export interface ArchiveQuery {
  readonly idType: IdType
  readonly idNumbers: readonly string[]
  readonly name: string
}

export interface Archive {
  /** 院内 ID: the HIS's key of the person. */
  readonly patid: string
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  /** 就诊卡号; some archives have none. */
  readonly visitCardNumber: string | undefined
  /**
   * Unmasked, and only one that the hospital confirmed (at the counter, or with a real-person verification): codes by
   * SMS go there and open records. Absent while it is only what an unverified person typed in.
   */
  readonly phone: string | undefined
  readonly address?: string | undefined
  readonly campus: string | undefined
  /** `yyyy-MM-dd`; absent if the person never came. */
  readonly lastVisitOn: string | undefined
}

/** What is left out stays as it is. */
export interface ArchiveChange {
  readonly patid: string
  readonly phone?: string | undefined
  readonly address?: string | undefined
}

export interface NewArchive {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly gender: Gender
  /** `yyyy-MM-dd`. */
  readonly birthday: string
  readonly nation: string | undefined
  readonly phone: string
  readonly address: string | undefined
  /** Required by the hospital below an age (`guardianUnderAge`). */
  readonly guardian: Guardian | undefined
  /** Whether identity was verified before; an archive of the fallback is not, and its phone is not answered yet. */
  readonly verified: boolean
}

export interface Guardian {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly phone: string
  readonly relation: string
}

export interface CardBinding {
  readonly patid: string
  readonly healthCardId: string
  readonly qrCodeText: string
}

/** A read that gave no answer. `unavailable`: no usable reply in time. `refused`: the HIS said no, with its code. */
export class HisError extends Error {
  override readonly name = 'HisError'
  readonly kind: 'unavailable' | 'refused'
  readonly code: string

  constructor(kind: 'unavailable' | 'refused', code: string, message: string) {
    super(message)
    this.kind = kind
    this.code = code
  }
}
