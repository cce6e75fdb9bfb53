/** How many values of one document are read. Far above any cluster's dump, and reached within seconds. */
export const mostValues = 1_000_000;

/**
 * What is left to read of one document.
 *
 * The aliases of YAML let a page of text unfold to more values than memory holds, so that the size of a file bounds nothing.
 */
export interface Budget {
  left: number;
}

export function newBudget(): Budget {
  return { left: mostValues };
}

/** Takes from the budget; `false` where it does not suffice, and then nothing is left for anybody. */
export function spend(budget: Budget, values: number): boolean {
  budget.left = values > budget.left ? -1 : budget.left - values;
  return !isSpent(budget);
}

export function isSpent(budget: Budget): boolean {
  return budget.left < 0;
}

/** Ends "… is not judged, because". */
export const tooManyValues = 'the document holds more than 1,000,000 values';
