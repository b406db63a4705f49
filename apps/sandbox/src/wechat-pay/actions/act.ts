/** An action of the control API; throws ZodError for input it can not use. */
export type Act = (input: Readonly<Record<string, unknown>>) => unknown
