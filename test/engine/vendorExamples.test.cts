import { isLosslessNumber, isSafeNumber, LosslessNumber, parse } from 'lossless-json';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field, Operation } from '../../nodes/Eyun/catalogue/types';
import { useSimulator } from '../support/useSimulator.cts';
import { endpointOf, operations as endpoints } from '../../spec/endpoints.cts';
import examples from '../fixtures/vendor-examples.json';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/**
 * The vendor's own request examples, through the node and onto the wire. They were read in public
 * copies of the vendor's pages; the fixture keeps their shape (members, types, lengths, odd formats)
 * with every letter and digit replaced, since they are not ours to copy and name real accounts.
 * `repaired` says where a page shows no valid JSON, `shortened` where long callback XML was cut,
 * `second` holds a page's second example.
 */

type Body = Record<string, unknown>;

interface Example {
	source: string;
	body: string;
	second?: string;
}

/** Operations whose pages no public copy shows. */
const NOT_FOUND = [
	'/iPadLogin',
	'/deleteSns',
	'/snsPraise',
	'/snsSetAsPrivacy',
	'/snsSetPublic',
	'/quitChatRoom',
	'/modifyGroupRemark',
	'/finderComment',
	'/finderIdLike',
	'/setHttpCallbackUrl',
	'/getMsgEmoji',
];

/**
 * Where the node sends something else than the example, because the example contradicts the table of
 * its own page. Nothing else may differ.
 */
const DEVIATIONS: Record<string, { reason: string; sent: (body: Body) => Body }> = {
	'/loginByAccountAndPassword': { reason: 'proxy is an int in the table', sent: number('proxy') },
	'/setFriendPemission': { reason: 'type is an int in the table', sent: number('type') },
	'/snsCommentDel': { reason: 'commentId is an int in the table', sent: number('commentId') },
	'/finderBrowse': { reason: 'myRoleType is an int in the table', sent: number('myRoleType') },
	'/finderIdFav': { reason: 'meRoleType is an int in the table', sent: number('meRoleType') },
	'/getSnsObject': { reason: 'id is a String in the table', sent: text('id') },
	'/finderCommentDetails': {
		reason: 'refCommentId is a String in the table',
		sent: text('refCommentId'),
	},
	'/finder/getQrCode': {
		reason: 'the table says me…, the example my…: both are sent',
		sent: both({ meUserName: 'myUserName', meRoleType: 'myRoleType' }),
	},
	'/finder/getContactDetails': {
		reason: 'the table says me…, the example my…: both are sent',
		sent: both({ meUserName: 'myUserName', meRoleType: 'myRoleType' }),
	},
	'/finder/getLikeAndFavList': {
		reason: 'the table says lastBuffer, the example lastBuff: both are sent',
		sent: both({ lastBuffer: 'lastBuff' }),
	},
};

/** A text of digits goes out as a number. */
function number(name: string) {
	return (body: Body): Body => {
		expect(body[name]).toMatch(/^\d+$/);
		return { ...body, [name]: new LosslessNumber(String(body[name])) };
	};
}

/** A number goes out as text. */
function text(name: string) {
	return (body: Body): Body => {
		expect(isLosslessNumber(body[name])).toBe(true);
		return { ...body, [name]: String(body[name]) };
	};
}

/** The table's names go out beside those of the example. */
function both(names: Record<string, string>) {
	return (body: Body): Body => {
		const added = Object.entries(names).map(([table, example]) => {
			expect(body).not.toHaveProperty(table);
			return [table, body[example]];
		});
		return { ...body, ...Object.fromEntries(added) };
	};
}

const found = new Map<string | undefined, Example>(Object.entries(examples));

const cases = catalogue.flatMap(({ value: resource, operations }) =>
	operations.flatMap((operation) => {
		const example = found.get(endpointOf(operation)?.operationId);
		return [example?.body, example?.second]
			.filter((body) => body !== undefined)
			.map((body, index) => ({
				title: `${resource}: ${operation.value} ${operation.path}${index ? ', second' : ''}`,
				resource,
				operation,
				body,
			}));
	}),
);

/** What n8n makes of a JSON value: numbers it can hold, wide ones as text. */
function inN8n(value: unknown): unknown {
	if (isLosslessNumber(value)) return isSafeNumber(value.value) ? Number(value) : value.value;
	if (Array.isArray(value)) return value.map(inN8n);
	return typeof value === 'object' && value !== null ? values(value as Body) : value;
}

function values(members: Body): Body {
	return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, inN8n(value)]));
}

/** Fills an example into the node's form, as a user who reads the vendor's page would. */
function formOf({ fields }: Operation, body: Body): Body {
	const top: Body = {};
	const additionalFields: Body = {};
	const typed = new Set<string>();
	for (const field of fields) {
		const name = nameIn(body, field);
		if (name === undefined) continue;
		typed.add(name);
		const value = inN8n(body[name]);
		(field.optional ? additionalFields : top)[field.name] =
			field.type === 'object' ? { values: value } : value;
	}
	expect([...typed].sort()).toEqual(Object.keys(body).sort());
	return { ...top, additionalFields };
}

function nameIn(body: Body, { name, alsoSentAs }: Field): string | undefined {
	return [name, alsoSentAs].find((one) => one !== undefined && one in body);
}

const simulator = useSimulator({ examples: true, between: 'clearRequests' });
let credentials: TestCredentials;

beforeAll(async () => {
	credentials = await usedCredentials(simulator);
});

it('has an example for every operation but those listed', () => {
	const without = endpoints.filter(({ operationId }) => !found.has(operationId));
	expect(without.map(({ path }) => path).sort()).toEqual([...NOT_FOUND].sort());
	expect(found.size + NOT_FOUND.length).toBe(endpoints.length);
	const bodies = [...found.values()].flatMap(({ body, second }) => [body, second ?? []].flat());
	expect(cases.map(({ body }) => body).sort()).toEqual(bodies.sort());
});

it.each(cases)('$title', async ({ resource, operation, body }) => {
	const published = parse(body) as Body;
	// The simulator knows only its own instance.
	const example = published.wId ? { ...published, wId: simulator.defaults.wId } : published;
	const { path } = operation;
	const result = await runNode({
		credentials,
		parameters: {
			resource,
			operation: operation.value,
			...formOf(operation, example),
			// The example is the request of one page; the node would go on to the next.
			options: operation.paging ? { singlePage: true } : {},
		} as never,
	});
	expect(jsons(result)).not.toEqual([]);
	const requests = simulator.control.requests();
	expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${path}`]);
	expect(requests[0].json).toEqual(DEVIATIONS[path]?.sent(example) ?? example);
});
