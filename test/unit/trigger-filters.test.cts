import type { IDataObject } from 'n8n-workflow';

import { ageInSeconds } from '../../nodes/Eyun/common/age.ts';
import { parseCallback } from '../../nodes/Eyun/callbacks/parse.ts';
import { passesFilters } from '../../nodes/Eyun/trigger/settings/filters.ts';
import { toOutput } from '../../nodes/Eyun/callbacks/output.ts';
import {
	isAllowed,
	readAllowedAddresses,
} from '../../nodes/Eyun/trigger/settings/allowedAddresses.ts';
import type { TriggerSettings } from '../../nodes/Eyun/trigger/settings/parse.ts';
import { readSettings } from '../../nodes/Eyun/trigger/settings/parse.ts';
import { containsAny, readPattern } from '../../nodes/Eyun/trigger/settings/textFilter.ts';

const ME = 'wxid_me';
const GROUP = '1234@chatroom';

async function settings(
	options: IDataObject = {},
	parameters: IDataObject = {},
): Promise<TriggerSettings> {
	const all: IDataObject = { options, ...parameters };
	const context = { getNodeParameter: (name: string, fallback: unknown) => all[name] ?? fallback };
	return await readSettings(context as unknown as Parameters<typeof readSettings>[0]);
}

async function wants(options: IDataObject, messageType: string, data: IDataObject, events = ['*']) {
	const body = { account: 'a', wcId: ME, messageType, data: { wId: 'w', toUser: ME, ...data } };
	const callback = parseCallback(Buffer.from(JSON.stringify(body)));
	if ('malformed' in callback) throw new Error(callback.malformed);
	return passesFilters(toOutput(callback), await settings(options, { events }), callback.code);
}

const friend = { fromUser: 'wxid_friend', content: 'What is the Price?' };
const member = { fromUser: 'wxid_member', fromGroup: GROUP, content: 'Hello all' };
const privateText = (options: IDataObject) => wants(options, '60001', friend);
const groupText = (options: IDataObject, more: IDataObject = {}) =>
	wants(options, '80001', { ...member, ...more });
const privateImage = (options: IDataObject) =>
	wants(options, '60002', { fromUser: 'wxid_friend', content: '<msg><img/></msg>' });
const offline = (options: IDataObject) => wants(options, '30000', { reason: 'x' });
const renamed = (options: IDataObject) => wants(options, '85005', member);

it('lets everything through as it comes', async () => {
	for (const asked of [privateText, groupText, privateImage, offline, renamed]) {
		expect(await asked({})).toBe(true);
	}
});

describe('a group under the code of private chats', () => {
	const inGroup = { fromUser: 'wxid_member', fromGroup: GROUP, content: 'hi' };

	it.each([
		[['privateMessage'], false],
		[['60001'], false],
		[['groupMessage'], true],
		[['80001'], true],
		[['message'], true],
	])('with Trigger On %j: %s', async (events, expected) => {
		expect(await wants({}, '60001', inGroup, events)).toBe(expected);
		expect(await wants({}, '60001', { ...inGroup, fromGroup: '', fromUser: GROUP }, events)).toBe(
			expected,
		);
	});

	it('is a group for every option', async () => {
		expect(await wants({ chats: 'private' }, '60001', inGroup)).toBe(false);
		expect(await wants({ groups: ['9@chatroom'] }, '60001', inGroup)).toBe(false);
		expect(await wants({ groups: [GROUP] }, '60001', inGroup)).toBe(true);
		expect(await wants({ onlyMentioned: true }, '60001', inGroup)).toBe(false);
	});
});

describe('a file', () => {
	const file = (type: number, more = '') => ({
		...friend,
		content: `wxid_friend:\n<msg><appmsg><title>a.pdf</title><type>${type}</type><appattach><totallen>1</totallen>${more}</appattach></appmsg></msg>`,
	});
	const uploading = file(6, '<fileuploadtoken>v1_a</fileuploadtoken>');

	it.each(['*', 'message', 'mediaMessage', 'privateMessage'])(
		'is one event with %s',
		async (choice) => {
			expect(await wants({}, '60008', file(74), [choice])).toBe(false);
			expect(await wants({}, '60008', uploading, [choice])).toBe(false);
			expect(await wants({}, '60008', file(6, '<attachid>@cdn_1</attachid>'), [choice])).toBe(true);
			expect(await wants({}, '60008', file(6), [choice])).toBe(true);
			expect(await wants({}, '60008', friend, [choice])).toBe(true);
			expect(await wants({}, '60009', file(6), [choice])).toBe(true);
			expect(await wants({}, '60009', file(74), [choice])).toBe(true);
		},
	);

	it('is announced to whoever asks for it', async () => {
		expect(await wants({}, '60008', file(74), ['60008'])).toBe(true);
		expect(await wants({}, '60008', file(74), ['*', '60008'])).toBe(true);
		expect(await wants({}, '60008', file(74), ['80008'])).toBe(false);
		expect(await wants({}, '60008', { ...file(74), fromGroup: GROUP }, ['80008'])).toBe(true);
		expect(await wants({}, '80008', { ...file(74), fromGroup: GROUP })).toBe(false);
	});
});

it('tells chats apart; events outside of chats stay', async () => {
	expect(await privateText({ chats: 'private' })).toBe(true);
	expect(await groupText({ chats: 'private' })).toBe(false);
	expect(await renamed({ chats: 'private' })).toBe(false);
	expect(await privateText({ chats: 'group' })).toBe(false);
	expect(await groupText({ chats: 'group' })).toBe(true);
	expect(await offline({ chats: 'group' })).toBe(true);
	expect(await privateText({ chats: 'nonsense' })).toBe(true);
});

it('takes only the receiving accounts asked for', async () => {
	expect(await privateText({ receivingAccounts: [ME, 'wxid_other'] })).toBe(true);
	expect(await privateText({ receivingAccounts: ['wxid_other'] })).toBe(false);
	expect(await offline({ receivingAccounts: ['wxid_other'] })).toBe(false);
	expect(await privateText({ receivingAccounts: [' ', ''] })).toBe(true);
	expect(await privateText({ receivingAccounts: `wxid_x, ${ME}` })).toBe(true);
});

it('takes only the senders asked for; events without a sender stay', async () => {
	expect(await privateText({ senders: ['wxid_friend'] })).toBe(true);
	expect(await groupText({ senders: ['wxid_friend'] })).toBe(false);
	expect(await offline({ senders: ['wxid_friend'] })).toBe(true);
});

it('takes only the groups asked for; private chats stay', async () => {
	expect(await groupText({ groups: [GROUP] })).toBe(true);
	expect(await groupText({ groups: ['9@chatroom'] })).toBe(false);
	expect(await renamed({ groups: ['9@chatroom'] })).toBe(false);
	expect(await privateText({ groups: ['9@chatroom'] })).toBe(true);
});

it('takes group messages only when mentioned', async () => {
	const options = { onlyMentioned: true };
	expect(await groupText(options)).toBe(false);
	expect(await groupText(options, { atlist: ['wxid_x'] })).toBe(false);
	expect(await groupText(options, { atlist: [ME] })).toBe(true);
	expect(await groupText(options, { atlist: ['notify@all'] })).toBe(true);
	expect(await privateText(options)).toBe(true);
	expect(await renamed(options)).toBe(true);
});

it('looks into texts; messages without text do not match, other events stay', async () => {
	expect(await privateText({ textContains: ['order', 'PRICE'] })).toBe(true);
	expect(await privateText({ textContains: ['order'] })).toBe(false);
	expect(await privateImage({ textContains: ['order'] })).toBe(false);
	expect(await renamed({ textContains: ['order'] })).toBe(true);
	expect(await privateText({ textMatches: '(?i)price\\?$' })).toBe(true);
	expect(await privateText({ textMatches: '^price' })).toBe(false);
	expect(await privateImage({ textMatches: 'x' })).toBe(false);
	expect(await privateImage({ textMatches: '.*' })).toBe(true);
	expect(await offline({ textMatches: 'x' })).toBe(true);
});

it('combines everything', async () => {
	const options = { chats: 'private', senders: ['wxid_friend'], textContains: ['price'] };
	expect(await privateText(options)).toBe(true);
	expect(await wants(options, '60001', friend, ['80001'])).toBe(false);
	expect(await wants(options, '60001', { ...friend, self: true })).toBe(false);
});

describe('old messages', () => {
	const aged = (seconds: number) => ({
		...friend,
		timestamp: Math.floor(Date.now() / 1000) - seconds,
	});
	const asked = (maximumAge: number, seconds: number) =>
		wants({ maximumAge }, '60001', aged(seconds));

	it('are dropped when asked for', async () => {
		expect(await asked(60, 10)).toBe(true);
		expect(await asked(60, 90)).toBe(false);
		expect(await asked(0, 1e9)).toBe(true);
		expect(await asked(60, -300)).toBe(true);
		expect(await wants({ maximumAge: 60 }, '60001', friend)).toBe(true);
	});

	it('are told by the clock that makes them younger, when the clock jumps ahead', () => {
		const now = Math.floor(Date.now() / 1000);
		const ahead = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
		expect(ageInSeconds(now)).toBeLessThan(60);
		ahead.mockRestore();
		const back = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
		expect(ageInSeconds(now)).toBe(0);
		back.mockRestore();
	});
});

describe('regular expressions', () => {
	it('take linear time: a catastrophic one over a long text ends', async () => {
		const text = `${'a'.repeat(19_000)}!`;
		expect((await readPattern('^(a+)+$')).matches(text)).toBe(false);
		expect((await readPattern('(a|a)*b')).matches(text)).toBe(false);
		expect((await readPattern('(.*)*(.*)*(.*)*x')).matches(text)).toBe(false);
	});

	it('know Chinese and emoji', async () => {
		expect((await readPattern('订单\\s*\\d+')).matches('订单 123 已发货')).toBe(true);
		expect((await readPattern('^\\p{Han}+👌$')).matches('好的👌')).toBe(true);
	});

	it.each(['(', '[a', '(?=a)', '(?<!a)b', '(a)\\1', '*'])(
		'say what is wrong with %s',
		async (pattern) => {
			expect((await readPattern(pattern)).mistake).toMatch(/\w/);
			expect((await readPattern(pattern)).matches('a')).toBe(false);
		},
	);

	it('are fine otherwise', async () => {
		expect((await readPattern('^(?i)order\\s+(\\d+)$')).mistake).toBeUndefined();
	});
});

it('finds words in capital and small letters', () => {
	expect(containsAny('ÄRGER mit 订单', ['ärger'])).toBe(true);
	expect(containsAny('abc', ['d', 'B'])).toBe(true);
	expect(containsAny('', ['a'])).toBe(false);
});

describe('sender addresses', () => {
	it.each([
		['', '203.0.113.7', true],
		['203.0.113.7', '203.0.113.7', true],
		['203.0.113.7', '203.0.113.8', false],
		['203.0.113.7', '::ffff:203.0.113.7', true],
		['::ffff:203.0.113.7', '203.0.113.7', true],
		['203.0.113.0/24', '203.0.113.255', true],
		['203.0.113.0/24', '203.0.114.0', false],
		['203.0.113.0/24', '::ffff:203.0.113.9', true],
		['::ffff:203.0.113.0/120', '203.0.113.9', true],
		['0.0.0.0/0', '198.51.100.1', true],
		['0.0.0.0/0', '2001:db8::1', false],
		['::/0', '2001:db8::1', true],
		['2001:db8::/32', '2001:db8:ffff::1', true],
		['2001:db8::/32', '2001:db9::1', false],
		['2001:DB8::1', '2001:db8:0:0:0:0:0:1', true],
		['203.0.113.7, 198.51.100.0/30', '198.51.100.3', true],
		['203.0.113.7\n198.51.100.1；192.0.2.1', '192.0.2.1', true],
		['203.0.113.7', undefined, false],
		['203.0.113.7', 'unix socket', false],
	])('%j and %s: %s', (allowed, sender, expected) => {
		expect(isAllowed(readAllowedAddresses(allowed), sender)).toBe(expected);
	});

	it.each([
		'203.0.113',
		'203.0.113.256',
		'1.2.3.4/33',
		'example.com',
		'2001:db8::/129',
		'10',
		'::g',
	])('are not %s', (entry) => {
		expect(readAllowedAddresses(`203.0.113.7, ${entry}`).wrong).toEqual([entry]);
	});
});

describe('settings', () => {
	it('are the defaults where nothing is chosen', async () => {
		expect(await settings()).toEqual({
			events: ['*'],
			automatic: true,
			takesOver: false,
			shares: false,
			manualSecret: '',
			allowedAddresses: { isEmpty: true, ranges: [], wrong: [] },
			respondsImmediately: false,
			response: { code: '1000', message: 'ok' },
			chats: 'both',
			downloadMedia: false,
			groups: [],
			includeOwnMessages: false,
			lookUpNames: false,
			allMentions: true,
			sessionPerMember: false,
			merge: undefined,
			takeover: undefined,
			severalEvents: false,
			voiceFormat: 'wav',
			maximumAge: 0,
			onlyMentioned: false,
			receivingAccounts: [],
			rememberedMessages: 10_000,
			senders: [],
			textContains: [],
			textMatches: undefined,
			watchdogMinutes: 5,
		});
	});

	it('survive nonsense', async () => {
		const read = await settings(
			{
				maximumAge: 'soon',
				rememberedMessages: -5,
				watchdogMinutes: 1e9,
				groups: { no: 'list' },
				senders: [1, null, ' a '],
				answerBody: 'done',
			},
			{ events: 'text', callbackManagement: 5, onConflict: null },
		);
		expect(read).toMatchObject({
			events: [],
			automatic: true,
			takesOver: false,
			maximumAge: 0,
			rememberedMessages: 0,
			watchdogMinutes: 60,
			groups: [],
			senders: ['a'],
			response: 'done',
		});
	});
});
