/**
 * Runs the WebAssembly module of the package silk-wasm. The package's own loader is not used: it
 * reads files and makes code from text, both of which n8n forbids. One-letter names are those of
 * version 3.7.1, to which package.json holds fast.
 */

/** What the module offers to its host. */
interface Exports {
	x: { readonly buffer: ArrayBuffer; grow(pages: number): number };
	/** Registers the two functions; called once, before anything else. */
	y(): void;
	/** Allocates memory, gives back its address. */
	A(bytes: number): number;
	/** Functions by their numbers. */
	D: { get(index: number): unknown };
}

type Invoker = (fn: number, input: number, rate: number, callback: number) => number;

/** The names that the module asks its host for. */
const IMPORTS = 'abcdefghijklmnopqrstuvw';

const PAGE = 64 * 1024;

/** More memory is not given, so that no file can take that of n8n. */
const MOST_MEMORY = 256 * 1024 * 1024;

/** Any number will do: the host knows but one callback. */
const CALLBACK = 1;

/** Something in the module gave up: a file that is damaged, or too large for its memory. */
class CodecFailure extends Error {}

/**
 * Runs one of the module's two functions in a fresh instance, which a damaged file cannot spoil for
 * the next one. It keeps the process busy: about 2 ms for a second of speech to decode, 30 to encode.
 *
 * @param name which one
 * @param input SILK or 16-bit mono PCM
 * @param rate samples per second of the PCM
 * @returns PCM or SILK; empty when the module made nothing of it
 * @throws CodecFailure or an error of WebAssembly for files that it cannot cope with
 */
export async function runCodec(
	name: 'silk_encode' | 'silk_decode',
	input: Uint8Array,
	rate: number,
): Promise<Uint8Array> {
	// Only here is the codec read from the disk: whoever converts no voice never has it in memory.
	const { silkWasm } = await import('../libraries/silk');
	const functions = new Map<string, { invoker: number; fn: number }>();
	let output = new Uint8Array();
	const memory = () => new DataView(exports.x.buffer);

	const giveUp = () => {
		throw new CodecFailure('the codec gave up');
	};
	const host: Record<string, (...args: number[]) => unknown> = {
		...Object.fromEntries([...IMPORTS].map((letter) => [letter, () => 0])),
		/** A function is registered: its name, types, and how to call it. */
		c: (address, _count, _types, _signature, invoker, fn) => {
			functions.set(textAt(memory(), address), { invoker, fn });
		},
		/** Bytes are handed over for the callback: how many, and where. */
		j: (_type, view) => {
			const [length, address] = [
				memory().getUint32(view, true),
				memory().getUint32(view + 4, true),
			];
			if (length > 0) output = new Uint8Array(memory().buffer, address, length).slice();
			return CALLBACK;
		},
		/** More memory is wanted. */
		w: (bytes) => {
			const { x } = exports;
			if (bytes >>> 0 > MOST_MEMORY) return 0;
			x.grow(Math.ceil(((bytes >>> 0) - x.buffer.byteLength) / PAGE));
			return 1;
		},
		r: giveUp,
		u: giveUp,
		v: giveUp,
	};
	const { instance } = await WebAssembly.instantiate(silkWasm, { a: host });
	const exports = instance.exports as Exports;
	exports.y();
	const found = functions.get(name);
	if (found === undefined) throw new CodecFailure(`the codec has no ${name}`);
	const address = exports.A(4 + input.length + 1);
	memory().setUint32(address, input.length, true);
	new Uint8Array(exports.x.buffer).set(input, address + 4);
	(exports.D.get(found.invoker) as Invoker)(found.fn, address, rate, CALLBACK);
	return output;
}

function textAt(memory: DataView, address: number): string {
	let text = '';
	for (let at = address; memory.getUint8(at) !== 0; at++) {
		text += String.fromCharCode(memory.getUint8(at));
	}
	return text;
}
