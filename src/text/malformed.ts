/** Text that is not what its format says; whoever reads knows what it belongs to, and says so. */
export class Malformed extends Error {}
