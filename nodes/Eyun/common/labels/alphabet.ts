/**
 * Sorts English names as n8n's lint wants lists of the editor to be. `localeCompare` does the same, but
 * loads its tables first, which takes a third of the time in which n8n loads a node.
 *
 * @param items stay as they are
 * @param nameOf what an item is called
 */
export function alphabetical<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
	const named = items.map((item) => ({ item, key: nameOf(item).toLowerCase() }));
	named.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
	return named.map(({ item }) => item);
}
