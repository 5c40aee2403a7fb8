export { authenticate } from '#server/user/authenticate.ts'
export { createPerson } from '#server/user/create-person.ts'
export {
  findPerson,
  findPersonByLogin,
  findPersonsToTell,
  listPersons,
} from '#server/user/person.store.ts'
