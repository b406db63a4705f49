/** The part of pino that rooms use. Personal data is typed `Sensitive` and prints as 「[已隐藏]」. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
