/** What a person does in n8n's editor (2.41), by the names that n8n gives its elements. */
import type { IDataObject, INode } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { StoredWorkflow, WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import { CREDENTIAL_NAME } from '../../scripts/lib/stack.cts';
import type { Ui } from './ui.cts';
import { escapeRegExp } from '../support/escapeRegExp.cts';

/** What n8n knows of the action node; its latest version is what the editor gives new nodes. */
export const ACTION = new Eyun().description;

/** What n8n knows of the trigger. */
export const TRIGGER = new EyunTrigger().description;

type NodeInChain = Omit<INode, 'id' | 'position'>;

/** The id of the node at a place of a chain. */
function idAt(place: number): string {
	return `a5cbb1de-0002-4000-8000-${String(place).padStart(12, '0')}`;
}

/** The action node as the editor adds it, with a credential (by default the stack's). */
export function action(
	{ stack }: Ui,
	name: string,
	parameters: IDataObject,
	credential = { id: stack.credentialId, name: CREDENTIAL_NAME },
): NodeInChain {
	return {
		name,
		type: 'n8n-nodes-eyun.eyun',
		typeVersion: Number(ACTION.defaultVersion),
		parameters: parameters as INode['parameters'],
		credentials: { [CREDENTIAL_TYPE]: credential },
	};
}

/** The trigger node as the editor adds it. */
export function trigger(
	{ stack }: Ui,
	parameters: IDataObject,
	credential = { id: stack.credentialId, name: CREDENTIAL_NAME },
): NodeInChain {
	return {
		name: 'Eyun WeChat Trigger',
		type: 'n8n-nodes-eyun.eyunTrigger',
		typeVersion: Number(TRIGGER.defaultVersion),
		webhookId: crypto.randomUUID(),
		parameters: parameters as INode['parameters'],
		credentials: { [CREDENTIAL_TYPE]: credential },
	};
}

/** n8n's own node that starts a workflow by hand. */
export const BY_HAND: NodeInChain = {
	name: 'By Hand',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
};

/** Stores a workflow whose nodes run one after another. */
export async function storeChain(
	{ stack }: Ui,
	name: string,
	nodes: NodeInChain[],
): Promise<StoredWorkflow> {
	const file: WorkflowFile = {
		name,
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, n) => ({ ...node, id: idAt(n), position: [240 * n, 0] })),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map((node, n) => [
					nodes[n].name,
					{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
				]),
		),
	};
	return await stack.client.createWorkflow(file);
}

/** Opens a workflow on the canvas. */
export async function openCanvas(ui: Ui, { id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
	await ui.goTo(`/workflow/${id}`);
	await ui.page.getByTestId('canvas-node').first().waitFor();
	// Away from what shows buttons while the mouse is over it.
	await ui.page.mouse.move(0, 0);
}

/** Opens the panel of a node; gives the panel back. */
export async function openNode(ui: Ui, workflowId: string, nodeId: string): Promise<Locator> {
	// A workflow that is only being loaded does not always open the node.
	if (!ui.page.url().includes(`/workflow/${workflowId}`)) await openCanvas(ui, { id: workflowId });
	await ui.goTo(`/workflow/${workflowId}/${nodeId}`);
	const panel = panelOf(ui.page);
	await panel.getByTestId('node-parameters').waitFor();
	return panel;
}

/** Opens the panel of the node at a place of a chain; gives the panel back. */
export async function openPanel(
	ui: Ui,
	{ id }: Pick<StoredWorkflow, 'id'>,
	place: number,
): Promise<Locator> {
	return await openNode(ui, id, idAt(place));
}

/** The panel of the node that is open. */
function panelOf(page: Page): Locator {
	return page.getByTestId('ndv');
}

/** Closes the panel. */
export async function closePanel(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await panelOf(page).waitFor({ state: 'hidden' });
}

/** Waits for what n8n says in the corner, closes it, and moves the mouse away from what changes below it. */
export async function closeNotices(page: Page): Promise<void> {
	const notices = page.locator('.el-notification');
	await notices.first().waitFor();
	const buttons = await notices.locator('.el-notification__closeBtn').all();
	// The last one first: the others keep their places.
	for (const button of buttons.reverse()) await button.click();
	await page.waitForFunction("document.querySelector('.el-notification') === null");
	await page.mouse.move(0, 0);
}

/** Opens the list of nodes; gives its search field back. */
export async function openNodeCreator(page: Page): Promise<Locator> {
	await page.getByTestId('node-creator-plus-button').click();
	const search = page.getByTestId('node-creator-search-bar');
	await search.waitFor();
	return search;
}

/** The open list of a parameter that is chosen from a list. */
export interface OpenList {
	search: Locator;
	items: Locator;
	/** Where the node's error stands in the place of the list. */
	error: Locator;
	/** What the field shows as chosen. */
	chosen(): Promise<string>;
	/** The texts in the list once something stands there: entries, an error, or that there are none. */
	texts(): Promise<string[]>;
}

/** Opens the list of a parameter that is chosen from a list. */
export async function openList(page: Page, parameter: string): Promise<OpenList> {
	const field = page
		.getByTestId(`resource-locator-${parameter}`)
		.getByTestId('rlc-input-container');
	await field.click();
	const shown = (locator: Locator) => locator.filter({ visible: true });
	const items = shown(page.getByTestId('rlc-item'));
	const error = shown(page.getByTestId('rlc-error-container'));
	const anything = items.or(error).or(shown(page.getByText('No results', { exact: true })));
	return {
		search: shown(page.getByTestId('rlc-search')),
		items,
		error,
		chosen: async () => await field.locator('input').inputValue(),
		texts: async () => {
			await anything.first().waitFor();
			return await anything.allInnerTexts();
		},
	};
}

/** Chooses an option of a dropdown by its name, or by what stands in front of the Chinese in brackets. */
export async function chooseOption(
	within: Locator,
	parameter: string,
	name: string,
): Promise<void> {
	await within.getByTestId(`parameter-input-${parameter}`).click();
	await within
		.page()
		.getByTestId('parameter-input-item')
		.filter({ visible: true })
		.getByText(startsWithName(name))
		.click();
}

/** The name itself, or with brackets behind it. */
function startsWithName(name: string): RegExp {
	const escaped = escapeRegExp(name);
	return new RegExp(`^\\s*${escaped}( \\([^()]*\\))?\\s*$`);
}
