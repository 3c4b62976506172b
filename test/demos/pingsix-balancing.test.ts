// Public cases of the PingSIX playground, one row each: what goes in, what must come out. Sources: the tests of
// PingSIX (December 2024), Pingora 0.4 and matchit 0.8.5; rows without such a test were run against those programs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  backend,
  createBalancer,
  ketamaRing,
  select,
} from '../../content/projects/pingsix/demo/core/index.js'
import { type Case, equal, fnvThree, names, three, walk } from './pingsix-world.js'

const cases: readonly Case[] = [
  [
    'A-32',
    'round robin walks the weighted list first, then the plain one',
    () => {
      const balancer = createBalancer('roundrobin', three, createRng(1))
      const { next } = balancer.walk('')
      const one = Array.from({ length: 5 }, () => three[next()]!.address)
      return [one, Array.from({ length: 7 }, () => three[balancer.walk('').next()]!.address)].map((list) =>
        list.map((address) => names[address]),
      )
    },
    [
      ['b2', 'b3', 'b1', 'b2', 'b3'],
      ['b2', 'b2', 'b2', 'b3', 'b1', 'b2', 'b2'],
    ],
  ],
  [
    'A-33',
    'FNV hashes its own hash for the next candidate',
    () => walk('fnv', fnvThree, 'test', 11).map((address) => names[address]),
    ['b2', 'b2', 'b2', 'b1', 'b3', 'b2', 'b2', 'b1', 'b2', 'b3', 'b1'],
  ],
  [
    'A-34',
    'FNV spreads keys by weight',
    () => [1, 2, 3, 4, 5, 6, 7].map((n) => names[walk('fnv', fnvThree, `test${n}`, 1)[0]!]),
    ['b2', 'b2', 'b3', 'b1', 'b2', 'b2', 'b2'],
  ],
  [
    'A-35',
    'ketama',
    () => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => names[walk('ketama', equal, `test${n}`, 1)[0]!]),
    ['b2', 'b1', 'b1', 'b1', 'b1', 'b3', 'b1', 'b3', 'b1', 'b2'],
  ],
  [
    'A-36',
    'ketama moves only the keys of the backend that left',
    () => {
      const two = equal.filter((b) => names[b.address] !== 'b3')
      return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => names[walk('ketama', two, `test${n}`, 1)[0]!])
    },
    ['b2', 'b1', 'b1', 'b1', 'b1', 'b2', 'b1', 'b1', 'b1', 'b2'],
  ],
  [
    'A-37',
    'ketama walks along the ring',
    () => {
      const nodes = [7777, 7778, 7779].map((port) => backend('127.0.0.1', port))
      return walk('ketama', nodes, 'doghash', 8).map((address) => Number(address.at(-1)))
    },
    [8, 9, 9, 7, 7, 8, 8, 9],
  ],
  [
    'A-38',
    'ketama over IPv6',
    () => {
      const nodes = [7777, 7778, 7779].map((port) => backend('::1', port))
      return walk('ketama', nodes, 'doghash', 7).map((address) => Number(address.at(-1)))
    },
    [7, 8, 7, 8, 8, 7, 9],
  ],
  [
    'A-39',
    "ketama finds nginx's nodes",
    () => {
      const nodes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => backend(`10.0.0.${n}`, 443, 100))
      return [
        '/81fa1d251d605775d647b5b55565e71526d4cef6',
        '/2fec328e6ccdda6a7edf329f9f780e546ea183b4',
        '/19fb835d90883a6263ec4279c6da184e3f1a79b2',
      ].map((key) => walk('ketama', nodes, key, 1)[0])
    },
    ['10.0.0.7:443', '10.0.0.5:443', '10.0.0.4:443'],
  ],
]

for (const [id, says, run, expected] of cases) test(`${id}: ${says}`, () => assert.deepEqual(run(), expected))

test('the ring of ketama has 160 points for each unit of weight, less the equal ones', () => {
  assert.equal(ketamaRing(equal).length, 480)
})

test('a walk gives each backend once, and the round robin counter pays for every step', () => {
  const balancer = createBalancer('roundrobin', three, createRng(1))
  const { candidates, chosen } = select(balancer, '', () => false)
  assert.deepEqual([candidates.length, chosen, balancer.counter], [3, null, 256])
})
