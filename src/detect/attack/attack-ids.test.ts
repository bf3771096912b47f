import { expect, test } from 'vitest'
import { parseRule } from '../rule.js'
import { attackIds, attackName, attackPage, isAttackId } from './attack-ids.js'

test('every id has the form of MITRE, and every sub-technique its technique', () => {
  for (const id of attackIds()) {
    expect(id).toMatch(/^(TA00\d\d|T1\d{3}(\.\d{3})?)$/)
    expect(isAttackId(id.replace(/\..*/, '')), id).toBe(true)
  }
  expect(new Set(attackIds()).size).toBe(attackIds().length)
})

test('a sub-technique is named with its technique', () => {
  expect(attackName('TA0043')).toBe('Reconnaissance')
  expect(attackName('T1046')).toBe('Network Service Discovery')
  expect(attackName('T1595.001')).toBe('Active Scanning: Scanning IP Blocks')
  expect(attackName('T1595.999')).toBeUndefined()
  expect(attackPage('T1595.001')).toBe('https://attack.mitre.org/techniques/T1595/001/')
})

test.each(['T1596.999', 'TA0099', 'brute force'])('a rule that names %s is refused with its place', id => {
  const read = () => parseRule(`id: a-rule\nfamily: scan\ntitle: A rule\nattack: [T1046, ${id}]\nreads: [flows]\n`, 'mine.yaml')
  expect(read).toThrow(/^attack\.1: .*MITRE ATT&CK/)
  expect(read).toThrow(expect.objectContaining({ code: 'rule-invalid', kind: 'usage', where: 'mine.yaml:4:17' }))
})
