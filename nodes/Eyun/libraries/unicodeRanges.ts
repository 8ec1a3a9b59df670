const HIGHEST_CODE_POINT = 0x10ffff;

/**
 * The characters with a property, as JavaScript's own regular expressions know them: the build puts this
 * in the place of RE2's tables (scripts/lib/unicodeTables.cts), which are a quarter of that library.
 * Takes about 50 ms; RE2 keeps what comes back.
 *
 * @param property what stands in `\p{…}`, such as `Lu` or `Script=Han`
 * @returns the first and the last code point of each range, one after the other; none for a property
 *   that is newer than the Node.js that runs this
 */
export function unicodeRanges(property: string): number[] {
	const pattern = patternOf(property);
	if (pattern === undefined) return [];
	const ranges: number[] = [];
	let isInside = false;
	for (let code = 0; code <= HIGHEST_CODE_POINT; code++) {
		if (pattern.test(String.fromCodePoint(code)) === isInside) continue;
		ranges.push(isInside ? code - 1 : code);
		isInside = !isInside;
	}
	return isInside ? [...ranges, HIGHEST_CODE_POINT] : ranges;
}

function patternOf(property: string): RegExp | undefined {
	try {
		return new RegExp(`\\p{${property}}`, 'u');
	} catch {
		return undefined;
	}
}
