export { authenticate } from '#server/user/authenticate.ts'
export { createDepartment } from '#server/user/create-department.ts'
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
export { scopeOf } from '#server/user/scope-of.ts'
export { scopeOfPerson } from '#server/user/scope-of-person.ts'
