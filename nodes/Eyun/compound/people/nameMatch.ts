/** How well a name fits: all of it, or a part. */
export type Match = 'exact' | 'contains';

/** A text as it is compared: without the differences of case, width and spaces around it. */
function comparable(text: string): string {
	return text.normalize('NFKC').trim().toLowerCase();
}

/**
 * Makes a test for names.
 *
 * @param wanted what somebody is called, or a part of it
 * @returns a function that takes somebody's names and tells the best match of any of them
 */
export function nameTest(wanted: string): (names: readonly string[]) => Match | undefined {
	const text = comparable(wanted);
	return (names) => {
		const all = names.map(comparable);
		if (all.includes(text)) return 'exact';
		return all.some((name) => name.includes(text)) ? 'contains' : undefined;
	};
}
