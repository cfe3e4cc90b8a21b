import { beforeEach, describe } from 'vitest'
import { MemoryStore } from '../../../graph/index.ts'
import { graphStoreContract } from '../../contract/graph-store.ts'

let memory: MemoryStore
beforeEach(() => {
  memory = new MemoryStore()
})

describe('the store in memory keeps the contract of every store', () => {
  graphStoreContract(
    () => memory,
    () => memory,
  )
})
