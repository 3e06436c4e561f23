/**
 * Items in order. Finding a place takes O(log n) comparisons; making room for it moves memory, which for the 10,000 items
 * of the longest queue we plan for is faster than any tree.
 */
export class SortedList<Item> {
  readonly #items: Item[] = [];
  readonly #compare: (left: Item, right: Item) => number;

  /** @param compare a total order: 0 only for the same item */
  constructor(compare: (left: Item, right: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  first(): Item | undefined {
    return this.#items[0];
  }

  /** The item at `index` (0 = first). */
  at(index: number): Item | undefined {
    return this.#items[index];
  }

  /** How many items come before this one, which need not be in the list. */
  countBefore(item: Item): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#items[middle];
      if (other !== undefined && this.#compare(other, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add(item: Item): void {
    this.#items.splice(this.countBefore(item), 0, item);
  }

  /** Removes the item that compares equal. */
  remove(item: Item): void {
    const index = this.countBefore(item);
    const found = this.#items[index];
    if (found !== undefined && this.#compare(found, item) === 0) this.#items.splice(index, 1);
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items[Symbol.iterator]();
  }
}
