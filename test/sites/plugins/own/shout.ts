/** Text in capitals, with marks. */
export const shout = (text: string, marks = 1): string => `${text.toUpperCase()}${'!'.repeat(marks)}`
