/**
 * Does the same with several ways in turns, so that whatever else the machine does meets them all
 * alike; each round begins with another way. A first round is not counted: code is loaded and
 * compiled in it.
 */
export async function inTurns<Way extends string, Round>(
	rounds: number,
	ways: readonly Way[],
	measure: (way: Way) => Promise<Round>,
): Promise<Record<Way, Round[]>> {
	const results = Object.fromEntries(ways.map((way) => [way, []])) as unknown as Record<
		Way,
		Round[]
	>;
	for (let round = 0; round <= rounds; round++) {
		for (let n = 0; n < ways.length; n++) {
			const way = ways[(round + n) % ways.length];
			const result = await measure(way);
			if (round > 0) results[way].push(result);
		}
	}
	return results;
}

/** The middle value; the mean of the two middle ones of an even number. Throws for no values. */
export function median(values: readonly number[]): number {
	if (values.length === 0) throw new Error('There is no median of nothing');
	const sorted = [...values].sort((a, b) => a - b);
	const upper = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
}
