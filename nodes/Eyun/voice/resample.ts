import type { Sound } from './wav';

/** How many periods of the slower rate a sample is made of, to each side. */
const REACH = 8;

/**
 * Brings sound to another rate: each sample is a weighted mean of those around it (a windowed sinc),
 * so that nothing above half the slower rate is left to be heard as something else.
 */
export function resample({ rate, samples }: Sound, wanted: number): Int16Array {
	if (rate === wanted) return samples;
	const cutoff = Math.min(1, wanted / rate);
	const reach = Math.ceil(REACH / cutoff);
	// Places between two samples come again after so many results, and with them their weights.
	const phases = wanted / greatestCommonDivisor(rate, wanted);
	const weights = Array.from({ length: phases }, (_, phase) =>
		weightsAt(((phase * rate) / wanted) % 1, cutoff, reach),
	);
	const result = new Int16Array(Math.round((samples.length * wanted) / rate));
	for (let index = 0; index < result.length; index++) {
		const first = Math.floor((index * rate) / wanted) - reach + 1;
		const around = weights[index % phases];
		let sum = 0;
		for (let tap = 0; tap < around.length; tap++) {
			sum += around[tap] * (samples[first + tap] ?? 0);
		}
		result[index] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
	}
	return result;
}

/** The weights of the samples around a place, which is a part of the way from one sample to the next. */
function weightsAt(part: number, cutoff: number, reach: number): Float64Array {
	const weights = Float64Array.from({ length: 2 * reach }, (_, tap) => {
		const distance = tap - reach + 1 - part;
		const x = Math.PI * distance * cutoff;
		return (x === 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
	});
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return weights.map((weight) => weight / total);
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
