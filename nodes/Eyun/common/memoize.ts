const MOST_RESULTS = 200;

/**
 * A function that makes something of a text and remembers it: what stands in a node's parameters is
 * the same for every callback.
 *
 * @param make what to do the first time; its results are never changed. What else it takes is the same
 *   for every call
 */
export function memoize<Result, Rest extends unknown[]>(
	make: (text: string, ...rest: Rest) => Result,
): (text: string, ...rest: Rest) => Result {
	const results = new Map<string, Result>();
	return (text, ...rest) => {
		const known = results.get(text);
		if (known !== undefined) return known;
		if (results.size >= MOST_RESULTS) results.clear();
		const result = make(text, ...rest);
		results.set(text, result);
		return result;
	};
}
