/** A WebAssembly module as its bytes: so esbuild puts it into a bundle. */
declare module '*.wasm' {
	const bytes: Uint8Array;
	export default bytes;
}

/** The part of a global of Node's that is used here; the types of Node leave it to browsers. */
declare const WebAssembly: {
	instantiate(
		bytes: Uint8Array,
		imports: Record<string, Record<string, (...args: number[]) => unknown>>,
	): Promise<{ instance: { exports: unknown } }>;
};
