export { loadDemo } from '#server/demo/load-demo.ts'
