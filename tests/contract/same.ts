/** `readonly` aside, which a phone adds on purpose. */
type Fixed<T> = T extends readonly (infer E)[]
  ? readonly Fixed<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Fixed<T[K]> }
    : T

/** True only if each can stand in for the other. */
export type Same<A, B> = [Fixed<A>] extends [Fixed<B>]
  ? [Fixed<B>] extends [Fixed<A>]
    ? true
    : false
  : false

/** Fails to compile for anything but true. */
export type Holds<T extends true> = T
