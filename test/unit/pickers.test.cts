/** What can be chosen from a list in the editor, and what the editor says about ids typed in. */
import type { INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field } from '../../nodes/Eyun/catalogue/types';
import { Eyun } from '../../nodes/Eyun/Eyun.node';

const eyun = new Eyun();

const fields = catalogue.flatMap(({ value: resource, operations }) =>
	operations.flatMap(({ value: operation, fields: all }) =>
		all.map((field) => ({ where: `${resource}.${operation}.${field.name}`, field })),
	),
);

function where(wanted: (field: Field) => boolean): string[] {
	return fields.filter(({ field }) => wanted(field)).map(({ where: place }) => place);
}

it('every wId means an account, but for logins that are under way', () => {
	expect(where(({ name, picker }) => name === 'wId' && picker !== 'account')).toEqual([
		'login.complete.wId',
		'login.withPassword.wId',
	]);
});

it('only a wId means an account', () => {
	expect(where(({ name, picker }) => picker === 'account' && name !== 'wId')).toEqual([]);
});

it('what ends in @chatroom is chosen among groups', () => {
	expect(where(({ format, picker }) => (format === 'group') !== (picker === 'group'))).toEqual([]);
});

it('members are chosen only where a group is given', () => {
	const alone = catalogue.flatMap(({ operations }) =>
		operations.filter(
			({ fields: all }) =>
				all.some(({ picker }) => picker === 'member') &&
				!all.some(({ picker }) => picker === 'group'),
		),
	);
	expect(alone).toEqual([]);
});

it('every list that is named can be asked for, and no other', () => {
	const named = eyun.description.properties.flatMap(({ modes = [] }) =>
		modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
	);
	expect([...new Set(named)].sort()).toEqual(Object.keys(eyun.methods.listSearch).sort());
});

describe('what the editor says before a run', () => {
	const { properties } = eyun.description;
	const issues = (parameters: INodeParameters) => {
		const node = { type: 'eyun', typeVersion: 1, parameters } as INode;
		return NodeHelpers.getNodeParametersIssues(properties, node, eyun.description)?.parameters;
	};
	const leave = (chatRoomId: unknown, wId: unknown = 'w') =>
		issues({ resource: 'group', operation: 'leave', chatRoomId, wId } as INodeParameters);
	const chosen = (mode: string, value: unknown) => ({ __rl: true, mode, value });

	it.each<unknown>([
		'plain text is checked at the run',
		'={{ $json.chatId }}',
		chosen('id', '12345678901@chatroom'),
		chosen('id', ' 12345678901@chatRoom '),
		chosen('id', '12345678901@im.chatroom'),
		chosen('id', '={{ $json.chatId }}'),
		chosen('list', '12345678901@chatroom'),
	])('nothing about the group %j', (group) => expect(leave(group)).toBeUndefined());

	it.each<[unknown, string]>([
		[chosen('id', 'wxid_1a2b3c4d5e6f22'), 'A group ID ends in @chatroom'],
		[chosen('list', ''), 'Parameter "Group" is required.'],
		['', 'Parameter "Group" is required.'],
	])('something about the group %j', (group, issue) => {
		expect(leave(group)).toEqual({ chatRoomId: [issue] });
	});

	it.each<unknown>(['', chosen('id', ''), chosen('wcId', ''), chosen('list', '')])(
		'something about the account %j',
		(account) => {
			const required = ['Parameter "WeChat Account" is required.'];
			expect(leave('1@chatroom', account)).toEqual({ wId: required });
		},
	);
});

describe('the account', () => {
	const { properties } = eyun.description;
	const shown = (typeVersion: number, operation: string) => {
		const parameters = { resource: 'message', operation };
		const node = { type: 'eyun', typeVersion, parameters } as unknown as INode;
		return properties.filter(
			(property) =>
				property.name === 'wId' &&
				NodeHelpers.displayParameter(parameters, property, node, eyun.description),
		);
	};
	const modesOf = (typeVersion: number, operation: string) =>
		shown(typeVersion, operation).map(({ modes = [], default: initial }) => ({
			modes: modes.map(({ name }) => name),
			initial,
		}));

	it.each(['sendText', 'reply', 'mentionMembers', 'sendAndWait', 'forward'])(
		'of message: %s begins in the list, and where it was before in earlier versions',
		(operation) => {
			if (operation === 'reply') return expect(modesOf(1.2, operation)).toEqual([]);
			const before = { modes: ['list', 'wcId', 'id'], initial: { mode: 'id', value: '' } };
			expect(modesOf(1, operation)).toEqual([before]);
			expect(modesOf(1.1, operation)).toEqual([before]);
			expect(modesOf(1.2, operation)).toEqual([
				{ modes: ['list', 'wcId', 'wId'], initial: { mode: 'list', value: '' } },
			]);
		},
	);

	it('of a received message is that of the message', () => {
		const { properties: all } = eyun.description;
		const defaults = all
			.filter(
				({ name, displayOptions }) =>
					name === 'wId' && displayOptions?.show?.operation?.includes('downloadMedia'),
			)
			.map(({ default: initial }) => initial);
		expect(defaults).toEqual([
			{ mode: 'id', value: '={{ $json.wId }}' },
			{ mode: 'wId', value: '={{ $json.wId }}' },
		]);
	});
});

describe('several from a list', () => {
	const { properties } = eyun.description;
	const named = (name: string, typeVersion: number, parameters: INodeParameters) => {
		const node = { type: 'eyun', typeVersion, parameters } as INode;
		return properties.filter(
			(property) =>
				property.name === name &&
				NodeHelpers.displayParameter(parameters, property, node, eyun.description),
		);
	};

	it('every place that takes several people or labels has a list', () => {
		const several = fields.filter(({ field }) => field.several !== undefined);
		expect(several.map(({ where: place }) => place)).toEqual([
			'contact.get.wcId',
			'contact.checkFriends.wcId',
			'group.create.userList',
			'group.addMembers.userList',
			'group.inviteMembers.userList',
			'group.requestMembers.userList',
			'group.removeMembers.userList',
			'group.manageAdmins.wcId',
			...['postText', 'postImages', 'postVideo', 'postLink'].flatMap((operation) =>
				[
					'groupUser',
					'blackList',
					...(operation === 'postVideo' ? [] : ['groupUserLabelIds', 'blackListLabelIds']),
				].map((name) => `moment.${operation}.${name}`),
			),
			'moment.forward.withUserList',
			'moment.forward.blackList',
		]);
		expect(several.filter(({ field }) => field.type !== 'list')).toEqual([]);
	});

	it('every list that is named can be loaded, and no other', () => {
		const text = JSON.stringify(properties);
		const loaded = [...text.matchAll(/"loadOptionsMethod":"(\w+)"/g)].map(([, name]) => name);
		expect([...new Set(loaded)].sort()).toEqual(Object.keys(eyun.methods.loadOptions).sort());
	});

	it('version 1 has the text of earlier workflows, later ones the list', () => {
		const parameters = { resource: 'group', operation: 'removeMembers' };
		const types = [1, 1.1, 1.2].map((version) =>
			named('userList', version, parameters).map(({ type }) => type),
		);
		expect(types).toEqual([['string'], ['multiOptions'], ['multiOptions']]);
		expect(eyun.description.defaultVersion).toBe(1.2);
	});

	it.each([
		[1, 'wxid_a,wxid_b'],
		[1, '={{ $json.ids }}'],
		[1.1, ['wxid_a', 'wxid_b']],
		[1.1, '={{ $json.ids }}'],
		[1.1, 'wxid_a,wxid_b'],
		[1.2, ['wxid_a', 'wxid_b']],
	])('version %d keeps %j', (typeVersion, value) => {
		const given = {
			resource: 'moment',
			operation: 'postText',
			additionalFields: { groupUser: value },
		};
		const node = { type: 'eyun', typeVersion, parameters: given } as unknown as INode;
		for (const withDefaults of [true, false]) {
			const kept = NodeHelpers.getNodeParameters(
				properties,
				given,
				withDefaults,
				false,
				node,
				eyun.description,
			);
			expect(kept?.additionalFields).toEqual({ groupUser: value });
		}
	});
});
