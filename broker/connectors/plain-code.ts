/** The code of an error without what a hostile answer could write into a log with it. */
export const plainCode = (code: string): string => code.replace(/[^\w.:-]/g, '').slice(0, 80)
