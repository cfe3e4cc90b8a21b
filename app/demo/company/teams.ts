/** A team: how many people, and in which clouds they work besides the office directory (Entra). */
export type Team = {
  readonly name: string
  readonly size: number
  readonly department: 'engineering' | 'business'
  readonly worksIn: readonly ('aws' | 'gcp')[]
}

export const TEAMS: readonly Team[] = [
  { name: 'payments', size: 22, department: 'engineering', worksIn: ['aws'] },
  { name: 'payroll', size: 14, department: 'engineering', worksIn: ['aws'] },
  { name: 'ledger', size: 14, department: 'engineering', worksIn: ['aws'] },
  { name: 'search', size: 12, department: 'engineering', worksIn: ['aws', 'gcp'] },
  { name: 'data-platform', size: 18, department: 'engineering', worksIn: ['aws', 'gcp'] },
  { name: 'ml', size: 12, department: 'engineering', worksIn: ['gcp'] },
  { name: 'web', size: 18, department: 'engineering', worksIn: ['aws'] },
  { name: 'mobile', size: 12, department: 'engineering', worksIn: ['aws'] },
  { name: 'integrations', size: 12, department: 'engineering', worksIn: ['aws'] },
  { name: 'platform', size: 14, department: 'engineering', worksIn: ['aws', 'gcp'] },
  { name: 'security', size: 8, department: 'engineering', worksIn: ['aws', 'gcp'] },
  { name: 'support', size: 24, department: 'business', worksIn: [] },
  { name: 'finance', size: 14, department: 'business', worksIn: ['aws'] },
  { name: 'product', size: 12, department: 'business', worksIn: ['gcp'] },
  { name: 'marketing', size: 10, department: 'business', worksIn: ['gcp'] },
  { name: 'sales', size: 24, department: 'business', worksIn: [] },
  { name: 'people', size: 8, department: 'business', worksIn: [] },
  { name: 'it', size: 8, department: 'business', worksIn: [] },
  { name: 'legal', size: 4, department: 'business', worksIn: [] },
  { name: 'executive', size: 6, department: 'business', worksIn: [] },
]

export function teamsIn(cloud: 'aws' | 'gcp'): Team[] {
  return TEAMS.filter((team) => team.worksIn.includes(cloud))
}
