/** The days of a year that an address names; none where it names no year, and the server takes the present one. */
export const yearPeriod = (year: string | undefined): { from?: string; to?: string } => (year && /^\d{4}$/.test(year) ? { from: `${year}-01-01`, to: `${year}-12-31` } : {})
