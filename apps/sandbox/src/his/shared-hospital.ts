import { createSimulatedHospital, type SimulatedHospital, type SimulatedHospitalOptions } from '@zhangyi/his'
import type { SimulatorContext } from '../kit/simulator.ts'

/** How the hospital gives deposits back; the mode decides which of the two refund groups it offers. */
export type RefundMode = NonNullable<SimulatedHospitalOptions['refunds']>

/** The one hospital behind the two wires, and the switch of its refund mode. */
export class SharedHospital {
  #hospital: SimulatedHospital
  #refunds: RefundMode
  readonly #context: SimulatorContext

  constructor(context: SimulatorContext) {
    this.#context = context
    this.#refunds = 'two-phase'
    this.#hospital = this.#open()
  }

  /** Ask again at each use: a change of mode opens the hospital anew. */
  get now(): SimulatedHospital {
    return this.#hospital
  }

  get refunds(): RefundMode {
    return this.#refunds
  }

  /** The same archives, money and request keys under another mode. */
  changeRefunds(refunds: RefundMode): void {
    this.#refunds = refunds
    this.#hospital = this.#open()
  }

  #open(): SimulatedHospital {
    const { clock, store } = this.#context
    return createSimulatedHospital({ clock, store, refunds: this.#refunds })
  }
}

// A sandbox hands one `origins` object to all its simulators, so that is what tells one sandbox from another.
const HOSPITALS = new WeakMap<SimulatorContext['origins'], SharedHospital>()

/** The hospital of a sandbox that was built. */
export function hospitalBehind(origins: SimulatorContext['origins']): SharedHospital {
  const known = HOSPITALS.get(origins)
  if (!known) throw new Error('this sandbox has no HIS simulator')
  return known
}

/** The sandbox's hospital: opened by the simulator that asks first, and kept in that one's store. */
export function sharedHospital(context: SimulatorContext): SharedHospital {
  const known = HOSPITALS.get(context.origins)
  if (known) return known
  const opened = new SharedHospital(context)
  HOSPITALS.set(context.origins, opened)
  return opened
}
