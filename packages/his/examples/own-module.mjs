// A hospital's own module: a function of the context that answers a port. Here the HIS is a Map; yours is a client.
// zhangyi his check packages/his/examples/own-module.mjs --fixtures ./samples.json

export default ({ options }) => {
  const archives = new Map()
  const patidOf = ({ idType, idNumber }) => `${options.prefix ?? 'P'}${idType}${idNumber}`
  const fileOnce = (archive) => {
    const patid = patidOf(archive)
    if (archives.has(patid)) return { kind: 'no', code: 'duplicate', reason: 'the person has an archive' }
    const { name, idType, idNumber, phone } = archive
    const filed = { patid, name, idType, idNumber, phone }
    archives.set(patid, { ...filed, visitCardNumber: undefined, campus: undefined, lastVisitOn: undefined })
    return { kind: 'yes', value: archives.get(patid) }
  }
  // The same request key acts once and gets the same answer; a real one keeps this over restarts.
  const answered = new Map()
  const once = (requestKey, act) => {
    if (!answered.has(requestKey)) answered.set(requestKey, act())
    return answered.get(requestKey)
  }
  return {
    probe: async () => {},
    archives: {
      find: async ({ idType, idNumbers }) =>
        idNumbers.flatMap((idNumber) => archives.get(patidOf({ idType, idNumber })) ?? []),
      create: async (archive, requestKey) => once(requestKey, () => fileOnce(archive)),
    },
    cards: {
      bind: async ({ patid }, requestKey) =>
        once(requestKey, () =>
          archives.has(patid)
            ? { kind: 'yes', value: undefined }
            : { kind: 'no', code: 'patid-unknown', reason: 'no such archive' },
        ),
    },
  }
}
