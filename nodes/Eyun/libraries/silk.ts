/** The SILK codec as WebAssembly, without the loader that comes with it. Bundled, see xml.ts. */
export { default as silkWasm } from 'silk-wasm/lib/silk.wasm';
