import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { escapeText, html, mailLink, phoneLink } from './html.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><svg/onload=alert(1)>',
  '&lt;already&gt;',
  'javascript:alert(1)',
  '\u0000<\u2028b>',
]

test('no text put into a template can open a tag or leave its attribute', () => {
  const any = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile))
  fc.assert(
    fc.property(any, any, (content, attribute) => {
      const { markup } = html`<p title="${attribute}">${content}</p>`
      const inner = markup.slice('<p title="'.length, -'</p>'.length)
      assert.equal([...inner.matchAll(/[<>]/g)].length, 1, 'only the end of the opening tag')
      assert.equal([...inner.matchAll(/["']/g)].length, 1, 'only the end of the attribute')
    }),
    { numRuns: 2_000 },
  )
})

test('escaping loses nothing: read back, the text is the same', () => {
  const back: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile)), (text) => {
      assert.equal(
        escapeText(text).replace(/&(amp|lt|gt|quot|#39);/g, (entity) => back[entity]!),
        text,
      )
    }),
  )
})

test('markup goes through as it is, lists are joined, and what is absent leaves nothing', () => {
  const inner = html`<b>${'<'}</b>`
  assert.equal(html`${inner}${[inner, 'x', 1]}${undefined}${null}${false}`.markup, '<b>&lt;</b><b>&lt;</b>x1')
})

test('an object from outside is never taken for markup', () => {
  const forged = JSON.parse('{"markup":"<script>","0":"x"}')
  assert.throws(() => html`${forged}`)
})

test('a link to an address carries no other scheme, header or tag', () => {
  assert.equal(mailLink('dpo@a.example').markup, '<a href="mailto:dpo@a.example">dpo@a.example</a>')
  for (const bad of hostile)
    assert.match(mailLink(bad).markup, /^<a href="mailto:[^"<>'?&:]*(&#39;[^"<>]*)*">[^<>]*<\/a>$/)
  assert.equal(phoneLink('+44 (113) 555 0100').markup, '<a href="tel:+441135550100">+44 (113) 555 0100</a>')
})
