/** What of the flows the panels ask for, as filters. */

const PRIVATE = '(10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or fc00::/7)'

export const REJECTED = 'action:reject'
/** What leaves an interface: with logs at both ends, each flow is counted once. */
export const LEAVES = 'direction:egress'
/** To addresses that no VPC has. */
export const OUTWARDS = `not dst.ip:${PRIVATE}`
/** What a NAT gateway takes in; without types of interfaces, what passes through one that has neither address. */
export const AT_NAT = `(interface.type:nat_gateway and direction:ingress) or (not interface.type:* and ip.version:4 and ((direction:ingress and ${OUTWARDS}) or (direction:egress and not src.ip:${PRIVATE})))`
/** Gateway endpoints cost nothing; of paths that may be either, what goes to their services is theirs. */
export const TO_INTERNET = `direction:egress and (traffic.path:"internet gateway" or (traffic.path:"internet or endpoint gateway" and not dst.cloud.service:(S3 or DYNAMODB)))`
export const TO_OTHER_REGION = 'direction:egress and traffic.path:"peering, other region"'
export const INTO_TRANSIT = 'tgw.id:* and direction:ingress'
