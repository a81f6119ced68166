/** The keys of the metadata of a file of flows that Weir has exported. */
export const KEYS = { format: 'weir_format', version: 'weir_version', fields: 'weir_fields' } as const
