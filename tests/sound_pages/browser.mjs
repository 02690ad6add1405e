// Opens pages in Chromium as readers see them, and prints what axe-core finds, and what is too wide, as JSON.
// Arguments: the browser, a folder for pictures (empty for none), pages.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'

const packages = createRequire(path.join(process.cwd(), 'package.json'))
const { chromium } = packages('playwright-core')
const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8')
const [executablePath, pictures, ...pages] = process.argv.slice(2)

const VIEWS = [320, 360, 1280].flatMap((width) => [
  { width, colorScheme: 'light', media: 'screen' },
  { width, colorScheme: 'dark', media: 'screen' },
])
VIEWS.push({ width: 720, colorScheme: 'light', media: 'print' })

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const faults = []
for (const file of pages) {
  for (const { width, colorScheme, media } of VIEWS) {
    // The page's own policy would keep axe out; frames would ask the network.
    const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 800 } })
    await context.route(/^https?:/, (route) => route.abort())
    const page = await context.newPage()
    await page.emulateMedia({ media, colorScheme })
    await page.goto(`file://${file}`)
    const view = `${path.basename(file)} ${width} ${colorScheme} ${media}`
    await page.evaluate(axe)
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    for (const one of found.violations) {
      faults.push(`${view}: ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`)
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) faults.push(`${view}: ${wide} pixels wider than the window`)
    if (media === 'print') faults.push(...(await page.evaluate(printed)).map((fault) => `${view}: ${fault}`))
    if (pictures) await page.screenshot({ path: path.join(pictures, `${view.replaceAll(' ', '-')}.png`), fullPage: true })
    await context.close()
  }
}
await browser.close()
console.log(JSON.stringify(faults))

// Returns what paper would not show.
function printed() {
  const hidden = []
  for (const box of document.querySelectorAll('pre, .page-table')) {
    if (box.scrollWidth > box.clientWidth + 1) hidden.push(`${box.tagName} is cut`)
  }
  for (const box of document.querySelectorAll('details:not([open]) > :not(summary)')) {
    if (!box.checkVisibility({ contentVisibilityAuto: true })) hidden.push('closed details')
  }
  return hidden
}
