export { authenticate } from '#server/user/authenticate.ts'
export { createPerson } from '#server/user/create-person.ts'
export {
  findPerson,
  findPersonByLogin,
  findPersonsById,
  findPersonsByLogin,
  findPersonsToTell,
  listPersons,
  type NamedPerson,
} from '#server/user/person.store.ts'
