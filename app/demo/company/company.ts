/** The invented company. `.example` names can belong to nobody (RFC 2606). */
export const COMPANY = {
  name: 'Lumenly',
  slug: 'lumenly',
  domain: 'lumenly.example',
  githubOrganization: 'lumenly',
} as const
