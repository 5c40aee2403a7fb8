import { bundleWeb } from './web-bundle.ts'

await bundleWeb()
