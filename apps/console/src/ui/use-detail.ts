import { useQuery } from '@tanstack/vue-query'
import { useHospital } from '../session/hospital.ts'

interface Parts<T> {
  /** What the cache calls it, before the hospital and the id: `visit`. */
  readonly name: string
  readonly id: () => string
  readonly read: (hospital: string, id: string, signal: AbortSignal) => Promise<T>
  /** Asked again when one of these changes; without any, when it is opened. */
  readonly topics?: readonly string[]
}

/** What the details of one row show, of the hospital that is chosen. */
export function useDetail<T>({ name, id, read, topics }: Parts<T>) {
  const { hospitalId } = useHospital()
  return useQuery({
    queryKey: [name, hospitalId, id],
    queryFn: ({ signal }) => read(hospitalId.value, id(), signal),
    ...(topics && { meta: { topics } }),
  })
}
