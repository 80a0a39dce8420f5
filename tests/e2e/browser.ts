/**
 * A real Chromium for the tests of pages: `CHROME_PATH`, else the one in the npm package `@sparticuz/chromium`, else an
 * installed one. The packed one is unpacked once into a folder of its own, whole before it bears its name, so that two
 * test files never start half a browser. Its own font configuration points at one fixed folder, so it gets another,
 * which also lists the fonts of the machine; that text has a width is checked before any page is looked at.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

export async function startBrowser(): Promise<Browser> {
  const { executablePath, env } = await findBrowser()
  const browser = await chromium.launch({ executablePath, args: flags, env: { ...definedEnvironment(), ...env } })
  const page = await browser.newPage()
  await page.setContent('<span>measure</span>')
  const width = (await page.locator('span').boundingBox())?.width ?? 0
  await page.close()
  if (width < 10) throw new Error('the browser finds no font: text has no width')
  return browser
}

interface Found {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

async function findBrowser(): Promise<Found> {
  const named = process.env.CHROME_PATH
  if (named !== undefined && named !== '') return { executablePath: named, env: {} }
  try {
    return await unpacked()
  } catch (error) {
    const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
    if (installed !== undefined) return { executablePath: installed, env: {} }
    throw error
  }
}

async function unpacked(): Promise<Found> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : ''
  const folder = join(tmpdir(), `avow-chromium-${version}-${process.getuid?.() ?? 0}`)
  if (!existsSync(folder)) await unpack(folder, join(dirname(entry), '..', 'bin'))
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      FONTCONFIG_PATH: folder,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      // The few libraries the browser needs and a bare machine lacks, in the versions it was built with.
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(folder, 'al2023', 'lib')].filter(Boolean).join(':'),
    },
  }
}

/** `@sparticuz/chromium` unpacks into the temporary folder as it stands at the call, so it is lent one of its own. */
async function unpack(folder: string, packed: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium')
  const own = mkdtempSync(join(tmpdir(), 'avow-unpack-'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = own
  try {
    await Promise.all(readdirSync(packed).map((name) => inflate(join(packed, name))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  mkdirSync(join(own, 'cache'))
  writeFileSync(join(own, 'fonts.conf'), fontConfiguration(folder))
  try {
    renameSync(own, folder)
  } catch (error) {
    rmSync(own, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // else another process was quicker
  }
}

const fontConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
