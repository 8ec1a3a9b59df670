/** The example workflows as they look once they are imported: one picture each, for docs/examples.md. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Page } from 'playwright-core';
import { CREDENTIAL_TYPE, example, withCredentials } from '../../scripts/lib/example.cts';
import { REPOSITORY } from '../../scripts/lib/package.cts';
import { CREDENTIAL_NAME } from '../../scripts/lib/stack.cts';
import { VIEWPORT } from './chromium.cts';
import { openCanvas } from './editor.cts';
import type { Place } from './pictures.cts';
import type { Ui } from './ui.cts';

interface Size {
	width: number;
	height: number;
}

/** A node with its name below it; only notes say how large they are. */
const NODE: Size = { width: 130, height: 150 };

/** How far the name of a node reaches below and beside it. */
const NAME_HEIGHT = 50;
const NAME_OVERHANG = 40;

/** What n8n leaves around the nodes when it fits them into the canvas. */
const MARGIN = 80;

/** The widest picture: more is made smaller. */
const WIDEST = 1400;

/** What n8n shows beside, above and below its canvas, and its buttons at the edges of it. */
const AROUND: Size = { width: 300, height: 320 };

/** What is to be whole in the picture: nodes and notes, and the + behind a node that has no next one. */
const SEEN = '.vue-flow__node, [data-test-id="canvas-handle-plus"]';

/** n8n's buttons at the right, which reach into the pictures of long workflows. */
const BUTTONS = '[class*="nodeButtonsWrapper"]';

/** What is left around the nodes in the picture. */
const FRAME = 24;

/** The part of the canvas that the nodes of a workflow take, as large as in the picture. */
function sizeOf(nodes: INode[]): Size {
	const [left, top, right, bottom] = [
		nodes.map(({ position: [x] }) => -x),
		nodes.map(({ position: [, y] }) => -y),
		nodes.map(({ position: [x], parameters }) => x + Number(parameters.width ?? NODE.width)),
		nodes.map(({ position: [, y], parameters }) => y + Number(parameters.height ?? NODE.height)),
	].map((ends) => Math.max(...ends));
	const [width, height] = [left + right + 2 * MARGIN, top + bottom + 2 * MARGIN];
	const scale = Math.min(1, WIDEST / width);
	return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Where the nodes are on the page, and their names and connections with them. */
async function placeOf(page: Page): Promise<Place> {
	const boxes = await Promise.all(
		(await page.locator(SEEN).all()).map(async (one) => await one.boundingBox()),
	);
	const known = boxes.filter((box) => box !== null);
	const [left, top] = [known.map(({ x }) => x), known.map(({ y }) => y)].map((all) =>
		Math.min(...all),
	);
	const right = Math.max(...known.map(({ x, width }) => x + width));
	const bottom = Math.max(...known.map(({ y, height }) => y + height)) + NAME_HEIGHT;
	const [x, y] = [left - FRAME - NAME_OVERHANG, top - FRAME];
	return { x, y, width: right + FRAME + NAME_OVERHANG - x, height: bottom + FRAME - y };
}

/** Imports each example, with credentials, and takes its picture. */
export async function examples(ui: Ui): Promise<void> {
	const { page, stack } = ui;
	const files = await readdir(join(REPOSITORY, 'examples'));
	const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
	const credentials = {
		[CREDENTIAL_TYPE]: { id: stack.credentialId, name: CREDENTIAL_NAME },
		[MODEL.type]: { id: await stack.client.saveCredential(MODEL), name: MODEL.name },
	};
	for (const name of names) {
		await ui.check(`examples/${name}.json on the canvas`, async () => {
			const file = withCredentials(await example(name), credentials);
			const workflow = await stack.client.createWorkflow(file);
			const { width, height } = sizeOf(file.nodes);
			await page.setViewportSize({
				width: width + AROUND.width,
				height: height + AROUND.height,
			});
			await ui.load(`/workflow/${workflow.id}`);
			await openCanvas(ui, workflow);
			await page.waitForLoadState('networkidle');
			await page.addStyleTag({ content: `${BUTTONS} { visibility: hidden }` });
			await ui.documentPicture(`example-${name}`, page, await placeOf(page));
		});
	}
	await page.setViewportSize(VIEWPORT);
}

const MODEL = {
	name: 'Model',
	type: 'openAiApi',
	data: { apiKey: 'x', url: 'http://127.0.0.1:9/v1' },
};
