/**
 * The files the simulator's answers point to: pictures, voice, video, documents, QR codes. They lie
 * under /_media/<kind>/<name>; ?bytes=n chooses the size. Pictures and voices are real; other content
 * starts like a real file of its kind and is filled up with zeros.
 */
import type { Request, Response } from 'express';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Log, type MediaRequest } from './log.cts';

export type MediaKind = 'image' | 'voice' | 'video' | 'file' | 'emoji' | 'qr' | 'head';

/** A real PNG, 116 x 116, that looks like a QR code. It holds no address. */
const PNG = Buffer.from(
	[
		'iVBORw0KGgoAAAANSUhEUgAAAHQAAAB0AQAAAAB84SuKAAAAwklEQVR42sWVwa3DMAxDuQH335IbsKJS',
		'4LdH8dBvB4qfD4ZJMQj8PfBzBkAL5i7uTM+jKbsoGKSGmEXLu9MzkQuVnNUY8qnvwmsjc9SHvwfO4M6/',
		'/l6YQkb6+ei58tQxdFU1PDpkCeMIXLBk7JnTFBbstdMhuuCZSn0ifWcrN0EiIRec+mjS6rmyct6+UfET',
		'I+xmw4nxRolvP4+8SUqg3v08c5xIoknWPIkk4JrzQeWzbNirRDGTBUeJNpOWC/7f/9cLyBu9IvzhldMA',
		'AAAASUVORK5CYII=',
	].join(''),
	'base64',
);
const GIF = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
/** A tone of 440 Hz as WeChat would encode it, as long as the voices of `samples.cts` say: 1960 ms. */
const SILK = readFileSync(join(__dirname, 'voice.silk'));
const AMR = Buffer.from('#!AMR\n', 'latin1');
const MP4 = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

interface Sample {
	type: string;
	head: Buffer;
	bytes: number;
}

const byExtension: Record<string, Sample> = {
	'.png': { type: 'image/png', head: PNG, bytes: PNG.length },
	'.gif': { type: 'image/gif', head: GIF, bytes: GIF.length },
	'.silk': { type: 'audio/silk', head: SILK, bytes: SILK.length },
	'.amr': { type: 'audio/amr', head: AMR, bytes: 2_048 },
	'.mp4': { type: 'video/mp4', head: MP4, bytes: 100_000 },
	'.jpg': { type: 'image/jpeg', head: Buffer.from([0xff, 0xd8, 0xff, 0xe0]), bytes: 4_096 },
	'.pdf': { type: 'application/pdf', head: Buffer.from('%PDF-1.4\n'), bytes: 8_192 },
	'.txt': { type: 'text/plain; charset=utf-8', head: Buffer.from('E云 simulator\n'), bytes: 16 },
};
const unknownKind: Sample = {
	type: 'application/octet-stream',
	head: Buffer.from('PK'),
	bytes: 8_192,
};

const CHUNK = Buffer.alloc(64 * 1024);

export class Media {
	readonly requests = new Log<MediaRequest>();
	/** http://127.0.0.1:port, known once the server listens. */
	base = '';

	/** The address of a file; the extension of the name decides what it is. */
	url(kind: MediaKind, name: string, bytes?: number): string {
		const size = bytes === undefined ? '' : `?bytes=${String(bytes)}`;
		return `${this.base}/_media/${kind}/${encodeURIComponent(name)}${size}`;
	}

	/** The QR picture as base64 without a data URI head, as the vendor answers it. */
	qrBase64(): string {
		return PNG.toString('base64');
	}

	/** Answers GET /_media/<kind>/<name> and notes whether a token came along. */
	async serve(request: Request, response: Response): Promise<void> {
		this.requests.add({
			path: request.originalUrl,
			authorization: request.headers.authorization !== undefined,
			headers: request.headers,
			timeMs: Date.now(),
		});
		const sample = byExtension[extname(request.path).toLowerCase()] ?? unknownKind;
		const asked = Number(request.query.bytes);
		const size =
			Number.isSafeInteger(asked) && asked >= 0 && request.query.bytes ? asked : sample.bytes;
		response.status(200).set({ 'Content-Type': sample.type, 'Content-Length': String(size) });
		if (request.method === 'HEAD') {
			response.end();
			return;
		}
		await write(response, sample.head.subarray(0, size), size);
	}
}

/** Pieces of a file: its head, then zeros. */
function* pieces(head: Buffer, size: number): Generator<Buffer> {
	yield head;
	for (let left = size - head.length; left > 0; left -= CHUNK.length) {
		yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
	}
}

async function write(response: Response, head: Buffer, size: number): Promise<void> {
	try {
		await pipeline(Readable.from(pieces(head, size)), response);
	} catch (error) {
		// The other side hung up; there is nobody left to tell.
		if (!response.destroyed) throw error;
	}
}
