/**
 * Why one is not in a meeting (any more): by oneself, because it ended, because it is no longer open to the person, because
 * of a cut, because an organiser sent them away from the door, or because it was locked.
 */
export type Left = 'left' | 'ended' | 'removed' | 'lost' | 'refused' | 'locked';
