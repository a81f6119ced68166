/** Network interfaces of a cloud, as it tells of them: what the call takes and answers. */
import { z } from 'zod'
import { time } from './questions.ts'

export const cloudInterface = z.object({
  id: z.string().meta({ description: 'As in `interface.id`.' }),
  name: z.string().meta({ description: 'Its tag `Name`; empty where it has none.' }),
  description: z.string(),
  kind: z.string().meta({ description: 'What it is of: `interface`, `nat_gateway`, `lambda` …, as AWS says.' }),
  account: z.string(),
  vpc: z.string(),
  subnet: z.string(),
  zone: z.string().meta({ description: 'Availability zone, by its name.' }),
  instance: z.string().meta({ description: 'Instance that it is attached to; empty where there is none.' }),
  addresses: z.array(z.string()).meta({ description: 'Private and IPv6 addresses, then public ones.' }),
  groups: z.array(z.object({ id: z.string(), name: z.string() })).meta({ description: 'Security groups.' }),
  tags: z.array(z.tuple([z.string(), z.string()])).meta({ description: 'Its other tags, by key.' }),
})

/** It was so from `since` on, when it was first seen like this, and last at `seen`; epoch milliseconds. */
export const knownInterface = cloudInterface.extend({ sinceMs: z.number(), seenMs: z.number() })

export const cloudInterfacesQuery = z.strictObject({
  at: time.default('now').meta({ description: 'How they were then.' }),
})

export const cloudInterfacesAnswer = z.object({ interfaces: z.array(knownInterface) })
