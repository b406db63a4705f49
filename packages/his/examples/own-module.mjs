// A hospital's own module: a function of the context that answers a port. Here the HIS is a Map; yours is a client.
// zhangyi his check packages/his/examples/own-module.mjs --fixtures ./samples.json

const KEY_REUSED = { kind: 'no', code: 'key-reused', reason: 'the request key came with another input' }

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
  // The same request key acts once and gets the same answer, with other input none; a real one keeps this over
  // restarts.
  const answered = new Map()
  const once = (requestKey, input, act) => {
    const text = JSON.stringify(input)
    const before = answered.get(requestKey)
    if (before) return before.text === text ? before.answer : KEY_REUSED
    const answer = act()
    answered.set(requestKey, { text, answer })
    return answer
  }
  return {
    probe: async () => {},
    archives: {
      find: async ({ idType, idNumbers }) =>
        idNumbers.flatMap((idNumber) => archives.get(patidOf({ idType, idNumber })) ?? []),
      create: async (archive, requestKey) => once(requestKey, archive, () => fileOnce(archive)),
    },
    cards: {
      bind: async (card, requestKey) =>
        once(requestKey, card, () =>
          archives.has(card.patid)
            ? { kind: 'yes', value: undefined }
            : { kind: 'no', code: 'patid-unknown', reason: 'no such archive' },
        ),
    },
  }
}
