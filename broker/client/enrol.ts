import { readToken } from '../protocol/enrolment-token.ts'
import { certificateOf, type AgentHome, type Enrolled } from './agent-home.ts'
import { BrokerCalls, brokerUrl } from './broker-calls.ts'
import { answerBroker, makeKeys } from './device-keys.ts'

export interface EnrolOptions {
  readonly home: AgentHome
  /** `https://host:port` of the enrolment port. */
  readonly broker: string
  readonly token: string
  readonly place: { readonly kind: 'software' } | { readonly kind: 'tpm'; readonly address: string }
  readonly now: () => number
}

/**
 * Enrols this machine: new keys, the broker's two questions, a certificate, and everything that the agent needs in its
 * folder. An earlier enrolment there is replaced only when this one has come to its end.
 */
export async function enrolDevice(options: EnrolOptions): Promise<Enrolled> {
  const { home, place, now } = options
  const { secret, authority: hash } = readToken(options.token)
  const broker = brokerUrl(options.broker).origin
  home.prepare()
  const { keys, claims } = await makeKeys(place)
  const authority = await BrokerCalls.authority(broker, hash)
  const calls = new BrokerCalls(broker, authority)
  const ports = await calls.ports()
  const asked = await calls.begin({ who: { token: secret }, tpm: claims })
  const answer = await calls.finish(await answerBroker(keys, asked, 'gomeisa device'))
  const enrolled = { broker, ports, authority, keys, ...certificateOf(answer, now()) }
  home.save(enrolled)
  return enrolled
}

/** Renews the certificate: the same questions for the same keys. */
export async function renewDevice(home: AgentHome, enrolled: Enrolled, now: () => number): Promise<Enrolled> {
  const calls = new BrokerCalls(enrolled.broker, enrolled.authority)
  const ports = await calls.ports()
  const asked = await calls.begin({ who: { device: enrolled.device }, tpm: undefined })
  const answer = await calls.finish(await answerBroker(enrolled.keys, asked, 'gomeisa device'))
  const renewed = { ...enrolled, ports, ...certificateOf(answer, now()) }
  home.save(renewed)
  return renewed
}
