/** Counts the changes of the two lists, so that a console notices a gap. */
export type ListSequences = { waiting: number; floor: number };
