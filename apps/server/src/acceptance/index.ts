/** （六）腾讯功能改造验收: evidence, recordings, packages, review rounds. */
export {}
