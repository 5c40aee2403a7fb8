export type { DemoSignIn } from '#server/demo/hire-people.ts'
export { loadDemo } from '#server/demo/load-demo.ts'
