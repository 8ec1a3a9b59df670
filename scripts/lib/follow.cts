/** Reading a log while another process writes it. */
import { closeSync, fstatSync, openSync, readSync, watch } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/**
 * Reads the lines that are appended to a file from now on.
 *
 * @param file must be there
 * @param onLine is called with each line, without its end, as soon as the line is complete
 * @returns a function that ends the reading
 * @throws Error when the file cannot be opened
 */
export function followLines(file: string, onLine: (line: string) => void): () => void {
	const descriptor = openSync(file, 'r');
	const decoder = new StringDecoder('utf8');
	const buffer = Buffer.alloc(64 * 1024);
	let position = fstatSync(descriptor).size;
	let begun = '';
	let ended = false;
	const read = () => {
		// `onLine` may be what ends it.
		while (!ended) {
			const count = readSync(descriptor, buffer, 0, buffer.length, position);
			if (count === 0) return;
			position += count;
			const lines = (begun + decoder.write(buffer.subarray(0, count))).split(/\r?\n/);
			begun = lines.pop() ?? '';
			lines.forEach(onLine);
		}
	};
	const watcher = watch(file, read);
	return () => {
		if (ended) return;
		ended = true;
		watcher.close();
		closeSync(descriptor);
	};
}
