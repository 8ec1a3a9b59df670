/** Sounds whose pitch is known. */

/** A tone as 16-bit samples, one channel. */
export function sine(hertz: number, seconds: number, rate: number): Int16Array {
	return Int16Array.from({ length: Math.round(seconds * rate) }, (_, index) =>
		Math.round(10_000 * Math.sin((2 * Math.PI * hertz * index) / rate)),
	);
}

/** How often per second the samples rise through zero, beginning and end left out. */
export function pitchOf(samples: Int16Array, rate: number): number {
	const middle = samples.subarray(samples.length / 10, -samples.length / 10);
	const rises = middle.reduce(
		(sum, sample, index) => sum + Number(index > 0 && middle[index - 1] < 0 && sample >= 0),
		0,
	);
	return (rises * rate) / middle.length;
}
