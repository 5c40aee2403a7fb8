/**
 * Version of everything in the kernel that decides. A change that gives another outcome for the
 * same inputs takes the next number, so that a replay knows which decisions are not its own.
 */
export const engineVersion = '1'
