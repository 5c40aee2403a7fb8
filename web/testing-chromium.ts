import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const installed = createRequire(import.meta.url)

/**
 * A real Chromium: that of `CHROMIUM_PATH`, the one that comes in a package for Linux on x64, or the
 * system's. Chinese text has a font that comes in a package too: a bare machine would draw nothing.
 */
export async function launchChromium(): Promise<Browser> {
  const { path, libraries } = findChromium()
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--font-render-hinting=none', '--disable-dev-shm-usage'],
    env: {
      ...(process.env as Record<string, string>),
      FONTCONFIG_FILE: fontSettings(),
      ...(libraries === undefined
        ? {}
        : { LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }),
    },
  })
}

function findChromium(): { readonly path: string; readonly libraries?: string } {
  const named = process.env.CHROMIUM_PATH
  if (named) return { path: named }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = unpacked()
    return { path: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') }
  }
  const path = systemBrowsers.find((candidate) => existsSync(candidate))
  if (path) return { path }
  throw new Error(
    'There is no Chromium for the browser tests: install Google Chrome or Chromium, or name one by ' +
      'CHROMIUM_PATH=/path/to/chromium.',
  )
}

const systemBrowsers = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Unpacks the browser of the package once per version and person: beside its place and moved there
 * whole, since other tests may do the same at this moment.
 */
function unpacked(): string {
  const version = installed('../package.json').devDependencies['@sparticuz/chromium']
  const folder = join(tmpdir(), `xinheng-chromium-${userInfo().uid}-${version}`)
  if (existsSync(folder)) return folder
  const beside = mkdtempSync(`${folder}.`)
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    // It brings the libraries that a bare machine lacks where it takes this for a cloud function.
    env: { ...process.env, TMPDIR: beside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  try {
    renameSync(beside, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(beside, { recursive: true, force: true })
  }
  return folder
}

function fontSettings(): string {
  const folder = join(tmpdir(), `xinheng-fonts-${userInfo().uid}`)
  const file = join(folder, 'fonts.conf')
  mkdirSync(folder, { recursive: true })
  const fonts = resolve(import.meta.dirname, '../node_modules/@embedpdf/fonts-sc/fonts')
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans S Chinese</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Noto Sans S Chinese</family></prefer></alias>
</fontconfig>
`,
  )
  return file
}
