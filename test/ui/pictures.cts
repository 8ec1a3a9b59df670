/** The pictures of a run: all in one folder, those for the documents with `--pictures` in docs/pictures, too. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { REPOSITORY } from '../../scripts/lib/package.cts';

/** What a picture in the documents may weigh. */
const MOST_BYTES = 150_000;

/** A part of a page, in pixels. */
export interface Place {
	x: number;
	y: number;
	width: number;
	height: number;
}

export class Pictures {
	private constructor(
		readonly folder: string,
		private readonly documents: string | undefined,
	) {}

	/**
	 * @param folder emptied first
	 * @param update whether to write those of the documents anew
	 */
	static async in(folder: string, update: boolean): Promise<Pictures> {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		const documents = join(REPOSITORY, 'docs', 'pictures');
		if (update) await mkdir(documents, { recursive: true });
		return new Pictures(folder, update ? documents : undefined);
	}

	/** Takes a picture of what is on the page. */
	async take(name: string, what: Page | Locator): Promise<void> {
		await what.screenshot({ path: join(this.folder, `${name}.png`), animations: 'disabled' });
	}

	/**
	 * Takes one that the documents show.
	 *
	 * @param clip the part of a page that is to be seen; without it, all of it
	 * @throws Error when it is too large for them
	 */
	async takeForDocuments(name: string, what: Page | Locator, clip?: Place): Promise<void> {
		const png = await what.screenshot({
			animations: 'disabled',
			caret: 'hide',
			...(clip && { clip }),
		});
		await writeFile(join(this.folder, `${name}.png`), png);
		if (png.length > MOST_BYTES) {
			throw new Error(`The picture ${name} has ${png.length} bytes, more than ${MOST_BYTES}`);
		}
		if (this.documents) await writeFile(join(this.documents, `${name}.png`), png);
	}
}
