/** The same, read only all the way down: what an answer of the contract may be made of. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T
