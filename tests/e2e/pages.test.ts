import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { startPages } from './pages.ts'

const site = await startPages()
const browser = await startBrowser()
after(async () => {
  await browser.close()
  await site.close()
})

/** The whole board is long, and axe slow on it: it is looked at whole once light and once dark, by status in every look. */
const paths = ['/', '/privacy', '/promises?status=failing', '/promises?status=evidenced', '/nothing-here']
const long: Readonly<Record<string, readonly string[]>> = { light: ['/promises'], 'dark phone': ['/promises'] }
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: 'light', hasTouch: true },
  'dark phone': { viewport: { width: 360, height: 740 }, colorScheme: 'dark', hasTouch: true },
}

/** Opens a page and remembers whatever a visitor should never meet. */
async function visit(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('console', (message) => message.type() === 'error' && wrong.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) wrong.push(`asked elsewhere: ${request.url()}`)
    if (request.resourceType() === 'script') wrong.push(`a script: ${request.url()}`)
  })
  page.on('requestfailed', (request) => wrong.push(`failed: ${request.url()}`))
  try {
    const answer = await page.goto(site.url + path)
    const expected = path === '/nothing-here' ? 404 : 200
    assert.equal(answer?.status(), expected)
    await use(page)
    assert.deepEqual(await context.cookies(), [], 'no cookie is set')
    // The browser itself notes a 404 of the page; nothing else may be said.
    assert.deepEqual(
      wrong.filter((line) => expected === 200 || !line.includes('404')),
      [],
    )
  } finally {
    await context.close()
  }
}

for (const [look, options] of Object.entries(looks)) {
  for (const path of [...paths, ...(long[look] ?? [])]) {
    test(`${path} is free of barriers that axe can find, and fits its screen: ${look}`, async () => {
      await visit(path, options, async (page) => {
        // What is folded is looked at too: it is part of the page.
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')
        const { violations } = await new AxeBuilder({ page }).analyze()
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}: ${nodes[0]?.failureSummary}`),
          [],
        )
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        assert.equal(overflow, 0, 'nothing stands out to the right')
      })
    })
  }
}

for (const path of ['/', '/privacy', '/promises']) {
  test(`${path} shows everything without JavaScript, and no more with it`, async () => {
    const text = async (options: BrowserContextOptions) => {
      let shown = ''
      await visit(path, options, async (page) => {
        shown = await page.locator('body').ariaSnapshot()
      })
      return shown
    }
    const without = await text({ javaScriptEnabled: false })
    assert.ok(without.length > 500)
    assert.equal(await text({ javaScriptEnabled: true }), without)
  })
}

test('a keyboard is enough: skip to the content, go to the board, filter it, open what shows a promise', async () => {
  await visit('/', looks.light!, async (page) => {
    await page.keyboard.press('Tab')
    const skip = page.locator('.skip')
    assert.ok(
      await skip.evaluate((link) => link === link.ownerDocument.activeElement),
      'the first stop skips to the content',
    )
    assert.ok(((await skip.boundingBox())?.x ?? -1) >= 0, 'and is seen while it has the focus')
    await page.keyboard.press('Enter')
    assert.ok(page.url().endsWith('#content'))
    await tabTo(page, 'Promises')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/promises')
    await tabTo(page, 'Not yet')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/promises?status=not-yet')
    assert.equal(await page.locator('.promise').count(), await page.locator('.promise.not-yet').count())
    await tabTo(page, 'What shows it')
    await page.keyboard.press('Enter')
    assert.ok(await page.locator('details[open] dl').first().isVisible())
  })
})

/** Presses Tab until what has the focus begins with this text; a person would do no more. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate('document.activeElement?.textContent ?? ""')
    if (
      String(focused)
        .replace(/^\s*\d+\s*/, '')
        .startsWith(text)
    )
      return
  }
  assert.fail(`the keyboard never reaches ${text}`)
}

test('the board has an anchor for each promise, and the address of one leads to it', async () => {
  await visit('/promises#sale-never', looks.light!, async (page) => {
    const ids = await page.locator('.promise').evaluateAll((all) => all.map((each) => each.id))
    assert.deepEqual(new Set(ids), new Set(site.anchors))
    assert.equal(ids.length, site.anchors.length)
    assert.ok(await page.locator('#sale-never').evaluate((each) => each.matches(':target')))
  })
})

test('the notice has an anchor for each promise, and each leads to its evidence on the board', async () => {
  await visit('/privacy', looks.light!, async (page) => {
    for (const anchor of site.anchors) assert.equal(await page.locator(`[id="${anchor}"]`).count(), 1, anchor)
    const links = await page.locator('.evidence').evaluateAll((all) => all.map((each) => each.getAttribute('href')))
    assert.deepEqual(links.sort(), site.anchors.map((anchor) => `/promises#${anchor}`).sort())
    for (const link of await page
      .locator('main a[href^="#"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')))) {
      assert.equal(await page.locator(String(link)).count(), 1, `${link} leads somewhere`)
    }
  })
})

test('a status is told by its word and by a sign of its own shape, not by colour alone', async () => {
  await visit('/promises', looks.light!, async (page) => {
    const shown = await page.locator('.promise .status').allInnerTexts()
    assert.ok(shown.every((text) => /^(Evidenced|Failing|Not exercised|Not yet)$/.test(text.trim())))
    const shapes = await page.locator('.filters .sign').evaluateAll((all) => all.map((each) => each.innerHTML))
    assert.equal(new Set(shapes).size, 4)
  })
})

test('on paper nothing stays folded', async () => {
  await visit('/promises', looks.light!, async (page) => {
    await page.emulateMedia({ media: 'print' })
    const heights = await page
      .locator('details dl')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
    assert.ok(heights.length > 0 && heights.every((height) => height > 10))
  })
})
