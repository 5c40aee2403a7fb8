export { stateOfMail } from '#server/notice/mail-state.ts'
export { notify } from '#server/notice/notify.ts'
