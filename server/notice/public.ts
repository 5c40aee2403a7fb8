export { type DigestNotice, digestReaders, noticesForDigest } from '#server/notice/digest.store.ts'
export { mailDigest } from '#server/notice/mail-digest.ts'
export { stateOfMail } from '#server/notice/mail-state.ts'
export { notify } from '#server/notice/notify.ts'
