import type { Cloud } from '../graph/index.ts'
import type { CloudAnalyzer } from './cloud-analyzer.ts'
import type { LineSimulator } from './line-simulator.ts'
import { ObjectSimulator } from './object-simulator.ts'

// Each cloud's code is loaded when it is asked for: reading a hundred modules takes as long as analysing a small estate.

/** A cloud's analyzer. */
export async function analyzerOf(cloud: Cloud): Promise<CloudAnalyzer> {
  switch (cloud) {
    case 'aws':
      return (await import('./aws/analyzer.ts')).awsAnalyzer
    case 'gcp':
      return (await import('./gcp/analyzer.ts')).gcpAnalyzer
    case 'azure':
      return (await import('./azure/analyzer.ts')).azureAnalyzer
  }
}

/** A new simulator of a cloud. */
export async function simulatorOf(cloud: Cloud): Promise<LineSimulator> {
  switch (cloud) {
    case 'aws': {
      const { Simulator } = await import('./aws/simulate/simulator.ts')
      return new Simulator()
    }
    case 'gcp': {
      const { simulateGcp } = await import('./gcp/simulate/simulate.ts')
      return new ObjectSimulator(simulateGcp)
    }
    case 'azure': {
      const { simulateAzure } = await import('./azure/simulate/simulate.ts')
      return new ObjectSimulator(simulateAzure)
    }
  }
}
