/** Everyone who may talk: the company and what is outside. */
import { Company, type Host, type Role, type SiteName } from './company.ts'
import { Internet } from './internet.ts'

export class World {
  readonly company: Company
  readonly internet: Internet

  constructor(seed: number) {
    this.company = new Company(seed)
    this.internet = new Internet(seed)
  }

  /** Hosts of a role at a site, the busiest first; none where there are none. */
  pool(role: Role, site: SiteName): readonly Host[] {
    return site === 'internet' ? this.internet.pool(role) : this.company.pool(role, site)
  }
}
