/**
 * Does the work for each item, so many at the same time, in order; the results are in the order of the items.
 *
 * What waits holds no memory but the item. After the first rejection, or when the signal says so, no further item is begun.
 *
 * @throws what the work threw first, or the reason of the signal
 */
export async function inPool<T, R>(
  items: readonly T[], size: number, work: (item: T) => Promise<R>, signal?: AbortSignal,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      signal?.throwIfAborted();
      const at = next++;
      try {
        results[at] = await work(items[at]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, worker));
  return results;
}
