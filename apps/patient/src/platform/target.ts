let h5 = false
// #ifdef H5
h5 = true
// #endif

/** A plain constant, so that the bridges need no conditional comments (and no unreachable code) of their own. */
export const isH5: boolean = h5
