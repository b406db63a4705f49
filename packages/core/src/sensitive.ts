/**
 * Personal data (name, document number, phone, address) that must not reach a log, a URL or an error.
 * Printing, interpolating, serialising or inspecting it shows only `[已隐藏]`; `reveal()` is the one way out
 * and is easy to find in a review.
 */
export class Sensitive<T = string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  reveal(): T {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN
  }
}

const HIDDEN = '[已隐藏]'

export function sensitive<T>(value: T): Sensitive<T> {
  return new Sensitive(value)
}
