import type { INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { EyunApi } from '../../credentials/EyunApi.credentials.ts';
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';

/** Options of earlier versions: kept where they are set, offered nowhere else. */

const { description } = new EyunTrigger();
const node = { typeVersion: 1.1 };

/** The parameters as n8n fills them in, when the editor opens a workflow and when one runs. */
function filledIn(options: INodeParameters, returnDefaults: boolean) {
	const parameters = NodeHelpers.getNodeParameters(
		description.properties,
		{ options },
		returnDefaults,
		false,
		node,
		description,
	);
	return parameters?.options;
}

function shown(options: INodeParameters): string[] {
	const collection = description.properties.find(({ name }) => name === 'options');
	const properties = (collection?.options ?? []) as Array<
		Exclude<INodeProperties, INodePropertyCollection>
	>;
	return properties
		.filter((property) => NodeHelpers.displayParameter(options, property, node, description))
		.map(({ name }) => name);
}

it.each([
	['chats', 'private'],
	['chats', 'group'],
	['answerBody', '{"ok":true}'],
	['answerWhen', 'received'],
])('%s is kept and shown where it is set to %s', (name, value) => {
	for (const returnDefaults of [true, false]) {
		expect(filledIn({ [name]: value }, returnDefaults)).toEqual({ [name]: value });
	}
	expect(shown({ [name]: value })).toContain(name);
});

it('none is offered where it is not set', () => {
	for (const name of ['chats', 'answerBody', 'answerWhen']) expect(shown({})).not.toContain(name);
	for (const returnDefaults of [true, false]) {
		expect(filledIn({ downloadMedia: true }, returnDefaults)).toEqual({ downloadMedia: true });
	}
});

describe('the prefix of the credential', () => {
	const { properties } = new EyunApi();
	const property = properties.find(({ name }) => name === 'headerPrefix')!;
	const isShown = (values: INodeParameters) =>
		NodeHelpers.displayParameter(values, property, null, null);

	it('is shown where it is set', () => expect(isShown({ headerPrefix: 'Bearer' })).toBe(true));

	it.each([{}, { headerPrefix: '' }])('is not shown in %j', (values) =>
		expect(isShown(values)).toBe(false),
	);
});
