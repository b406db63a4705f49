/** What every contestant's process is told. */
export interface ContestantSetup {
  readonly sink: string
  readonly databaseUrl: string
  readonly ownerUrl: string
  readonly dataKeyHex: string
  readonly secretFile: string
  readonly inFlight: number
}

/** `fill` makes that many events ready to be delivered; `deliver` delivers them and tells the seconds it took. */
export type Question = { readonly fill: number } | { readonly deliver: number }
export interface Delivered {
  readonly seconds: number
}
