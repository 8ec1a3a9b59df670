/** Every list from which a person or a thing is chosen: with 800 friends, and with nobody at all. */
import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import type { Locator } from 'playwright-core';
import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field, Picker, Several } from '../../nodes/Eyun/catalogue/types';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import { type Simulator, startSimulator } from '../../simulator/server.cts';
import { action, BY_HAND, openList, openPanel, storeChain } from './editor.cts';
import type { Ui } from './ui.cts';

const FRIENDS = 800;

/** How often somebody edits the search for one of them: names come at the vendor's pace. */
const MOST_EDITS = 8;

/** What one search may take; the node gives up after eight seconds, and says how far it came. */
const SEARCH_MS = 30_000;

/** A WeChat account that is online and has neither friends nor groups nor labels. */
const LONELY = 'wxid_lonely00000001';

/** What to type into the list of the account with many friends, and what is found then. */
const SEARCHES: Record<Picker, [text: string, found: string]> = {
	account: ['模拟', '模拟小助手 (wxid_simulatorhost22)'],
	chat: ['22264491511', '项目群 (22264491511@chatroom)'],
	contact: ['好友000700', '好友000700 (wxid_friend00070022)'],
	group: ['项目', '项目群 (22264491511@chatroom)'],
	member: ['李华', '李华 (wxid_lihua0000001)'],
	label: ['客户', '客户 (2)'],
	weCom: ['企微', '张企微 (25984982670495377@openim)'],
};

/** What the list says where there is nobody to choose. */
const NOBODY: Record<Picker, RegExp> = {
	account: /No WeChat account of this credential is online\n.*Log in an account first/,
	chat: /The address list of this account is empty\n.*Login: Initialize Address List/,
	contact: /The address list of this account is empty\n.*Login: Initialize Address List/,
	group: /The address list of this account is empty\n.*Login: Initialize Address List/,
	member: /chatRoomId不存在或不在该群中/,
	label: /No results/,
	weCom: /No results/,
};

/** The same for the lists in which several are ticked. */
const NONE_TO_TICK: Record<Several['list'], RegExp> = {
	contacts: /The address list of this account is empty/,
	members: /Choose the Group first/,
	labels: /No data/,
};

interface Place {
	resource: string;
	operation: string;
	field: Field;
}

/** The first operation with such a field, rather among those that must be filled in. */
function placeOf(is: (field: Field) => boolean): Place {
	const places = catalogue.flatMap(({ value: resource, operations }) =>
		operations.flatMap(({ value: operation, fields }) =>
			fields.filter(is).map((field) => ({ resource, operation, field })),
		),
	);
	const place = places.find(({ field }) => !field.optional) ?? places.at(0);
	assert.ok(place, 'no operation has such a field');
	return place;
}

/** A choice from a list, with the name that the editor shows for it. */
function chosen(value: string, cachedResultName = value): IDataObject {
	return { __rl: true, mode: 'list', value, cachedResultName };
}

/** A simulated vendor, and the credential for it. */
interface Vendor {
	simulator: Simulator;
	credential: { id: string; name: string };
}

export async function pickers(ui: Ui): Promise<void> {
	const simulator = await startSimulator({
		seed: ({ instances }) => {
			for (const instance of instances.values()) instance.addressListReady = true;
		},
	});
	const nobody = await startSimulator();
	try {
		await nobody.control.offline();
		simulator.control.populate({ friends: FRIENDS });
		const lonely = simulator.world.instances.get(simulator.control.host({ wcId: LONELY }).wId);
		assert.ok(lonely);
		lonely.addressListReady = true;
		const many = await vendorOf(ui, simulator, 'Eyun account');
		await listsOfOne(ui, many, await vendorOf(ui, nobody, 'Eyun account without WeChat'));
		await listsOfSeveral(ui, many);
	} finally {
		await simulator.stop();
		await nobody.stop();
	}
}

/** Stores a credential for a simulator. */
async function vendorOf(ui: Ui, simulator: Simulator, name: string): Promise<Vendor> {
	const { url, defaults } = simulator;
	const data = { baseUrl: url, authentication: 'token', token: defaults.token };
	const id = await ui.stack.client.saveCredential({ name, type: CREDENTIAL_TYPE, data });
	return { simulator, credential: { id, name } };
}

/** Opens the panel of a node at such a place, as an account sees it. */
async function show(
	ui: Ui,
	{ credential }: Vendor,
	{ resource, operation, field }: Place,
	parameters: IDataObject,
): Promise<Locator> {
	const own = field.picker === 'account' ? { wId: chosen('') } : {};
	const optional = field.optional ? { additionalFields: { [field.name]: [] } } : {};
	const node = action(
		ui,
		'Eyun WeChat',
		{ resource, operation, ...parameters, ...own, ...optional },
		credential,
	);
	return await openPanel(ui, await storeChain(ui, `list of ${field.label}`, [BY_HAND, node]), 1);
}

async function listsOfOne(ui: Ui, many: Vendor, nobody: Vendor): Promise<void> {
	const { page, problems } = ui;
	const { defaults } = many.simulator;
	const account = chosen(defaults.wcId, SEARCHES.account[1]);
	for (const picker of Object.keys(SEARCHES) as Picker[]) {
		const place = placeOf((field) => field.picker === picker);
		const group = picker === 'member' ? { chatRoomId: chosen(defaults.group) } : {};

		await ui.check(`list of ${picker}: opened, searched, one chosen`, async () => {
			await show(ui, many, place, { wId: account, ...group });
			const list = await openList(page, place.field.name);
			await list.items.first().waitFor();
			assert.match(await list.items.first().innerText(), /\S \(\S+\)$/);
			const [text, found] = SEARCHES[picker];
			if (picker === 'chat') await ui.documentPicture('list');
			const item = list.items.filter({ hasText: found });
			const inPart = list.items.filter({
				hasText: /^Searched .* so far\. Edit the search to go on/,
			});
			const others = list.items.filter({ hasNotText: text }).filter({ hasNotText: 'Searched' });
			let edits = 0;
			do {
				await list.search.fill(text + ' '.repeat(edits % 2));
				await others.first().waitFor({ state: 'hidden' });
				await item.or(inPart).first().waitFor({ timeout: SEARCH_MS });
			} while (!(await item.isVisible()) && ++edits < MOST_EDITS);
			await ui.picture(`list-${picker}`);
			await item.click();
			assert.equal(await list.chosen(), found);
		});

		await ui.check(`list of ${picker} with nobody in it: says so, and what to do`, async () => {
			const vendor = picker === 'account' ? nobody : many;
			await show(ui, vendor, place, { wId: chosen(LONELY), ...group });
			const list = await openList(page, place.field.name);
			const texts = (await list.texts()).join('\n');
			await ui.picture(`list-${picker}-empty`);
			assert.match(texts, NOBODY[picker]);
			// n8n's editor hears of the node's error by this status.
			if (await list.error.isVisible()) problems.expect(/ 500\b.*resource-locator-results/);
		});
	}
}

async function listsOfSeveral(ui: Ui, many: Vendor): Promise<void> {
	const { page } = ui;
	const { defaults } = many.simulator;
	const account = chosen(defaults.wcId, SEARCHES.account[1]);
	for (const list of Object.keys(NONE_TO_TICK) as Array<Several['list']>) {
		const place = placeOf(({ several }) => several?.list === list);
		const items = page.locator('.el-select-dropdown__item').filter({ visible: true });
		const field = page.getByTestId(`parameter-input-${place.field.name}`);
		const open = async () => {
			// Grey while the list is loaded.
			await field.locator('input:enabled').first().waitFor();
			await field.click();
		};

		await ui.check(`list of several ${list}: opened, one ticked`, async () => {
			const group = { chatRoomId: chosen(defaults.group) };
			await show(ui, many, place, { wId: account, ...group });
			await open();
			await items.first().waitFor();
			await ui.picture(`several-${list}`);
			const item = items.filter({ hasNotText: 'so far' }).first();
			const name = (await item.innerText()).trim();
			await item.click();
			await field.getByText(name).waitFor();
		});

		await ui.check(`list of several ${list} with nobody in it: says so`, async () => {
			await show(ui, many, place, { wId: chosen(LONELY) });
			await open();
			const nothing = page.getByText('No data').filter({ visible: true });
			await items.or(nothing).first().waitFor();
			await ui.picture(`several-${list}-empty`);
			assert.match((await items.or(nothing).allInnerTexts()).join('\n'), NONE_TO_TICK[list]);
		});
	}
}
